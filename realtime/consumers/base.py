"""What all sockets share: the handshake, the limits, the pings, and one way out. No query is made here but through the store."""

import asyncio
import logging
import secrets
from typing import Any, NamedTuple

from channels.consumer import AsyncConsumer
from django.conf import settings

from games.limits import Bucket
from games.store import Place, Store
from realtime.codec import Bad, asked, choose, parse
from realtime.connection import TOO_SLOW, Connection
from realtime.consumers.handshake import Handshake
from realtime.direct import Direct
from realtime.doors import Doors, Knock
from realtime.node import Node
from realtime.postbox import Busy
from realtime.posted import Posted
from realtime.protocol import Asked, Hello, Ping, Pong
from realtime.wire import WIRE

logger = logging.getLogger(__name__)

BAD_FRAME, WRONG_ORIGIN, NO_SUCH_GAME, TOO_FAST = 4400, 4403, 4404, 4429


class Beat(NamedTuple):
    """How long a socket waits for what, in seconds."""

    greeting: float = 10.0  # for the first frame
    ping: float = 20.0  # between two signs of life
    silence: float = 45.0  # of the client; then it is gone
    life: float = 12 * 3600.0  # in all: who he is and what he may is looked at anew after that


class Socket(AsyncConsumer):  # type: ignore[misc]
    """Reads frames itself, without the task and the thread hop that Channels makes for each: these consumers never touch the ORM."""

    def __init__(self, node: Node, store: Store, doors: Doors, beat: Beat | None = None) -> None:
        self.node, self.store, self.doors, self.beat = node, store, doors, beat or Beat()
        self.connection: Connection | None = None
        self.guard: asyncio.Task[None] | None = None
        self.bucket = Bucket()
        self.greeted = False
        self.socket = secrets.token_hex(8)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope, self.base_send, self.handshake = scope, send, Handshake(scope)
        try:
            while (message := await receive())["type"] != "websocket.disconnect":
                await self.dispatch(message)
        finally:
            await self.end()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Whatever goes wrong here goes wrong on our side: the client backs off, comes back and resumes."""
        try:
            if message["type"] == "websocket.connect":
                await self.connect()
            else:
                await self.receive(message.get("text"), message.get("bytes"))
        except Exception:
            logger.exception("socket: %r", self.scope["path"])
            self.close(TOO_SLOW)

    # In

    async def connect(self) -> None:
        chosen = choose(list(self.scope.get("subprotocols", [])))
        if chosen is None:
            await self.base_send({"type": "websocket.close", "code": BAD_FRAME})
            return
        codec, subprotocol = chosen
        await self.base_send({"type": "websocket.accept", "subprotocol": subprotocol})
        self.heard = asyncio.get_running_loop().time()
        wire = self.scope.get("extensions", {}).get(WIRE)
        self.connection = Direct(codec, wire) if wire else Posted(codec, self.base_send)
        refusal = await self.refusal()
        if refusal:
            self.close(refusal)
            return
        self.guard = asyncio.create_task(self.watch())

    async def refusal(self) -> int | None:
        """What needs no hello closes at once (decision 41)."""
        path = self.scope["url_route"]["kwargs"]
        try:
            place, allowed = await self.doors.open(Knock(path["tenant"], path.get("game"), self.handshake.came), self.handshake.address)
        except Busy:
            return TOO_SLOW
        if place is None:
            return NO_SUCH_GAME
        self.place: Place = place
        return None if allowed and (self.handshake.secure or not settings.SECURE) else WRONG_ORIGIN

    # Frames

    async def receive(self, text: str | None, data: bytes | None) -> None:
        if self.connection is None or self.connection.closing is not None:
            return
        self.heard = asyncio.get_running_loop().time()
        if not self.bucket.take():
            self.close(TOO_FAST)
            return
        try:
            frame = parse(self.connection.codec, text, data)
            await self.act(frame, asked(frame))
        except Bad:
            self.close(BAD_FRAME)

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

    def push(self, frame: Any) -> None:
        if self.connection:
            self.connection.push(self.connection.codec.encode(frame))

    def close(self, code: int) -> None:
        if self.connection:
            self.connection.close(code)

    async def watch(self) -> None:
        """Pings, and ends a socket that never said hello, is silent for too long, or may not be here any more."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.beat.life
        await asyncio.sleep(self.beat.greeting)
        if not self.greeted:
            self.close(BAD_FRAME)
        while self.connection and self.connection.closing is None:
            left = min(self.heard + self.beat.silence, until) - loop.time()
            if left <= 0:
                self.close(TOO_SLOW)
            elif refusal := await self.still_refused():
                self.close(refusal)
            else:
                self.push(Ping(self.position()))
                await asyncio.sleep(min(self.beat.ping, left))

    async def still_refused(self) -> int | None:
        """Whether what let this socket in holds no longer."""
        return None

    def position(self) -> int | None:
        """The last number that was told here: the client sees by it that a last frame was lost (decision 26)."""
        return None

    async def end(self) -> None:
        """The one way out, however the socket ended."""
        if self.guard:
            self.guard.cancel()
        if self.connection:
            self.connection.end()
            await self.leave()

    async def leave(self) -> None:
        """Give back what this socket held."""
