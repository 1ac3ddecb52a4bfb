"""How one speaks with each system: the first words, what an event looks like, how one is caused, how a play is answered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from benchmarks.load import tickets

Span = tuple[int, int]  # the numbers of the events in a frame: after the first, up to and with the second


class Plain:
    """The peers' own words: `{"n": 1, "pad": "..."}` in, the same out to everyone."""

    subprotocol = ""
    greets = False  # the connection is ready as soon as it is open

    def __init__(self, url: str, bytes: int = 250, **rest: Any) -> None:
        self.url, self.bytes = url, bytes

    def hello(self) -> str | None:
        return None

    def welcomed(self, payload: bytes) -> bool:
        return True

    def answer(self, payload: bytes) -> str | None:
        """What the protocol wants to be answered at once."""
        return None

    def causes(self) -> Iterator[str]:
        for number in count(1):
            bare = json.dumps({"type": "event", "n": number, "pad": ""}, separators=(",", ":"))
            yield bare.replace('"pad":""', f'"pad":"{"x" * (self.bytes - len(bare))}"')

    def span(self, payload: bytes) -> Span | None:
        found = re.search(rb'"n": ?(\d+)', payload)
        return (int(found[1]) - 1, int(found[1])) if found else None


class Tutorial(Plain):
    """The tutorial's game: one address for each player."""

    def player_url(self, number: int) -> str:
        return f"{self.url}{number}/"

    def player_hello(self, number: int) -> str | None:
        return None

    def play(self, ref: str) -> str:
        return f'{{"type":"play","ref":"{ref}"}}'

    def reply(self, payload: bytes) -> tuple[str, bool] | None:
        """The ref that is answered, and whether the play was taken."""
        frame = json.loads(payload)
        return (frame["ref"], True) if frame["type"] == "reply" else None


class SocketIO(Plain):
    """Engine.IO 4 over WebSocket without its client: 0 open, 2 ping, 3 pong, 40 connected, 42 event."""

    greets = True

    def hello(self) -> str | None:
        return "40"

    def welcomed(self, payload: bytes) -> bool:
        return payload.startswith(b"40")

    def answer(self, payload: bytes) -> str | None:
        return "3" if payload == b"2" else None

    def causes(self) -> Iterator[str]:
        self.bytes -= len('42["event",]')
        return (f'42["event",{each}]' for each in super().causes())


class SoBuzz(Plain):
    """Frames of interface.md. The event is an operator's lock and unlock: stored, numbered, told to everyone."""

    subprotocol = "sobuzz.v1.json"
    greets = True

    def __init__(self, url: str, key: str = "", tenant: int = 0, game: int = 0, **rest: Any) -> None:
        super().__init__(url)
        self.operator_url = url.replace("/ws/play/", "/ws/operate/")
        self.tenant, self.game = tenant, game
        if key:
            tickets.use(key)

    def hello(self, ticket: str | None = None, line: str | None = None, seq: int | None = None) -> str:
        return json.dumps({"t": "hello", "line": line, "seq": seq, **({"ticket": ticket} if ticket else {})})

    def player_url(self, number: int) -> str:
        return self.url

    def play(self, ref: str) -> str:
        return f'{{"t":"play","ref":"{ref}"}}'

    def reply(self, payload: bytes) -> tuple[str, bool] | None:
        if not payload.startswith(b'{"t":"reply"'):
            return None
        frame = json.loads(payload)
        return frame["ref"], "error" not in frame

    def player_hello(self, number: int, line: str | None = None, seq: int | None = None) -> str:
        return self.hello(tickets.player(self.tenant, self.game, number), line, seq)

    def operator_hello(self) -> str:
        return self.hello(tickets.operator(self.tenant, self.game))

    def position(self, snapshot: bytes) -> int:
        """The number of the last event that a snapshot contains."""
        return int(json.loads(snapshot)["seq"])

    def welcomed(self, payload: bytes) -> bool:
        return payload.startswith(b'{"t":"snapshot"')

    def answer(self, payload: bytes) -> str | None:
        return '{"t":"pong"}' if payload.startswith(b'{"t":"ping"') else None

    def causes(self) -> Iterator[str]:
        for number in count(1):
            yield json.dumps({"t": "lock", "locked": number % 2 == 1, "ref": f"{number:x}"})

    def span(self, payload: bytes) -> Span | None:
        if not payload.startswith(b'{"t":"events"'):
            return None
        frame = json.loads(payload)
        return frame["seq"] - len(frame["events"]), frame["seq"]  # not `since`: others may have joined unseen


DIALECTS: dict[str, type[Plain]] = {"plain": Plain, "tutorial": Tutorial, "socket.io": SocketIO, "sobuzz": SoBuzz}


def dialect(named: dict[str, Any]) -> Plain:
    return DIALECTS[named["dialect"]](**named)
