"""What the load clients count, without a server."""

from __future__ import annotations

import asyncio
import json
from itertools import islice

from benchmarks.load import play
from benchmarks.load.dialects import Plain, SoBuzz, SocketIO
from benchmarks.load.fan import Fan
from benchmarks.plan import Plan, read
from benchmarks.rows import row


class Mouth:
    """Stands for a socket: remembers what was said into it."""

    timed = True

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)


def test_every_peer_says_its_event_in_the_bytes_that_were_asked() -> None:
    assert {len(each) for each in islice(Plain("", bytes=250).causes(), 12)} == {250}
    assert {len(each) for each in islice(SocketIO("", bytes=250).causes(), 12)} == {250}


def test_a_frame_of_several_events_counts_for_all_of_them() -> None:
    words = SoBuzz("ws://host/ws/play/bench/game/")
    assert words.span(b'{"t":"events","since":1,"seq":20,"events":[{},{},{}]}') == (17, 20)
    assert words.span(b'{"t":"ping","seq":20}') is None
    assert Plain("").span(b'{"type": "event", "n": 5, "pad": ""}') == (4, 5)


def test_locks_and_unlocks_take_turns_so_that_each_one_fits() -> None:
    said = [json.loads(each) for each in islice(SoBuzz("").causes(), 4)]
    assert [each["locked"] for each in said] == [True, False, True, False]
    assert len({each["ref"] for each in said}) == 4


async def test_the_next_event_goes_out_when_everybody_has_the_last() -> None:
    fan, mouth = Fan(Plain(""), sockets=2), Mouth()
    fan.voice = mouth  # type: ignore[assignment]
    window = asyncio.create_task(fan.window(0.05, outstanding=1))
    await asyncio.sleep(0)
    fan.hear(mouth, mouth.said[0].encode())  # type: ignore[arg-type]
    assert len(mouth.said) == 1
    fan.hear(mouth, mouth.said[0].encode())  # type: ignore[arg-type]
    assert len(mouth.said) == 2
    while fan.flying:
        fan.hear(mouth, mouth.said[-1].encode())  # type: ignore[arg-type]
    await window
    assert len(fan.samples) == 2 * len(fan.sent)
    assert not any(fan.left)


async def test_a_late_play_is_charged_from_when_it_was_due() -> None:
    hall = play.Hall(SoBuzz(""))
    hall.closed = False
    hall.due["1-1"] = play.time.perf_counter() - 0.5
    hall.answered(None, "1-1", good=True)  # type: ignore[arg-type]
    assert 0.5 <= hall.latencies[0] < 1


async def test_a_refusal_is_counted_and_is_no_play() -> None:
    hall = play.Hall(SoBuzz(""))
    hall.closed = False
    hall.due["1-1"] = play.time.perf_counter()
    hall.answered(None, "1-1", good=False)  # type: ignore[arg-type]
    assert (hall.latencies, hall.counts["refused"]) == ([], 1)


def test_a_plan_is_read_from_the_command_line() -> None:
    plan = read(["fanout", "--sockets", "200,1_000", "--only", "sobuzz,ws", "--rounds", "1"])
    assert (plan.benches, plan.sockets, plan.rounds) == (("fanout",), (200, 1000), 1)
    assert plan.choose(["sobuzz", "picows", "ws"]) == ["sobuzz", "ws"]
    assert read([]) == Plan()
    assert read(["--quick"]).rounds == 1


def test_rows_of_logs_of_different_length_are_different_rows() -> None:
    from benchmarks.rows import merged

    both = [row("actor", "sobuzz", {}, {"events": events, "seconds": 1.0}) for events in (0, 1000)]
    assert len(merged(both)) == 2
