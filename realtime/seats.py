"""The players' sockets that this process holds, by game and number: who gets which news, and who makes room for whom."""

from collections import defaultdict
from typing import Protocol

import msgspec

from realtime import topics
from realtime.codec import Codec
from realtime.letters import News, Seat
from realtime.protocol import You

REPLACED = 4409


class Place(msgspec.Struct, frozen=True):
    """A player's place in a game."""

    tenant: int
    game: int
    public_id: str
    player: int

    @property
    def topic(self) -> str:
        return topics.players(self.tenant, self.game)

    @property
    def key(self) -> tuple[int, int, str]:
        return self.tenant, self.game, self.public_id


class Sitter(Protocol):
    """A player's socket."""

    place: Place
    codec: Codec
    socket: str
    present: bool  # the game has admitted him
    settled: bool  # its own seat was announced to all processes and has come back

    def tell(self, at: int, frame: bytes) -> None: ...

    def close(self, code: int) -> None: ...


class Seats:
    def __init__(self) -> None:
        self.taken: dict[str, dict[int, set[Sitter]]] = {}  # topic -> number -> sockets

    def __contains__(self, topic: str) -> bool:
        return topic in self.taken

    def add(self, sitter: Sitter) -> None:
        self.taken.setdefault(sitter.place.topic, defaultdict(set))[sitter.place.player].add(sitter)

    def remove(self, sitter: Sitter) -> None:
        topic, player = sitter.place.topic, sitter.place.player
        numbers = self.taken.get(topic, {})
        numbers.get(player, set()).discard(sitter)
        if not numbers.get(player):
            numbers.pop(player, None)
        if not numbers:
            self.taken.pop(topic, None)

    def of(self, topic: str, player: int) -> tuple[Sitter, ...]:
        return tuple(self.taken.get(topic, {}).get(player, ()))

    def numbers(self, topic: str) -> list[int]:
        return list(self.taken.get(topic, {}))

    def announced(self, seat: Seat) -> None:
        """All processes hear of seats in the same order, so that of two sockets of one player exactly the last remains."""
        for sitter in self.of(seat.topic, seat.player):
            if sitter.socket == seat.socket:
                sitter.settled = True
            elif sitter.settled:
                sitter.close(REPLACED)

    def hear(self, news: News) -> None:
        for number, you in news.yours.items():
            self.tell(news.topic, number, news.at, You(news.seq, you))
        for number, code in news.out.items():
            for sitter in self.of(news.topic, number):
                sitter.close(code)

    def tell(self, topic: str, player: int, at: int, frame: You) -> None:
        for sitter in self.of(topic, player):
            sitter.tell(at, sitter.codec.encode(frame))
