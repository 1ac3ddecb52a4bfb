"""Safeguards switched off, and traps: each changes the process that was started with it, before it serves (see start.py)."""

from __future__ import annotations

import asyncio
import os
import signal
from math import inf
from pathlib import Path
from random import Random
from typing import Any

from channels_redis.pubsub import RedisSingleShardConnection

from games import repeats
from games.mechanics import instant_win
from games.store import Store, loading
from realtime import clock, connection, leases, owners, shard, trail, wire
from realtime.consumers import game

background: set[asyncio.Task] = set()


# Safeguards off: the controls


def no_repeats() -> None:
    """A command that comes again is decided again."""
    repeats.Repeats.find = lambda self, role, by, ref: None


def told_before_stored() -> None:
    """The commit is under way when the answer leaves."""
    stored = Store.append

    async def append(self: Store, *given: Any) -> None:
        async def later() -> None:
            await asyncio.sleep(0.3)
            await stored(self, *given)

        task = asyncio.create_task(later())
        background.add(task)
        task.add_done_callback(background.discard)

    Store.append = append


def unfair() -> None:
    """Some who come to a moment that is due do not get it, as where rows are skipped that another has locked."""
    rng, play = Random(4), instant_win.InstantWin.play

    def skipping(self: Any, state: Any, player: int, context: Any) -> Any:
        found = play(self, state, player, context)
        skipped = isinstance(found, instant_win.Won) and rng.random() < 0.2
        return instant_win.Lost(player, found.until) if skipped else found

    instant_win.InstantWin.play = skipping


def believing() -> None:
    """Whatever time the database says is the time."""

    def measure(self: clock.Clock, database: float, asked: float, answered: float) -> None:
        self.offset, self.doubts = database - (asked + answered) / 2, []

    clock.Clock.measure = measure


def deaf() -> None:
    """Who comes back is told that he has missed nothing, and the engine is not asked whether that is so."""
    trail.Trail.after = lambda self, line, seq: []
    game.GameSocket.bridged = lambda self, answer, line, seq: True


def boundless() -> None:
    """What waits for a reader who does not read has no end, and he is never cut off."""
    wire.LIMIT = connection.LIMIT = 2**30


def everybody_owns() -> None:
    """Each engine believes that all shards are its own, for ever; and who loads a game shuts out nobody."""
    loading.FENCE = "SELECT fence FROM games_game WHERE id = %s AND tenant_id BETWEEN %s AND %s"
    honest = leases.Leases.renew

    async def renew(self: leases.Leases, hearing: Any = ()) -> None:
        await honest(self, hearing)
        self.held = {shard: leases.Held(1, inf) for shard in range(self.shards)}

    leases.Leases.renew = renew


# Traps


def elsewhere() -> None:
    """The engines stand on different machines: none can see that another's process has gone."""
    owners.gone = lambda owner: False


def deafened(folder: str) -> None:
    """The layer takes what this process says and brings it nothing any more, as long as a file of its name is in `folder`."""
    receive, trap = RedisSingleShardConnection._receive_message, Path(folder) / os.environ["PART"]
    RedisSingleShardConnection._receive_message = lambda self, message: None if trap.exists() else receive(self, message)


def knocks_every(seconds: str) -> None:
    """A shard finds out sooner whether letters reach it: tests have less time."""
    shard.LISTENING = float(seconds)


def clock_every(seconds: str) -> None:
    """Looks at the database's clock more often: tests have less time."""
    clock.EVERY = float(seconds)


def dies_after_commit(marker: str) -> None:
    """Killed between a commit and its telling, once: when `marker` is there, which is then taken away."""
    stored = Store.append

    async def append(self: Store, *given: Any) -> None:
        await stored(self, *given)
        trap = Path(marker)
        if trap.exists():
            trap.unlink()
            os.kill(os.getpid(), signal.SIGKILL)

    Store.append = append
