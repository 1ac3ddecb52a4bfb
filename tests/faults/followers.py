"""Who looks on: keeps the client's whole rule, is cut off again and again, and writes down what it was shown.

`since` equals my last: apply. `seq` not above my last: ignore. Else: resume.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from random import Random
from time import monotonic
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.faults.cluster import Stage
from tests.faults.history import History
from tests.faults.players import LOST


class Follower:
    def __init__(self, stage: Stage, number: int, rng: Random) -> None:
        self.stage, self.number, self.rng = stage, number, rng
        self.history = History(stage.cluster.histories, f"follower{number}")
        self.line: str | None = None
        self.seq: int | None = None
        self.cuts = self.gaps = self.snapshots = self.frames = 0
        self.heard: dict[str, float] = {}  # a word, and when

    async def follow(self, goes_on: Callable[[], bool], stay: tuple[float, float]) -> None:
        """Comes and goes; with `stay` very long it goes only when its process is killed."""
        while goes_on():
            try:
                await self.visit(self.rng.uniform(*stay), goes_on)
            except LOST:
                await asyncio.sleep(self.rng.uniform(0.1, 0.5))
            self.history.note("cut", "follow")
            self.cuts += 1

    async def visit(self, seconds: float, goes_on: Callable[[], bool] = lambda: True) -> None:
        url = self.rng.choice(self.stage.cluster.webs).url
        address = f"{url.replace('http', 'ws')}/ws/play/demo/{self.stage.slug}/"
        cookie = {"Cookie": self.stage.cookie(self.number)}
        async with asyncio.timeout(5):
            socket = await connect(address, origin=url, additional_headers=cookie, ping_interval=None, compression=None)
        try:
            await self.say(socket, "hello")
            end = monotonic() + seconds
            while monotonic() < end and goes_on():
                try:
                    async with asyncio.timeout(min(0.2, seconds)):
                        text = await socket.recv()
                except TimeoutError:
                    continue
                await self.take(socket, json.loads(text))
        finally:
            socket.transport.abort()

    async def say(self, socket: ClientConnection, word: str) -> None:
        await socket.send(json.dumps({"t": word, "line": self.line, "seq": self.seq}))

    async def take(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        match frame["t"]:
            case "snapshot":
                self.snapshots += 1
                self.line, self.seq = frame["line"], frame["seq"]
                self.heard.setdefault(frame["everyone"]["mechanic"]["last"], monotonic())
                self.history.note("snapshot", "follow", "", [self.line, self.seq, frame["everyone"]["mechanic"]])
            case "events":
                await self.apply(socket, frame)
            case "ping":
                await socket.send('{"t":"pong"}')
                if self.seq is not None and (frame.get("seq") or 0) > self.seq:
                    await self.missed(socket)

    async def apply(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        if self.seq is None or frame["seq"] <= self.seq:
            return
        if frame["since"] != self.seq:
            await self.missed(socket)
            return
        self.frames += 1
        words = [event["text"] for event in frame["events"] if event["t"] == "cried"]
        self.heard.update(dict.fromkeys(words, monotonic()))
        self.history.note("frame", "follow", "", [frame["since"], frame["seq"], words])
        self.seq = frame["seq"]

    async def missed(self, socket: ClientConnection) -> None:
        self.gaps += 1
        await self.say(socket, "resume")
