"""What all sockets share: the handshake, the limits, the pings, and one way out. No query is made here but through the store."""

import asyncio
import logging
import secrets
from functools import cached_property
from typing import Any, ClassVar, cast

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer
from django.http import parse_cookie

from games.limits import Bucket
from games.store import Came, Place, Store
from realtime.codec import Bad, Codec, asked, choose, parse
from realtime.connection import Connection
from realtime.node import Node
from realtime.protocol import Asked, Hello, Ping, Pong
from tenants import language

logger = logging.getLogger(__name__)

PING = 20.0  # seconds between two signs of life
SILENCE = 45.0
GREETING = 10.0  # seconds in which the first frame must come


class Socket(AsyncConsumer):
    """Its own `dispatch`, without the thread hop that Channels makes for each frame: these consumers never touch the ORM."""

    channel_layer_alias = "none"  # the node hears for all of its sockets
    in_game: ClassVar[bool] = True

    def __init__(self, node: Node, store: Store) -> None:
        self.node, self.store = node, store
        self.connection: Connection | None = None
        self.writer: asyncio.Task[None] | None = None
        self.guard: asyncio.Task[None] | None = None
        self.bucket = Bucket()
        self.greeted = False
        self.socket = secrets.token_hex(8)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self.end()

    async def dispatch(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "websocket.connect":
                await self.connect()
            case "websocket.receive":
                await self.receive(message.get("text"), message.get("bytes"))
            case "websocket.disconnect":
                await self.end()
                raise StopConsumer

    # In

    async def connect(self) -> None:
        chosen = choose(list(self.scope.get("subprotocols", [])))
        if chosen is None:
            await self.base_send({"type": "websocket.close", "code": 4400})
            return
        codec, subprotocol = chosen
        await self.base_send({"type": "websocket.accept", "subprotocol": subprotocol})
        self.connection = Connection(codec, self.base_send)
        self.writer = asyncio.create_task(self.connection.write())
        refusal = await self.refusal()
        if refusal:
            self.close(refusal)
            return
        self.heard = asyncio.get_running_loop().time()
        self.guard = asyncio.create_task(self.watch())

    async def refusal(self) -> int | None:
        """What needs no hello closes at once (decision 41)."""
        path = self.scope["url_route"]["kwargs"]
        came = Came(self.header(b"origin"), self.header(b"host"), self.scope.get("scheme") == "wss")
        place, allowed = await self.store.door(path["tenant"], path.get("game") if self.in_game else None, came)
        if place is None:
            return 4404
        self.place: Place = place
        self.by_cookie = bool(came.origin)  # without an Origin it is no browser: it shows a ticket (decision 38)
        return None if allowed else 4403

    # Frames

    async def receive(self, text: str | None, data: bytes | None) -> None:
        if self.connection is None or self.connection.closing is not None:
            return
        self.heard = asyncio.get_running_loop().time()
        if not self.bucket.take():
            self.close(4429)
            return
        try:
            frame = parse(self.codec, text, data)
            await self.act(frame, asked(frame))
        except Bad:
            self.close(4400)

    async def act(self, frame: dict[str, Any], about: Asked | None) -> None:
        if isinstance(about, Pong):
            return
        if not self.greeted:
            if not isinstance(about, Hello):
                raise Bad("a hello comes first")
            self.greeted = True
            await self.hello(about)
        elif isinstance(about, Hello):
            raise Bad("one hello is enough")
        else:
            await self.heard_frame(frame, about)

    async def hello(self, hello: Hello) -> None:
        raise NotImplementedError

    async def heard_frame(self, frame: dict[str, Any], about: Asked | None) -> None:
        raise Bad("nothing can be asked here")

    # Out

    @property
    def codec(self) -> Codec:
        return cast(Connection, self.connection).codec

    def push(self, frame: Any) -> None:
        if self.connection:
            self.connection.push(self.codec.encode(frame))

    def close(self, code: int) -> None:
        if self.connection:
            self.connection.close(code)

    async def watch(self) -> None:
        """Pings, and ends a socket that is silent for too long or never said hello."""
        await asyncio.sleep(GREETING)
        if not self.greeted:
            self.close(4400)
        while True:
            self.push(Ping(self.position()))
            await asyncio.sleep(PING)
            if asyncio.get_running_loop().time() - self.heard > SILENCE:
                self.close(4408)

    def position(self) -> int | None:
        """The last number that was told here: the client sees by it that a last frame was lost (decision 26)."""
        return None

    async def end(self) -> None:
        """The one way out, however the socket ended; may be called twice."""
        tasks = [task for task in (self.guard, self.writer) if task]
        self.guard = self.writer = None
        for task in tasks:
            task.cancel()
        if self.connection:
            await self.leave()
            self.connection = None

    async def leave(self) -> None:
        """Give back what this socket held."""

    # The handshake

    def header(self, name: bytes) -> str:
        return next((value.decode("latin-1") for key, value in self.scope["headers"] if key == name), "")

    @cached_property
    def cookies(self) -> dict[str, str]:
        return parse_cookie(self.header(b"cookie"))

    @cached_property
    def language(self) -> str:
        """Of the handshake (decision 46): the cookie of who has chosen, else what the browser says, else English."""
        return language.chosen(None, self.cookies, self.header(b"accept-language"))
