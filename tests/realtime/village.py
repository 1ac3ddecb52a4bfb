"""Several processes in one: nodes and an engine on one layer, with the toy game and no database."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest
from channels.layers import InMemoryChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer

from realtime import topics
from realtime.codec import MSGPACK
from realtime.engine import Engine
from realtime.node import Node
from realtime.seats import Place
from realtime.shard import Shard
from tests.realtime.fakes import GAME, TENANT, DrivenClock, FakeStore

LAYERS = ["memory", "redis"]


def make_layer(kind: str, prefix: str = "village") -> Any:
    if kind == "memory":
        return InMemoryChannelLayer(capacity=10_000, expiry=3600)
    if not os.environ.get("REDIS_URL"):
        pytest.skip("no Redis here")
    return RedisPubSubChannelLayer(hosts=[os.environ["REDIS_URL"]], prefix=prefix)


class Follower:
    """A connection, as node and hub know it."""

    codec, direct = MSGPACK, None
    present = settled = False

    def __init__(self, player: int = 0, socket: str = "") -> None:
        self.place, self.socket = Place(TENANT, GAME, "public", player), socket or f"socket{id(self)}"
        self.frames: list[Any] = []
        self.code: int | None = None
        self.drained = asyncio.Event()
        self.drained.set()

    def push(self, frame: bytes) -> None:
        self.frames.append(msgspec.msgpack.decode(frame))

    def deliver(self, seq: int, frame: bytes) -> None:
        self.push(frame)

    def tell(self, at: int, frame: bytes) -> None:
        self.push(frame)

    def close(self, code: int) -> None:
        self.code = self.code or code

    def heard(self, word: str) -> list[Any]:
        return [frame for frame in self.frames if frame["t"] == word]


async def until(there: Callable[[], Any]) -> Any:
    """Waits for what comes in its own time; fails after ten seconds."""
    async with asyncio.timeout(10):
        while not (found := there()):
            await asyncio.sleep(0.002)
    return found


class Village:
    def __init__(self, kind: str, prefix: str, nodes: int, store: Any = None, clock: Any = None) -> None:
        self.layer = make_layer(kind, prefix)
        self.store, self.clock = store or FakeStore(), clock or DrivenClock()
        self.mailboxes = topics.mailboxes(prefix, 2)
        self.engine = Engine(self.layer, self.store, self.clock, self.mailboxes)
        self.nodes = [Node(self.layer, self.mailboxes, patience=5) for _ in range(nodes)]

    @property
    def node(self) -> Node:
        return self.nodes[0]

    async def operate(self, word: str, **fields: Any) -> Any:
        return await self.node.tell(
            TENANT, GAME, "command", role="operator", by=9, ref=f"{word}-{len(self.store.log)}", command={"t": word, **fields}
        )

    async def say(self, word: str, by: int = 1, node: Node | None = None) -> Any:
        ref = f"say-{word}-{len(self.store.log)}"
        return await (node or self.node).tell(TENANT, GAME, "command", role="player", by=by, ref=ref, command={"t": "say", "word": word})

    async def hello(self, player: int) -> Any:
        return await self.node.tell(TENANT, GAME, "hello", role="player", by=player)

    def shard(self, game: int = GAME) -> Shard:
        return self.engine.open[topics.shard_of(game, 2)].shard

    async def open(self, *players: int) -> None:
        await self.operate("open")
        for player in players:
            await self.hello(player)


@asynccontextmanager
async def village(kind: str = "memory", prefix: str = "village", nodes: int = 1, **given: Any) -> AsyncIterator[Village]:
    made = Village(kind, prefix, nodes, **given)
    for node in made.nodes:
        await node.start()
    await made.engine.start()
    await until(lambda: all(opened.shard.reached for opened in made.engine.open.values()))
    try:
        yield made
    finally:
        await made.engine.stop()
        for node in made.nodes:
            await node.stop()
        if kind == "redis":
            await made.layer.flush()
