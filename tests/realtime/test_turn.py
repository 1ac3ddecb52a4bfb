"""What a turn of the loop brought for a socket leaves in one write."""

import asyncio

from realtime import turn


class Wire:
    def __init__(self, broken=False):
        self.flushed, self.broken = 0, broken

    def flush(self):
        self.flushed += 1
        if self.broken:
            raise OSError("gone")


async def test_all_that_joined_are_flushed_when_the_turn_ends_also_after_one_that_broke(caplog):
    now, wires = turn.of(asyncio.get_running_loop()), [Wire(), Wire(broken=True), Wire()]
    for wire in wires:
        now.join(wire)
    assert [wire.flushed for wire in wires] == [0, 0, 0]
    await asyncio.sleep(0)
    assert [wire.flushed for wire in wires] == [1, 1, 1]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    now.join(wires[0])
    await asyncio.sleep(0)
    assert wires[0].flushed == 2


async def test_a_loop_has_one_turn():
    loop = asyncio.get_running_loop()
    assert turn.of(loop) is turn.of(loop)
