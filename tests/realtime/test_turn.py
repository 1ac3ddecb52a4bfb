"""What a turn of the loop brought for a socket leaves in one write."""

import asyncio
import gc
import weakref

from realtime import turn


class Wire:
    def __init__(self, log, name, broken=False):
        self.log, self.name, self.broken = log, name, broken

    def flush(self):
        self.log.append(self.name)
        if self.broken:
            raise OSError("gone")


async def test_groups_are_flushed_before_sockets_and_all_of_them_also_after_one_that_broke(caplog):
    now, log = turn.now(), []
    now.join(Wire(log, "socket"))
    now.gather(Wire(log, "broken", broken=True))
    now.gather(Wire(log, "group"))
    assert log == []
    await asyncio.sleep(0)
    assert log == ["broken", "group", "socket"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    now.join(Wire(log, "again"))
    await asyncio.sleep(0)
    assert log[3:] == ["again"]


async def test_a_loop_has_one_turn():
    assert turn.now() is turn.now()


def test_a_loop_that_is_over_is_not_kept_by_its_turn():
    async def live():
        turn.now().join(Wire([], "socket"))
        return weakref.ref(asyncio.get_running_loop())

    over = asyncio.run(live())
    gc.collect()
    assert over() is None
