"""One bot: comes with a ticket, plays what its mechanic's `bot` says, keeps the client's rule, and times its answers."""

import asyncio
import secrets
from collections.abc import Callable
from random import Random
from time import monotonic
from typing import Any, NamedTuple

import msgspec
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Subprotocol

from games.mechanic import Mechanic
from realtime.codec import MSGPACK

SUBPROTOCOL = Subprotocol(MSGPACK.subprotocol)
PARTING = 1.0  # seconds that the other side has for its farewell
LOST = 6.0  # seconds after which an answer has been lost
AGAIN = (2.0, 4.0, 8.0)  # seconds before a command that met `busy` goes out once more, with the same ref (decision 23)


class Place(NamedTuple):
    """Where bots play."""

    url: str
    mechanic: type[Mechanic[Any, Any, Any]]


class Diary:
    """What all bots saw together."""

    def __init__(self) -> None:
        self.latencies: list[float] = []
        self.connected = self.joined = self.played = self.refused = self.busy = self.lost = self.gaps = 0
        self.events: dict[str, int] = {}


class Bot:
    def __init__(self, place: Place, ticket: Callable[[], str], diary: Diary, rng: Random, patience: tuple[float, float]) -> None:
        self.place, self.ticket, self.diary, self.rng, self.patience = place, ticket, diary, rng, patience
        self.everyone: dict[str, Any] = {}
        self.you: dict[str, Any] = {}
        self.line: str | None = None
        self.seq: int | None = None
        self.replies: dict[str, asyncio.Future[dict[str, Any]]] = {}

    async def live(self, seconds: float) -> None:
        """Plays for so long, then leaves when it has its answer; a lost connection is counted, and the bot comes back."""
        end = monotonic() + seconds
        while monotonic() < end:
            try:
                async with connect(self.place.url, subprotocols=[SUBPROTOCOL], max_size=None, close_timeout=PARTING) as socket:
                    await self.visit(socket, end)
            except (OSError, TimeoutError, WebSocketException):
                self.diary.lost += 1
                await asyncio.sleep(self.rng.uniform(0.5, 3))

    async def visit(self, socket: Any, end: float) -> None:
        self.diary.connected += 1
        hearing = asyncio.create_task(self.hear(socket))
        try:
            await self.say(socket, {"t": "hello", "line": self.line, "seq": self.seq, "ticket": self.ticket()})
            while not hearing.done():
                await asyncio.sleep(min(self.rng.uniform(*self.patience), max(0.0, end - monotonic())))
                if monotonic() >= end:
                    return
                await self.act(socket)
            hearing.result()
        finally:
            self.diary.connected -= 1
            hearing.cancel()

    async def act(self, socket: Any) -> None:
        if not self.you or not self.everyone.get("running"):
            return
        wanted = self.place.mechanic.bot(self.everyone.get("mechanic", {}), self.you.get("mechanic", {}), self.rng)
        if wanted:
            await self.ask(socket, wanted)

    async def ask(self, socket: Any, command: dict[str, Any]) -> None:
        """The same ref goes out until there is an answer: after `busy`, and after one that was lost on the way (decision 23)."""
        ref = secrets.token_hex(8)
        for wait in (*AGAIN, None):
            asked = monotonic()
            answer = await self.answer(socket, {**command, "ref": ref})
            if answer.get("error", {}).get("code") != "busy" or wait is None:
                self.note(answer, monotonic() - asked)
                return
            self.diary.busy += 1
            await asyncio.sleep(wait)

    async def answer(self, socket: Any, frame: dict[str, Any]) -> dict[str, Any]:
        reply = self.replies[frame["ref"]] = asyncio.get_running_loop().create_future()
        await self.say(socket, frame)
        await asyncio.wait([reply], timeout=LOST)
        return reply.result() if reply.done() else {"error": {"code": "busy"}}

    def note(self, answer: dict[str, Any], latency: float) -> None:
        self.you = answer.get("you") or self.you
        if "error" in answer:
            self.diary.refused += 1
            return
        self.diary.played += 1
        self.diary.latencies.append(latency)
        for event in answer["events"]:
            self.diary.events[event["t"]] = self.diary.events.get(event["t"], 0) + 1

    async def say(self, socket: Any, frame: dict[str, Any]) -> None:
        await socket.send(msgspec.msgpack.encode(frame))

    async def hear(self, socket: Any) -> None:
        try:
            async for data in socket:
                await self.take(socket, msgspec.msgpack.decode(data))
        except ConnectionClosed:
            self.diary.lost += 1
            raise

    async def take(self, socket: Any, frame: dict[str, Any]) -> None:
        match frame["t"]:
            case "snapshot":
                self.line, self.seq, self.everyone, self.you = frame["line"], frame["seq"], frame["everyone"], frame["you"] or {}
            case "events":
                await self.follow(socket, frame)
            case "you":
                self.you = frame["you"] or {}
            case "reply" if reply := self.replies.pop(frame["ref"], None):
                reply.set_result(frame)
            case "ping":
                await self.say(socket, {"t": "pong"})

    async def follow(self, socket: Any, frame: dict[str, Any]) -> None:
        """`since` equals my last: apply. `seq` not above my last: ignore. Else: resume. A bot looks at the whole picture again."""
        if self.seq is not None and frame["seq"] <= self.seq:
            return
        if frame["since"] != self.seq:
            self.diary.gaps += 1
            await self.say(socket, {"t": "resume", "line": self.line, "seq": self.seq})
            return
        self.seq = frame["seq"]
        for event in frame["events"]:
            if event["t"] in {"opened", "resumed", "paused", "ended"}:
                self.everyone["running"] = event["t"] in {"opened", "resumed"}
