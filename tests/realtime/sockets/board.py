"""A site under test and the people who come to it: players, spectators, staff, and who should not have come."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import httpx
import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.servers.site import Site

PATIENCE = 10  # seconds for what takes milliseconds; more means it does not come
GAMES = 80
PASSWORD = "so-buzz-demo"
CODINGS = {"json": ["sobuzz.v1.json"], "msgpack": ["sobuzz.v1.msgpack"], "none": None}


class Joined(NamedTuple):
    player: int
    token: str
    ticket: str
    cookie: str


class Client:
    """One socket, seen from outside."""

    def __init__(self, socket: ClientConnection, coding: str) -> None:
        self.socket, self.binary = socket, coding == "msgpack"
        self.line: str | None = None
        self.refs = 0

    async def send(self, frame: Any) -> None:
        await self.socket.send(msgspec.msgpack.encode(frame) if self.binary else json.dumps(frame))

    async def until_all(self, wanted: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """For each name the first frame that its test accepts, in whatever order they come."""
        found: dict[str, dict[str, Any]] = {}
        while set(found) != set(wanted):
            frame = await self.receive()
            found.update({name: frame for name, accepts in wanted.items() if name not in found and accepts(frame)})
        return found

    async def receive(self) -> dict[str, Any]:
        data = await self._within(self.socket.recv())
        assert isinstance(data, bytes) == self.binary
        return msgspec.msgpack.decode(data) if self.binary else json.loads(data)

    async def until(self, *words: str) -> dict[str, Any]:
        """The next frame of one of these kinds."""
        while (frame := await self.receive())["t"] not in words:
            pass
        return frame

    async def hello(self, ticket: str | None = None, line: str | None = None, seq: int | None = None) -> dict[str, Any]:
        """The first answer to a hello."""
        await self.send({"t": "hello", "line": line, "seq": seq, **({"ticket": ticket} if ticket else {})})
        return await self.until("snapshot", "events", "you", "stats")

    async def ask(self, word: str, ref: str | None = None, **fields: Any) -> dict[str, Any]:
        self.refs += 1
        ref = ref or f"{id(self)}-{self.refs}"
        await self.send({"t": word, "ref": ref, **fields})
        while (reply := await self.until("reply"))["ref"] != ref:
            pass
        return reply

    async def play(self, ref: str | None = None) -> dict[str, Any]:
        return await self.ask("play", ref)

    async def closed(self) -> int:
        """The code with which the server closes; frames on the way are read and thrown away. It has a code and no words."""
        with pytest.raises(ConnectionClosed) as end:
            await self._read_all()
        assert end.value.rcvd is None or not end.value.rcvd.reason
        return end.value.rcvd.code if end.value.rcvd else 1006

    async def _read_all(self) -> None:
        while True:
            await self._within(self.socket.recv())

    async def closed_in_silence(self) -> int:
        """The same, where nothing may be said before."""
        with pytest.raises(ConnectionClosed) as end:
            await self._within(self.socket.recv())
        assert not end.value.rcvd.reason
        return end.value.rcvd.code

    async def _within(self, waiting: Any) -> Any:
        async with asyncio.timeout(PATIENCE):  # not wait_for, which may swallow the cancelling of an outer timeout
            return await waiting


class Board:
    def __init__(self, site: Site, games: int = GAMES) -> None:
        self.site, self.games, self.used = site, games, 0
        self.sessions: dict[str, str] = {}
        if games:
            site.manage("shell", "-v0", "-c", f"from tests.realtime.sockets.stock import make; make({games})")

    @staticmethod
    def on_sqlite() -> bool:
        return os.environ.get("TEST_DATABASE") == "sqlite"

    # What is asked over HTTP

    def game(self) -> str:
        """One that no test has touched."""
        self.used += 1
        assert self.used <= self.games, "make more games"
        return f"g{self.used}"

    def join(self, game: str, name: str = "Ana", tenant: str = "demo", **more: Any) -> Joined:
        answer = self.post(f"t/{tenant}/games/{game}/join", {"nickname": name, **more})
        assert answer.status_code == 201, answer.text
        found = answer.json()
        cookie = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
        return Joined(found["player"], found["token"], found["ticket"], cookie)

    def ticket(self, game: str, token: str) -> str:
        return self.post(f"t/demo/games/{game}/ticket", {"token": token}).json()["ticket"]

    def bearer(self, email: str, **more: Any) -> dict[str, str]:
        answer = self.post("tokens", {"email": email, "password": PASSWORD, **more})
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    def post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        return httpx.post(f"{self.site.url}/api/v1/{path}", json=body, headers=headers)

    def session(self, email: str) -> str:
        """A cookie of somebody who has signed in on the console."""
        if email not in self.sessions:
            with httpx.Client(base_url=self.site.url) as browser:
                page = browser.get("/console/login/").text
                token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
                browser.post("/console/login/", data={"csrfmiddlewaretoken": token, "email": email, "password": PASSWORD})
                self.sessions[email] = f"session={browser.cookies['session']}"
        return self.sessions[email]

    def sign_out(self, email: str) -> None:
        name, value = self.sessions.pop(email).split("=", 1)
        with httpx.Client(base_url=self.site.url, cookies={name: value}) as browser:
            page = browser.get("/console/").text
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
            assert browser.post("/console/logout/", data={"csrfmiddlewaretoken": token}).status_code == 302

    # Sockets

    @property
    def origin(self) -> str:
        return self.site.url

    @asynccontextmanager
    async def connect(
        self, path: str, coding: str = "json", cookie: str = "", origin: str | None = None, headers: dict[str, str] | None = None
    ) -> AsyncIterator[Client]:
        """A cookie is believed only of a page, so it comes with the site's own origin where no other is named."""
        given = {**(headers or {}), **({"Cookie": cookie} if cookie else {})}
        origin = origin or (self.origin if cookie else None)
        async with connect(
            f"{self.site.sockets}/{path}",
            subprotocols=CODINGS[coding],
            origin=origin,
            additional_headers=given,
            max_size=None,
            open_timeout=PATIENCE,
            close_timeout=1,
            ping_interval=None,
        ) as socket:
            yield Client(socket, coding)

    @asynccontextmanager
    async def player(self, game: str, joined: Joined | None = None, **options: Any) -> AsyncIterator[Client]:
        """A player who has said hello, with a fresh ticket."""
        joined = joined or self.join(game)
        async with self.connect(f"play/demo/{game}/", **options) as client:
            snapshot = await client.hello(self.ticket(game, joined.token))
            assert snapshot["you"]["player"] == joined.player
            client.line = snapshot["line"]
            yield client

    @asynccontextmanager
    async def operator(self, game: str, email: str = "moderator@demo.test", **options: Any) -> AsyncIterator[Client]:
        async with self.connect(f"operate/demo/{game}/", cookie=self.session(email), **options) as client:
            client.snapshot = await client.hello()
            yield client
