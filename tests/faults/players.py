"""Players who play as the browser does: one command at a time, the same ref again after `busy` and after a lost connection."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from math import inf
from random import Random
from time import monotonic
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.faults.cluster import Stage
from tests.faults.history import History

PATIENCE = 3.0  # seconds for an answer; then the connection is not believed any more
BUSY = (0.1, 0.2, 0.4, 0.8)  # seconds; the browser waits 2, 4, 8, tests have less time
PACE = 0.105  # seconds between two frames of a socket: ten a second are allowed
REFUSED = frozenset({"no_plays_left", "paused", "ended", "not_open", "too_late"})  # by the rules: it has not happened
LOST = (OSError, WebSocketException, TimeoutError, asyncio.IncompleteReadError)


class GaveUp(Exception):
    """Nobody answers any more: where a safeguard is off, that may be."""


class Player:
    def __init__(self, stage: Stage, number: int, rng: Random, doors: Callable[[], list[str]] | None = None, name: str = "") -> None:
        self.stage, self.number, self.rng = stage, number, rng
        self.doors = doors or (lambda: [web.url for web in stage.cluster.webs])
        self.history = History(stage.cluster.histories, name or f"player{number}")
        self.socket: ClientConnection | None = None
        self.until = inf  # then nobody is asked any more
        self.answered = self.busy = self.lost = 0
        self.latencies: list[float] = []

    # A socket, somehow

    async def open(self) -> None:
        url = self.rng.choice(self.doors())
        async with asyncio.timeout(PATIENCE):
            self.socket = await connect(
                f"{url.replace('http', 'ws')}/ws/play/demo/{self.stage.slug}/",
                origin=url,
                additional_headers={"Cookie": self.stage.cookie(self.number)},
                ping_interval=None,
                close_timeout=0.2,
                compression=None,
            )
            await self.socket.send('{"t":"hello"}')
            while (await self.receive())["t"] != "snapshot":
                pass

    async def receive(self) -> dict[str, Any]:
        assert self.socket is not None
        while (frame := json.loads(await self.socket.recv()))["t"] == "ping":
            await self.socket.send('{"t":"pong"}')
        return frame

    # A command, until it is answered

    async def ask(self, ref: str, command: str = "play", **fields: Any) -> dict[str, Any]:
        self.history.note("invoke", command, ref)
        frame = json.dumps({"t": command, "ref": ref, **fields})
        for wait in forever(BUSY):
            if monotonic() > self.until:
                raise GaveUp
            try:
                reply = await self.answer(frame, ref)
            except LOST as lost:
                self.lost += 1
                self.history.note("info", command, ref, type(lost).__name__)
                await self.drop()
            else:
                if reply.get("error", {}).get("code") in (None, *REFUSED):
                    return self.settle(command, ref, reply)
                self.busy += 1
                self.history.note("info", command, ref, reply["error"]["code"])
            await asyncio.sleep(wait * self.rng.uniform(0.5, 1))
        raise AssertionError("for ever")

    async def answer(self, frame: str, ref: str) -> dict[str, Any]:
        if self.socket is None:
            await self.open()
        assert self.socket is not None
        async with asyncio.timeout(PATIENCE):
            await self.socket.send(frame)
            while (reply := await self.receive()).get("ref") != ref or reply["t"] != "reply":
                pass
        return reply

    def settle(self, command: str, ref: str, reply: dict[str, Any]) -> dict[str, Any]:
        if "error" in reply:
            self.history.note("fail", command, ref, reply["error"]["code"])
        else:
            self.answered += 1
            self.history.note("ok", command, ref, reply["events"])
        return reply

    async def drop(self) -> None:
        if self.socket:
            self.socket.transport.abort()
            self.socket = None

    # A life

    async def play(self, goes_on: Callable[[], bool], again: float = 0.1) -> None:
        """Plays as fast as it may; now and then asks for something that was answered before."""
        loop, number, earlier = asyncio.get_running_loop(), 0, []
        try:
            while goes_on():
                number += 1
                repeat = bool(earlier) and self.rng.random() < again
                ref = self.rng.choice(earlier[-4:]) if repeat else f"{self.number}-{number}"
                begun = loop.time()
                reply = await self.ask(ref)
                self.latencies.append(loop.time() - begun)
                if "error" not in reply and not repeat:
                    earlier.append(ref)
                await asyncio.sleep(max(0.0, begun + PACE - loop.time()))
        except GaveUp:
            pass
        finally:
            await self.drop()


def forever(waits: tuple[float, ...]):
    yield from waits
    while True:
        yield waits[-1]
