"""A database that hangs keeps nobody waiting, and gathers no sockets."""

import asyncio

import pytest

from realtime import lookups
from realtime.consumers import OperateConsumer, PlayConsumer, StatsConsumer
from realtime.consumers.beat import Beat
from realtime.lookups import Lookups
from realtime.postbox import Busy
from tenants import identity
from tests.realtime.consumers.guests import ORIGIN, Guest, OpenStore
from tests.realtime.fakes import GAME, TENANT
from tests.realtime.village import village


class Hung(OpenStore):
    """Answers nobody, from the question on that it is told."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self.reached_at = asyncio.Event()

        async def never(*_: object) -> None:
            self.reached_at.set()
            await asyncio.Event().wait()

        setattr(self, at, never)


COOKIE = {"Origin": ORIGIN, "Cookie": "session=abc"}
QUESTIONS = [
    (PlayConsumer, "door", {}, "player", None),
    (PlayConsumer, "redeem", {}, "player", 1),
    (OperateConsumer, "redeem", {}, "operator", 1),
    (OperateConsumer, "rights", {}, "operator", 1),
    (OperateConsumer, "rights", COOKIE, "", None),
    (StatsConsumer, "standings", COOKIE, "", None),
]


@pytest.mark.parametrize(("consumer", "question", "headers", "role", "shown"), QUESTIONS)
async def test_a_database_that_hangs_keeps_nobody_waiting(monkeypatch, caplog, consumer, question, headers, role, shown):
    monkeypatch.setattr(lookups, "LONGEST", 0.05)
    store = Hung(question)
    store.members["abc"] = (9, "owner")
    async with village(store=store) as place:
        guests = [Guest(place, consumer, headers=headers) for _ in range(20)]
        for guest in guests:
            async with guest:
                who = identity.Identity(TENANT, role, player=1 if role == "player" else 0, member=9)
                guest.say(t="hello", ticket=identity.make_ticket(who, GAME) if shown else None)
                assert await guest.closed() == 4408
        assert store.reached_at.is_set()
        assert [guest.consumer.lookups.waiting for guest in guests] == [0] * 20
        assert not [record for record in caplog.records if record.levelname == "ERROR"], "it is not ours to mend"


async def test_who_waits_for_a_door_is_under_the_same_guard_as_everybody(monkeypatch):
    store = Hung("door")
    async with village(store=store) as place, Guest(place, PlayConsumer, Beat(greeting=0.02)) as guest:
        assert await guest.closed() == 4400


async def test_who_asks_while_as_many_wait_as_may_is_told_at_once_to_come_back():
    asked, answer = Lookups(longest=60, most=2), asyncio.Event()
    first = [asyncio.create_task(asked.ask(answer.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await asked.ask(answer.wait)
    answer.set()
    assert await asyncio.gather(*first, asked.ask(answer.wait)) == [True, True, True]
