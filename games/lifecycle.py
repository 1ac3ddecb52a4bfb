"""The rules that every game obeys before its own: open, pause, resume, end, lock, kick, ban (decision 8).

Same shape as a mechanic, same log. Opening and closing hours are wall time; a pause stops the game's clock, so game time is
wall time less the pauses.
"""

from typing import Annotated, Any, ClassVar, Literal, TypeAlias

import msgspec

from games.mechanic import Command, Context, Event, Eye, Rejected, Role, Tick, Touched

Number = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Reason: TypeAlias = Literal["host", "hours", "withdrawn"]


class Open(Command, frozen=True):
    role: ClassVar[Role] = "operator"


class Pause(Command, frozen=True):
    role: ClassVar[Role] = "operator"


class Resume(Command, frozen=True):
    role: ClassVar[Role] = "operator"


class End(Command, frozen=True):
    role: ClassVar[Role] = "operator"


class Lock(Command, frozen=True):
    """Nobody new comes in; who plays goes on."""

    role: ClassVar[Role] = "operator"
    locked: bool = True


class Kick(Command, frozen=True):
    """Out, but may join again."""

    role: ClassVar[Role] = "operator"
    player: Number


class Ban(Command, frozen=True):
    """Out, and stays out."""

    role: ClassVar[Role] = "operator"
    player: Number


class Admit(Command, frozen=True):
    """A player says hello. No socket can send this: it is made of a hello whose player is proved."""

    role: ClassVar[Role] = "system"
    player: Number


class Opened(Event, frozen=True):
    pass


class Paused(Event, frozen=True):
    at: float


class Resumed(Event, frozen=True):
    at: float


class Ended(Event, frozen=True):
    reason: Reason


class Locked(Event, frozen=True):
    locked: bool


class Kicked(Event, frozen=True):
    player: int


class Banned(Event, frozen=True):
    player: int


class Joined(Event, frozen=True):
    player: int


Commands: TypeAlias = Open | Pause | Resume | End | Lock | Kick | Ban | Admit | Tick
Events: TypeAlias = Opened | Paused | Resumed | Ended | Locked | Kicked | Banned | Joined

TOLD_TO_EVERYONE = (Opened, Paused, Resumed, Ended, Locked)


class State(msgspec.Struct):
    phase: Literal["waiting", "open", "ended"] = "waiting"
    locked: bool = False
    paused_at: float | None = None
    paused: float = 0.0  # seconds of all pauses that are over
    players: int = 0
    joined: bytearray = msgspec.field(default_factory=bytearray)  # one bit per player number (decision 15)
    banned: set[int] = msgspec.field(default_factory=set)

    def has_joined(self, player: int) -> bool:
        byte, bit = divmod(player, 8)
        return byte < len(self.joined) and bool(self.joined[byte] >> bit & 1)


class Lifecycle(msgspec.Struct, frozen=True):
    """The hours of a game, and what may happen in it when."""

    opens_at: float | None = None
    closes_at: float | None = None

    def decide(self, state: State, command: Commands, context: Context) -> list[Events]:
        if isinstance(command, Tick):
            return self.tick(state, context.at)
        if isinstance(command, Admit):
            return self.admit(state, command.player)
        if state.phase == "ended":
            raise Rejected("ended")
        return self.operate(state, command, context.at)

    def operate(self, state: State, command: Commands, at: float) -> list[Events]:
        match command:
            case Open():
                return self.once(state.phase == "waiting", Opened())
            case Pause():
                return self.once(state.phase == "open" and state.paused_at is None, Paused(at))
            case Resume():
                return self.once(state.paused_at is not None, Resumed(at))
            case End():
                return [Ended("host")]
            case Lock(locked):
                return self.once(state.locked != locked, Locked(locked))
            case Kick(player):
                return self.once(state.has_joined(player), Kicked(player))
            case Ban(player):
                return self.once(player not in state.banned, Banned(player))
        raise Rejected("not_yours")

    def once(self, fits: bool, event: Events) -> list[Events]:
        """Two operators may press the same button: the second is told that it does not fit any more."""
        if not fits:
            raise Rejected("not_now")
        return [event]

    def admit(self, state: State, player: int) -> list[Events]:
        if player in state.banned:
            raise Rejected("banned")
        if state.has_joined(player):
            return []
        if state.phase == "ended":
            raise Rejected("ended")
        if state.locked:
            raise Rejected("locked")
        return [Joined(player)]

    def tick(self, state: State, at: float) -> list[Events]:
        if state.phase == "ended":
            return []
        if self.closes_at is not None and at >= self.closes_at:
            return [Ended("hours")]
        if state.phase == "waiting" and self.opens_at is not None and at >= self.opens_at:
            return [Opened()]
        return []

    def permit(self, state: State, player: int) -> None:
        """May this player's command reach the mechanic? Start is inclusive, end exclusive: the Tick came first (decision 5)."""
        if player in state.banned:
            raise Rejected("banned")
        if not state.has_joined(player):
            raise Rejected("not_joined")
        self.running(state)

    def running(self, state: State) -> None:
        if state.phase == "waiting":
            raise Rejected("not_open")
        if state.phase == "ended":
            raise Rejected("ended")
        if state.paused_at is not None:
            raise Rejected("paused")

    def evolve(self, state: State, event: Events) -> None:
        match event:
            case Opened():
                state.phase = "open"
            case Paused(at):
                state.paused_at = at
            case Resumed(at):
                state.paused += at - (state.paused_at or at)
                state.paused_at = None
            case Ended():
                state.phase = "ended"
            case Locked(locked):
                state.locked = locked
            case Banned(player):
                state.banned.add(player)
            case Joined(player):
                state.players += 1
                mark(state.joined, player)

    def now(self, state: State, at: float) -> float:
        """Game time: wall time less the pauses."""
        return (at if state.paused_at is None else state.paused_at) - state.paused

    def wall(self, state: State, now: float) -> float | None:
        """When, by the wall, it will be `now` in the game; None while it stands still."""
        return None if state.paused_at is not None else now + state.paused

    def view(self, state: State, eye: Eye) -> dict[str, Any]:
        if isinstance(eye, int):
            return {}
        shown: dict[str, Any] = {
            "phase": state.phase,
            "running": state.phase == "open" and state.paused_at is None,
            "locked": state.locked,
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
            "paused": state.paused,
            "players": state.players,
        }
        return {**shown, "banned": [{"player": number} for number in sorted(state.banned)]} if eye == "operator" else shown

    def seen(self, event: Events, eye: Eye) -> Events | None:
        return event if eye == "operator" or isinstance(event, TOLD_TO_EVERYONE) else None

    def touched(self, event: Events) -> Touched:
        return ()

    def deadline(self, state: State) -> float | None:
        """The next hour that changes something, by the wall."""
        if state.phase == "ended":
            return None
        return self.opens_at if state.phase == "waiting" and self.opens_at is not None else self.closes_at


def mark(bits: bytearray, number: int) -> None:
    byte, bit = divmod(number, 8)
    if byte >= len(bits):
        bits.extend(bytes(byte + 1 - len(bits)))
    bits[byte] |= 1 << bit
