"""Lines on which nobody says what he wants: few, and not for long."""

import asyncio
import gc
import weakref

import pytest

from realtime import hall
from realtime.gauges import LOOKED
from realtime.hall import Hall
from tests.realtime.wire.served import UPGRADE, House, served, until


class Loop:
    """Time that is driven."""

    def __init__(self):
        self.now, self.timers = 0.0, []

    def time(self):
        return self.now

    def call_at(self, when, call):
        self.timers.append((when, call))
        return self

    def go(self, now):
        self.now = now
        due = [call for when, call in self.timers if when <= now]
        self.timers = [each for each in self.timers if each[0] > now]
        for call in due:
            call()


class Line:
    cuts = 0

    def cut(self):
        self.cuts += 1


@pytest.mark.promise("P24")
def test_each_line_is_cut_when_its_time_is_over_and_who_has_left_is_not():
    loop = Loop()
    hall, lines = Hall(loop, longest=10), [Line() for _ in range(4)]
    for second, line in enumerate(lines):
        loop.go(second)
        hall.enter(line)
    hall.leave(lines[1])
    hall.enter(lines[0])
    loop.go(10)
    assert [line.cuts for line in lines] == [0, 0, 0, 0]
    loop.go(12.5)
    assert [line.cuts for line in lines] == [0, 0, 1, 0]
    loop.go(60)
    assert [line.cuts for line in lines] == [1, 0, 1, 1]
    assert (hall.lines, loop.timers) == ({}, [])


@pytest.mark.promise("P24")
def test_who_goes_on_with_what_he_began_gets_no_more_time_for_it():
    loop, line = Loop(), Line()
    hall = Hall(loop, longest=10)
    for second in range(11):
        loop.go(second)
        hall.stay(line)
    assert line.cuts == 1


@pytest.mark.promise("P24")
def test_when_the_hall_is_full_the_oldest_makes_room():
    loop, lines = Loop(), [Line() for _ in range(3)]
    hall = Hall(loop, longest=10, most=2)
    for line in lines:
        hall.enter(line)
    assert [line.cuts for line in lines] == [1, 0, 0]
    assert list(hall.lines) == lines[1:]


HALVES = {
    "nothing": b"",
    "half a request": b"GET / HTTP/1.1\r\nHost: x\r\n",
    "half a handshake": UPGRADE[:-2],
    "a request, then half of one": b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT",
}


@pytest.mark.promise("P24")
@pytest.mark.parametrize("said", HALVES.values(), ids=HALVES)
def test_who_never_finishes_his_request_is_shown_out(run, monkeypatch, said):
    monkeypatch.setattr(hall, "LONGEST", 0.1)

    async def show():
        async with served(House()) as open:
            line = await open(said)
            answer = await line.rest()
            assert answer.startswith(b"HTTP/1.1 204") if said.endswith(b"GET / HT") else not answer

    run(show())


class Reads(House):
    """Hears a request to its end before it answers."""

    async def __call__(self, scope, receive, send):
        while scope["type"] == "http" and (await receive()).get("more_body"):
            pass
        await super().__call__(scope, receive, send)


POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\n"


@pytest.mark.promise("P24")
@pytest.mark.parametrize("house", [Reads, House])
def test_who_never_finishes_a_body_is_shown_out_whether_he_was_answered_or_not(run, monkeypatch, house):
    monkeypatch.setattr(hall, "LONGEST", 0.1)
    monkeypatch.setattr(hall, "LONGEST_BODY", 0.1)

    async def show():
        async with served(house()) as open:
            line = await open(POST + b"half")
            answer = await line.rest()
            assert answer.startswith(b"HTTP/1.1 204") if house is House else not answer

    run(show())


@pytest.mark.promise("P24")
def test_a_body_has_more_time_than_a_head(run, monkeypatch):
    monkeypatch.setattr(hall, "LONGEST", 0.05)

    async def show():
        async with served(Reads()) as open:
            late, line = await open(POST[:-2]), await open(POST + b"half")
            assert await late.rest() == b""
            line.say(b"more")
            assert await line.read(12) == b"HTTP/1.1 204"

    run(show())


def test_a_loop_that_is_over_is_not_kept_by_its_halls(run):
    async def show():
        async with served(House()) as open:
            await open()
            return weakref.ref(asyncio.get_running_loop())

    over = run(show())
    gc.collect()
    assert over() is None


def test_who_has_come_in_leaves_the_hall(run):
    async def show():
        house = House()
        async with served(house) as open:
            await open()
            await until(lambda: house.connections)
            assert not house.wires[0].hall.lines
            line = await open(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await line.read(10)
            assert len(house.wires[0].hall.lines) == 1, "his next request has to be whole in time too"
            line.writer.transport.abort()
            await until(lambda: not house.wires[0].hall.lines)

    run(show())


def test_who_waits_for_what_is_told_in_the_metrics(run):
    async def show():
        before = [waiting("heads"), waiting("bodies")]
        async with served(Reads()) as open:
            await open(POST[:-2])
            await open(POST + b"half")
            await until(lambda: [waiting("heads") - before[0], waiting("bodies") - before[1]] == [1, 1])

    run(show())


def waiting(of):
    found = {gauge.name: gauge for gauge in LOOKED}["sobuzz_lines_waiting"]
    return found.value(None)[of]
