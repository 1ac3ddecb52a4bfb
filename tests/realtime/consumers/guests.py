"""Sockets without a server: consumers that are spoken to as a server does, on a village without a database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from games.store import Place
from realtime.consumers.beat import Beat
from realtime.doors import Doors
from tenants import identity
from tenants.rights import Right, Shown
from tenants.tokens import Holder
from tests.realtime.fakes import GAME, TENANT, FakeStore
from tests.realtime.village import Village, until, village

ORIGIN = "http://play.test"
PLACE = Place(TENANT, "demo", GAME, "public", "toy", "line1")


class OpenStore(FakeStore):
    """Lets in whom it is told to."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.place: Place | None = PLACE
        self.members: dict[str, tuple[int, str]] = {}
        self.holders: dict[tuple[int, int], Holder] = {}
        self.used: set[str] = set()
        self.asked: list[set[Shown]] = []
        self.problem: Exception | None = None
        self.numbers: list[Any] = []

    async def door(self, tenant: str, game: str | None, came: Any) -> tuple[Place | None, bool]:
        if self.problem:
            raise self.problem
        return self.place, came.origin in ("", ORIGIN)

    async def seat(self, tenant: int, game: int, device: str) -> int:
        return 0

    async def redeem(self, tenant: int, ticket: str, expires_at: float) -> bool:
        if ticket in self.used:
            return False
        self.used.add(ticket)
        return True

    async def rights(self, shown: set[Shown]) -> dict[Shown, Right]:
        self.asked.append(shown)
        if self.problem:
            raise self.problem
        return {each: right for each in shown if (right := self.right(each))}

    def right(self, shown: Shown) -> Right | None:
        if shown.session:
            member, role = self.members.get(shown.session, (None, ""))
            return None if member is None else Right(member, Holder(role, []))
        holder = self.holders.get((shown.member, shown.token))
        return holder and Right(shown.member, holder)

    async def standings(self, tenant: int, now: float) -> list[Any]:
        return self.numbers


class Guest:
    """One socket, from the server's side."""

    def __init__(
        self, place: Village, consumer: Any, beat: Beat | None = None, headers: dict[str, str] | None = None, **scope: Any
    ) -> None:
        self.place = place
        given = {name.lower().encode(): value.encode("latin-1") for name, value in (headers or {}).items()}
        self.scope = {
            "type": "websocket",
            "path": "/ws/play/demo/game/",
            "scheme": "ws",
            "headers": list(given.items()),
            "subprotocols": [],
            "client": ["10.1.2.3", 5],
            "url_route": {"kwargs": {"tenant": "demo", "game": "game"}},
            **scope,
        }
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.frames: list[Any] = []
        self.code: int | None = None
        self.accepted = False
        self.consumer = consumer(place.node, place.store, Doors(place.store), beat)

    async def send(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "websocket.accept":
                self.accepted = True
            case "websocket.close":
                self.code = message["code"]
                self.inbox.put_nowait({"type": "websocket.disconnect"})
            case _:
                self.frames.append(json.loads(message["text"]))

    def say(self, **frame: Any) -> None:
        self.inbox.put_nowait({"type": "websocket.receive", "text": json.dumps(frame)})

    def hello(self, player: int = 0, **more: Any) -> None:
        ticket = identity.make_ticket(identity.Identity(TENANT, "player", player=player), GAME) if player else None
        self.say(t="hello", ticket=ticket, **more)

    def go(self) -> None:
        self.inbox.put_nowait({"type": "websocket.disconnect"})

    def heard(self, word: str) -> list[Any]:
        return [frame for frame in self.frames if frame["t"] == word]

    async def until(self, word: str) -> Any:
        return (await until(lambda: self.heard(word) or (self.code and [{"t": "closed"}])))[0]

    async def closed(self) -> int:
        return await until(lambda: self.code)

    async def __aenter__(self) -> Guest:
        self.inbox.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.create_task(self.consumer(self.scope, self.inbox.get, self.send))
        await until(lambda: self.accepted or self.code)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.go()
        async with asyncio.timeout(10):
            await self.task


@asynccontextmanager
async def hotel(**given: Any) -> AsyncIterator[Village]:
    """A village whose store opens doors; nothing of a guest may be left when all have gone."""
    async with village(store=OpenStore(**given)) as place:
        yield place
        assert (place.node.hub.followers, place.node.seats.taken, place.node.letters.waiting) == ({}, {}, {})
        assert sum(place.node.presence.here.values()) == 0
