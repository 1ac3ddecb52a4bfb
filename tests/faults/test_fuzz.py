"""P24: whatever bytes come, there is a clean answer or a clean end; the process stays as small as it was, and others play as fast."""

import asyncio
import json
import socket
from contextlib import suppress
from pathlib import Path
from random import Random
from statistics import quantiles
from types import SimpleNamespace

import pytest

from tests.faults.cluster import Stage
from tests.faults.players import Player
from tests.faults.scale import SEED, count, lasting
from tests.faults.test_race import prizes
from tests.realtime.sockets.raw import CONT, FIN_BINARY, FIN_CONT, FIN_TEXT, HELLO, PING, PONG, Raw, codes, frame
from tests.realtime.sockets.test_hostile import SHAPES

pytestmark = [pytest.mark.fault, lasting(90, 1800)]

FRAMES = count(4_000, 100_000)
TOGETHER = 12  # frames of one socket: above twenty it is too fast, whatever they are
HALF_OPEN = count(300, 10_000)
PEOPLE = 8
MOST_GROWN = 64  # MiB
FLOOR = 0.25  # seconds; below it nobody notices twice as much
CLEAN = {1000, 1002, 1005, 1007, 1009, 4400, 4401, 4408, 4429}
DOCUMENT = Path(__file__).parent.parent.parent / "docs/asyncapi.json"
HOSTILE = [
    None,
    True,
    -1,
    2**53,
    2**64,
    -(2**63),
    1e308,
    0.1,
    "",
    "\0",
    "\u202e\ud800",
    "x" * 7000,
    [],
    [[]],
    {},
    {"t": "play"},
    "🎁" * 500,
]
WORDS = [
    '{"t":"hello","t":"play"}',
    '{"t":NaN}',
    "[" * 4000,
    '{"t":1e999}',
    "null",
    '"t"',
    '{"t":"hello"',
    "\ufeff{}",
    '{"":{}}',
    "0" * 8000,
]


def honest() -> list[dict]:
    """A frame of each kind that the document knows, with its fields."""
    found = []
    for shape in json.loads(DOCUMENT.read_text())["components"]["schemas"].values():
        fields = shape.get("properties", {})
        if words := fields.get("t", {}).get("enum"):
            found.append({**dict.fromkeys(fields, "x"), "t": words[0]})
    assert len(found) > 10, "the document is read"
    return found


def invented(rng: Random, known: list[dict]) -> bytes:
    """Fields that are missing, foreign, of another kind; or text that is no JSON."""
    if rng.random() < 0.2:
        return rng.choice(WORDS).encode("utf-8", "surrogatepass")
    asked = dict(rng.choice(known))
    for name in [name for name in asked if rng.random() < 0.6]:
        asked[name] = rng.choice(HOSTILE)
    if rng.random() < 0.3:
        asked[rng.choice(["", "player", "role", "__proto__", "ref", "t"])] = rng.choice(HOSTILE)
    return json.dumps(asked, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")


def tampered(rng: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def hostile(rng: Random, known: list[dict]) -> bytes:
    text = frame(rng.choice([FIN_TEXT, FIN_TEXT, FIN_TEXT, FIN_BINARY, FIN_CONT, CONT]), invented(rng, known))
    match rng.randrange(5):
        case 0:
            return rng.choice(list(SHAPES.values()))
        case 1:
            return tampered(rng, text)
        case 2:
            return frame(rng.choice([PING, PONG]), rng.randbytes(rng.randrange(120)))
    return text


def attack(stage: Stage, rng: Random) -> set[int]:
    """Sockets of so many frames each; the codes with which the server ended them."""
    board, known, heard = SimpleNamespace(site=SimpleNamespace(port=stage.cluster.webs[0].port)), honest(), set()
    for number in range(FRAMES // TOGETHER):
        raw = Raw(board, f"/ws/play/demo/{stage.slug}/")
        raw.say(frame(FIN_TEXT, HELLO) if number % 4 else b"")
        raw.say(b"".join(hostile(rng, known) for _ in range(TOGETHER)))
        if number % 10 == 0:
            heard.update(codes(raw.end()))
        else:
            raw.line.close()
    return heard


def half_open(stage: Stage) -> list[socket.socket]:
    """Handshakes that were begun and are never finished."""
    lines = []
    for _ in range(HALF_OPEN):
        line = socket.socket()
        with suppress(OSError):
            line.connect(("127.0.0.1", stage.cluster.webs[0].port))
            line.sendall(b"GET /ws/play/demo/x/ HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n")
        lines.append(line)
    return lines


async def opened(stage: Stage) -> list[socket.socket]:
    """With all of them open for a while."""
    lines = await asyncio.to_thread(half_open, stage)
    await asyncio.sleep(3)
    return lines


async def beside(stage: Stage, turn: int, job) -> tuple[object, float]:
    """What the job answers, and the p99 of plays beside it; each turn has players of its own."""
    over, rng = asyncio.Event(), Random(SEED)
    players = [Player(stage, turn * PEOPLE + number, rng) for number in range(1, PEOPLE + 1)]
    async with asyncio.TaskGroup() as group:
        for player in players:
            group.create_task(player.play(lambda: not over.is_set(), again=0.9))
        found = await job
        over.set()
    waits = [wait for player in players for wait in player.latencies[1:]]  # the first one has opened a socket besides
    return found, quantiles(waits, n=100)[-1]


@pytest.mark.promise("P24")
def test_hostile_bytes_end_cleanly_cost_nothing_and_disturb_nobody(cluster, figure):
    crowd = cluster("sqlite")
    stage = crowd.game("race", prizes(500), 3 * PEOPLE, opens=-240, closes=count(600, 3600))
    web = crowd.webs[0]
    _, quiet = asyncio.run(beside(stage, 0, asyncio.sleep(3)))
    before = web.memory()
    heard, loud = asyncio.run(beside(stage, 1, asyncio.to_thread(attack, stage, Random(SEED))))
    lines, opening = asyncio.run(beside(stage, 2, opened(stage)))
    grown = web.memory() - before
    for line in lines:
        line.close()
    assert heard - {0} <= CLEAN
    assert 4400 in heard
    assert grown <= MOST_GROWN
    assert max(loud, opening) <= max(FLOOR, 2 * quiet)
    assert web.alive
    assert crowd.complaints() == []
    crowd.invariants()
    figure("hostile frames", FRAMES)
    figure("half-open handshakes", HALF_OPEN)
    figure("MiB grown by them", grown)
    figure("ms p99 of others before", quiet * 1000)
    figure("ms p99 of others beside them", max(loud, opening) * 1000)
