"""Where a game stands: its phase, its pauses, and who is in."""

from typing import Literal

import msgspec

GREETED = 12  # names that a big screen holds
WHILE = {"waiting": 6.0, "open": 60.0, "ended": 60.0}  # seconds in which no more than these are told, however many come


class Newcomer(msgspec.Struct, frozen=True):
    player: int
    at: float


class State(msgspec.Struct):
    phase: Literal["waiting", "open", "ended"] = "waiting"
    locked: bool = False
    paused_at: float | None = None
    paused: float = 0.0  # seconds of all pauses that are over
    players: int = 0
    joined: bytearray = msgspec.field(default_factory=bytearray)  # one bit per player number (decision 15)
    banned: set[int] = msgspec.field(default_factory=set)
    newest: list[Newcomer] = msgspec.field(default_factory=list)  # of whom everyone was told, the latest last

    @property
    def condition(self) -> str:
        """As lists and dashboards call it: a pause has a word of its own."""
        return "paused" if self.phase == "open" and self.paused_at is not None else self.phase

    def has_joined(self, player: int) -> bool:
        byte, bit = divmod(player, 8)
        return byte < len(self.joined) and bool(self.joined[byte] >> bit & 1)

    def resume(self, at: float) -> None:
        if self.paused_at is not None:
            self.paused += at - self.paused_at
        self.paused_at = None

    def admit(self, player: int) -> None:
        byte, bit = divmod(player, 8)
        if byte >= len(self.joined):
            self.joined.extend(bytes(byte + 1 - len(self.joined)))
        self.joined[byte] |= 1 << bit
        self.players += 1

    def greets(self, at: float) -> bool:
        """May everyone be told of who comes now? A frame for each would cost the square of the crowd (decision 17)."""
        return len(self.newest) < GREETED or at - self.newest[0].at >= WHILE[self.phase]

    def greet(self, player: int, at: float) -> None:
        self.newest = [*self.newest, Newcomer(player, at)][-GREETED:]

    def unname(self, player: int) -> None:
        self.newest = [each for each in self.newest if each.player != player]
