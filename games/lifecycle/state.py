"""Where a game stands: its phase, its pauses, and who is in."""

from typing import Literal

import msgspec


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
