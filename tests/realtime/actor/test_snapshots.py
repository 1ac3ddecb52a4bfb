"""An actor leaves a snapshot for the next one, behind the replies, and never of what is not stored (decision 29)."""

import asyncio

import pytest

from tests.realtime.fakes import Table
from tests.realtime.village import until


@pytest.fixture(autouse=True)
def often(monkeypatch):
    monkeypatch.setattr("games.replay.LEAST", 5)


async def test_after_so_many_events_there_is_a_snapshot_and_after_as_many_more_another():
    async with Table() as table:
        await table.open(1)
        for number in range(16):
            await table.say("hi", ref=f"r{number}")
        await until(lambda: len(table.store.kept) == 3)
        assert table.store.kept == [6, 12, 18]


async def test_a_slow_snapshot_keeps_nobody_waiting_and_there_is_one_at_a_time():
    async with Table() as table:
        await table.open(1)
        begun, never = [], asyncio.Event()

        async def slow(tenant, game, kept):
            begun.append(kept.seq)
            await never.wait()

        table.store.keep = slow
        for number in range(30):
            assert (await table.say("hi", ref=f"r{number}")).code is None
        assert begun == [6]


async def test_a_snapshot_that_could_not_be_written_is_none_and_the_game_goes_on(caplog):
    async with Table() as table:
        await table.open(1)

        async def fails(*given):
            raise OSError("disk full")

        table.store.keep = fails
        for number in range(12):
            assert (await table.say("hi", ref=f"r{number}")).code is None
        assert "no snapshot was written" in caplog.text
