"""What all sockets share: the handshake, the limits, and one way out. No query is made here but through the store."""

import asyncio
import logging
import secrets
from typing import Any, ClassVar

from channels.consumer import AsyncConsumer
from django.conf import settings

from games.limits import Bucket
from games.store import Place, Store
from realtime import metrics
from realtime.codec import Bad, asked, choose, parse
from realtime.connection import TOO_SLOW, Connection
from realtime.consumers.beat import Beat, watch
from realtime.consumers.handshake import Handshake
from realtime.direct import Direct
from realtime.doors import Doors, Knock
from realtime.node import Node
from realtime.postbox import Busy
from realtime.posted import Posted
from realtime.protocol import Asked, Hello, Pong, Resume
from realtime.subject import speak_of
from realtime.wire import WIRE

logger = logging.getLogger(__name__)

BAD_FRAME, WRONG_ORIGIN, NO_SUCH_GAME, TOO_FAST = 4400, 4403, 4404, 4429


Left = tuple[dict[str, Any], Asked | None]


class Socket(AsyncConsumer):  # type: ignore[misc]
    """Reads frames itself, without the task and the thread hop that Channels makes for each: these consumers never touch the ORM."""

    kind: ClassVar[str] = "none"  # of socket, in the metrics

    def __init__(self, node: Node, store: Store, doors: Doors, beat: Beat | None = None) -> None:
        self.node, self.store, self.doors, self.lookups, self.beat = node, store, doors, doors.lookups, beat or Beat()
        self.connection: Connection | None = None
        self.guard: asyncio.Task[None] | None = None
        self.bucket = Bucket()
        self.left = 0  # frames that wait for their turn in the task
        self.greeted = False
        self.socket = secrets.token_hex(8)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope, self.base_send, self.handshake = scope, send, Handshake(scope)
        with metrics.SOCKETS.labels(self.kind).track_inprogress():
            try:
                while (message := await receive())["type"] != "websocket.disconnect":
                    await self.dispatch(message)
            finally:
                await self.end()

    async def dispatch(self, message: dict[str, Any]) -> None:
        try:
            if message["type"] == "websocket.connect":
                await self.connect()
            elif "left" in message:
                await self.act(*message["left"])
            else:
                await self.receive(message.get("text"), message.get("bytes"))
        except Exception:
            self.broken()

    def broken(self) -> None:
        """Whatever goes wrong here goes wrong on our side: the client backs off, comes back and resumes."""
        place = getattr(self, "place", None)  # the wire calls us outside of the task that knows what it is about
        logger.exception("socket: %r", self.scope["path"], extra={"tenant": place.tenant, "game": place.game} if place else {})
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
        self.connection = Direct(codec, wire, self.hear) if wire else Posted(codec, self.base_send)
        self.guard = asyncio.create_task(watch(self, self.beat))  # first: it ends also who is still looked for
        refusal = await self.refusal()
        if refusal:
            self.close(refusal)

    async def refusal(self) -> int | None:
        """What needs no hello closes at once (decision 41)."""
        path = self.scope["url_route"]["kwargs"]
        self.knock = Knock(path["tenant"], path.get("game"), self.handshake.came)
        try:
            place, allowed = await self.doors.open(self.knock, self.handshake.address)
        except Busy:
            return TOO_SLOW
        if place is None:
            return NO_SUCH_GAME
        self.place: Place = place
        speak_of(place.tenant, place.game, self.position)
        return None if allowed and (self.handshake.secure or not settings.SECURE) else WRONG_ORIGIN

    # Frames

    async def receive(self, text: str | None, data: bytes | None) -> None:
        """By the task: on servers that send messages, and for what came before we could listen."""
        left = self.hear((text or "").encode("utf-8", "surrogatepass") if data is None else data, data is not None)
        if left:
            await self.act(*left)

    def hear(self, body: bytes, binary: bool) -> Left | None:
        """Commands and pongs are done at once. What must wait for something is left to the task, with all that comes after it."""
        if self.connection is None or self.connection.closing is not None:
            return None
        self.heard = asyncio.get_running_loop().time()
        if not self.bucket.take():
            self.close(TOO_FAST)
            return None
        try:
            frame = parse(self.connection.codec, body, binary)
            about = asked(frame)
            if self.left or not self.greeted or isinstance(about, Hello | Resume):
                self.left += 1
                return frame, about
            if about is None:
                self.command(frame)
        except Bad:
            self.close(BAD_FRAME)
        except Exception:
            self.broken()
        return None

    async def act(self, frame: dict[str, Any], about: Asked | None) -> None:
        """What was left, in its turn."""
        try:
            match about:
                case _ if self.connection is None or self.connection.closing is not None:
                    return
                case Pong():
                    return
                case Hello() if not self.greeted:
                    self.greeted = True
                    await self.hello(about)
                case Resume() if self.greeted:
                    await self.resume(about)
                case None if self.greeted:
                    self.command(frame)
                case _:
                    raise Bad("one hello comes first")
        except Bad:
            self.close(BAD_FRAME)
        except Busy:
            self.close(TOO_SLOW)
        finally:
            self.left -= 1

    async def hello(self, hello: Hello) -> None:
        raise NotImplementedError

    async def resume(self, resume: Resume) -> None:
        raise Bad("nothing can be missed here")

    def command(self, frame: dict[str, Any]) -> None:
        raise Bad("nothing can be asked here")

    # Out

    def push(self, frame: Any) -> None:
        if self.connection:
            self.connection.push(self.connection.codec.encode(frame))

    def close(self, code: int) -> None:
        if self.connection:
            self.connection.close(code)

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
