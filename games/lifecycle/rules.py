"""The lifecycle's decisions. Same shape as a mechanic, same log.

Opening and closing hours are wall time; a pause stops the game's clock, so game time is wall time less the pauses.
"""

from typing import Any

import msgspec

from games.lifecycle.state import State
from games.lifecycle.words import (
    TOLD_TO_EVERYONE,
    Admit,
    Ban,
    Banned,
    Commands,
    End,
    Ended,
    Events,
    Gone,
    Joined,
    Kick,
    Kicked,
    Lock,
    Locked,
    Open,
    Opened,
    Pause,
    Paused,
    Resume,
    Resumed,
)
from games.mechanic import Context, Eye, Rejected, Tick, Touched


class Lifecycle(msgspec.Struct, frozen=True):
    """The hours of a game, and what may happen in it when."""

    opens_at: float | None = None
    closes_at: float | None = None

    def decide(self, state: State, command: Commands, context: Context) -> list[Events]:
        if isinstance(command, Tick):
            return self.tick(state, context.at)
        if isinstance(command, Admit):
            return self.admit(state, command.player, context.at)
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
            case End(reason):
                return [Ended(reason)]
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

    def admit(self, state: State, player: int, at: float) -> list[Events]:
        if player in state.banned:
            raise Rejected("banned")
        if state.has_joined(player):
            return []
        if state.phase == "ended":
            raise Rejected("ended")
        if state.locked:
            raise Rejected("locked")
        return [Joined(player, at if state.greets(at) else None)]

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
                state.resume(at)
            case Ended():
                state.phase = "ended"
            case Locked(locked):
                state.locked = locked
            case Kicked(player):
                state.unname(player)
            case Banned(player):
                state.banned.add(player)
                state.unname(player)
            case Joined(player, greeted):
                state.admit(player)
                if greeted is not None:
                    state.greet(player, greeted)

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
        if eye == "operator":
            return {**shown, "banned": [{"player": number} for number in sorted(state.banned)]}
        return {**shown, "newest": [{"player": each.player} for each in reversed(state.newest)]}

    def seen(self, event: Events, eye: Eye) -> Events | None:
        if eye == "operator":
            return event
        match event:
            case Joined(player, float()):
                return Joined(player) if eye == "everyone" else None
            case Kicked(player) | Banned(player):
                return Gone(player) if eye == "everyone" else None
        return event if isinstance(event, TOLD_TO_EVERYONE) else None

    def touched(self, event: Events) -> Touched:
        return ()

    def deadline(self, state: State) -> float | None:
        """The next hour that changes something, by the wall."""
        if state.phase == "ended":
            return None
        return self.opens_at if state.phase == "waiting" and self.opens_at is not None else self.closes_at
