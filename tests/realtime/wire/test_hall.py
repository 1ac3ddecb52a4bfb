"""Lines on which nobody says what he wants: few, and not for long."""

import pytest

from realtime import hall
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

    def call_later(self, delay, call):
        return self.call_at(self.now + delay, call)

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
def test_when_the_hall_is_full_the_oldest_makes_room():
    hall, lines = Hall(Loop(), most=2), [Line() for _ in range(3)]
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
