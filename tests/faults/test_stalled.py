"""P11: two hundred who ask to hear and do not listen are cut off, cost little, and the others hear as fast as before."""

import asyncio
import select
from collections.abc import Callable
from contextlib import AsyncExitStack
from random import Random
from statistics import quantiles
from time import monotonic
from types import SimpleNamespace

import pytest

from tests.faults.followers import Follower
from tests.faults.players import Player
from tests.faults.scale import SEED, count, lasting
from tests.realtime.sockets.raw import FIN_TEXT, HELLO, Raw, frame

pytestmark = [pytest.mark.fault, lasting(90, 300)]

STALLED = 200
HEALTHY = count(30, 300)
CRIERS = 5
PACE = 0.08  # seconds between two words of a crier
WORD = 1_900  # bytes; so a stalled reader has 256 KiB waiting after some seconds
QUIET = count(3, 20)  # seconds of the time before
HELD = 512 * 1024  # bytes that wait for a reader who reads nothing: in our outbox, the server's and the kernel's
PARTING = 8.0  # seconds after that in which he is cut off; five of them he has to take his close frame
CLEAR = 4.0  # seconds after that in which the first of them would be cut off, if anybody were
FLOOR = 0.25  # seconds; below it nobody notices twice as much


class Hall:
    """Criers and listeners, and how long each word took to each listener."""

    def __init__(self, stage) -> None:
        rng = Random(SEED)
        self.stage, self.sent, self.goes_on = stage, {}, True
        self.listeners = [Follower(stage, CRIERS + number, Random(rng.random())) for number in range(1, HEALTHY + 1)]
        self.criers = [Player(stage, number, Random(rng.random())) for number in range(1, CRIERS + 1)]

    async def cry(self, player: Player) -> None:
        number = 0
        while self.goes_on:
            number += 1
            word = f"{player.number}-{number}".ljust(WORD, ".")
            self.sent[word] = begun = monotonic()
            await player.ask(f"{player.number}-{number}", "cry", text=word)
            await asyncio.sleep(max(0.0, begun + PACE - monotonic()))
        await player.drop()

    def p99(self, begun: float, ended: float) -> float:
        """Of the words that were sent between the two."""
        words = [word for word, at in self.sent.items() if begun <= at <= ended]
        waits = [listener.heard[word] - self.sent[word] for listener in self.listeners for word in words if word in listener.heard]
        assert len(waits) > HEALTHY * 10, "nearly all was heard"
        return quantiles(waits, n=100)[-1]


def stalled(web, slug: str) -> list[Raw]:
    board = SimpleNamespace(site=SimpleNamespace(port=web.port))
    lines = [Raw(board, f"/ws/play/demo/{slug}/", buffer=4096) for _ in range(STALLED)]
    for line in lines:
        line.say(frame(FIN_TEXT, HELLO))
    return lines


async def until_cut(lines: list[Raw], heard: Callable[[], int], parting: float) -> tuple[int, float]:
    """How many were cut off, and how long after there was too much for the last of them."""
    waiting, full, last = {line.line.fileno() for line in lines}, 0.0, 0.0
    poll = select.poll()
    for number in waiting:
        poll.register(number, select.POLLHUP | select.POLLERR)
    hopeless = monotonic() + 60
    while waiting and monotonic() < (full + parting if full else hopeless):
        for number, _ in poll.poll(0):
            poll.unregister(number)
            waiting.discard(number)
            last = monotonic()
        full = full or (monotonic() if heard() > HELD else 0.0)
        await asyncio.sleep(0.05)
    return len(lines) - len(waiting), last - full if full else 0.0


async def listen(crowd, parting: float = PARTING) -> SimpleNamespace:
    """First without them, then with them, until they are cut off."""
    hall = Hall(crowd.game("square", {}, CRIERS + HEALTHY, kind="square", opens=-5))
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        for each in hall.listeners:
            group.create_task(each.follow(lambda: hall.goes_on, (600, 600)))
        await asyncio.sleep(1)
        for crier in hall.criers:
            group.create_task(hall.cry(crier))
        await asyncio.sleep(QUIET + 1)
        before, memory = monotonic(), crowd.webs[0].memory()
        lines = await asyncio.to_thread(stalled, crowd.webs[0], "square")
        for line in lines:
            stack.callback(line.line.close)
        begun = monotonic()
        cut, last = await until_cut(lines, lambda: sum(at > begun for at in hall.sent.values()) * WORD, parting)
        grown = crowd.webs[0].memory() - memory
        ended = monotonic()
        await asyncio.sleep(0.3)
        hall.goes_on = False
    quiet, loud = hall.p99(before - QUIET, before), hall.p99(begun, ended)
    lost = sum(listener.cuts for listener in hall.listeners) - len(hall.listeners)
    return SimpleNamespace(cut=cut, last=last, grown=grown, quiet=quiet, loud=loud, lost=lost)


def faults(found: SimpleNamespace) -> list[str]:
    """What P11 does not allow."""
    return [
        *([f"{STALLED - found.cut} who do not read are still there."] if found.cut < STALLED else []),
        *([f"{found.grown:.0f} MiB grown."] if found.grown > 64 else []),
        *([f"p99 went from {found.quiet:.3f} to {found.loud:.3f} s."] if found.loud > max(FLOOR, 2 * found.quiet) else []),
        *([f"{found.lost} who read were cut off."] if found.lost else []),
    ]


@pytest.mark.promise("P11")
def test_two_hundred_who_do_not_read_are_cut_off_and_the_others_hear_as_fast(cluster, figure):
    found = asyncio.run(listen(cluster()))
    assert faults(found) == []
    figure("s from too much to the last of 200 stalled readers cut off", found.last)
    figure("MiB grown by them", found.grown)
    figure("ms p99 before", found.quiet * 1000)
    figure("ms p99 beside them", found.loud * 1000)


@pytest.mark.control("P11")
def test_without_a_bound_they_stay(cluster):
    found = asyncio.run(listen(cluster(switches="boundless"), CLEAR))
    assert any("still there" in fault for fault in faults(found)), found
