"""The engine: one actor per game, started by a letter, buried and started anew, put to sleep."""

import asyncio

import pytest

from games.lifecycle import Ended, Lifecycle
from realtime import engine as module
from realtime.letters import Letter, Mail
from realtime.postbox import Busy
from realtime.shard import ASLEEP, BACK_OFF, FORGIVEN
from tests.realtime.fakes import GAME, NOW, TENANT, FakeStore
from tests.realtime.village import until, village


async def test_a_letter_starts_the_actor_of_its_game_once():
    async with village() as place:
        await asyncio.gather(*[place.node.tell(TENANT, game, "look") for game in (GAME, GAME, GAME, 99)])
        assert set(place.engine.actors) == {GAME, 99}


@pytest.mark.promise("P2")
async def test_after_a_bad_end_a_fresh_actor_starts_with_back_off(caplog):
    async with village() as place:
        await place.open(1)
        place.store.broken = True
        for _ in range(3):
            place.clock.at += BACK_OFF[1]
            with pytest.raises(Busy):
                await place.say("lost")
            await until(lambda: GAME not in place.engine.actors)
        failure = place.shard().failures[GAME]
        assert (failure.often, round(failure.until - place.clock.at, 3)) == (3, 0.4)
        place.store.broken = False
        with pytest.raises(Busy):
            await place.say("too early")
        place.clock.at += 1
        assert (await place.say("again")).code is None
        place.shard().look_round()
        assert place.shard().failures == {}
        assert f"game {GAME}: its actor ended" in caplog.text


async def test_back_off_has_an_end_and_is_forgiven():
    async with village() as place:
        place.store.load = fails
        for _ in range(12):
            place.clock.at += BACK_OFF[1] + 1
            with pytest.raises(Busy):
                await place.hello(1)
            await until(lambda: GAME not in place.engine.actors)
        assert place.shard().failures[GAME].until - place.clock.at == BACK_OFF[1]
        place.clock.at += BACK_OFF[1] + FORGIVEN + 1
        place.shard().look_round()
        assert place.shard().failures == {}


async def fails(*_):
    raise LookupError("no such game")


async def test_a_full_mailbox_answers_busy_at_once(monkeypatch):
    monkeypatch.setattr("realtime.actor.MAILBOX", 3)
    async with village() as place:
        await place.open(1)
        place.store.gate.clear()
        place.store.reached.clear()
        first = asyncio.create_task(place.say("first"))
        await place.store.reached.wait()
        waiting = [asyncio.create_task(place.say(f"w{number}")) for number in range(5)]
        await until(lambda: sum(task.done() for task in waiting) == 2)
        assert all(isinstance(task.exception(), Busy) for task in waiting if task.done())
        place.store.gate.set()
        await first
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_no_more_actors_than_the_bound(monkeypatch):
    monkeypatch.setattr(module, "MOST_ACTORS", 1)
    async with village() as place:
        await place.hello(1)
        with pytest.raises(Busy):
            await place.node.tell(TENANT, 99, "look")


async def test_who_has_nothing_to_do_is_put_to_sleep_and_wakes_up_as_he_was():
    async with village() as place:
        await place.open(1)
        await place.say("hi")
        place.clock.at += ASLEEP - 1
        place.shard().look_round()
        assert GAME in place.engine.actors
        place.clock.at += 2
        place.shard().look_round()
        assert GAME not in place.engine.actors
        assert (await place.hello(1)).you["player"] == 1
        assert place.shard().failures == {}


async def test_who_wakes_up_while_the_old_one_is_buried_stays_awake():
    async with village() as place:
        await place.open(1)
        place.clock.at += ASLEEP + 1
        place.shard().look_round()
        fresh = place.shard().actor_of(mail())
        await until(lambda: place.engine.actors[GAME].actor is fresh and fresh.settled is False)
        await place.hello(1)
        assert place.engine.actors[GAME].actor is fresh


def mail():
    return Mail(NOW, "node", Letter(TENANT, GAME, 0, "wake"))


async def test_who_is_at_work_is_not_put_to_sleep():
    async with village(store=FakeStore(hours=Lifecycle(None, NOW + 10_000))) as place:
        await place.open(1)
        place.store.gate.clear()
        place.store.reached.clear()
        place.clock.at = NOW + 10_000
        place.node.wake(TENANT, GAME)
        await place.store.reached.wait()
        place.clock.at += ASLEEP + 1
        place.shard().look_round()
        assert GAME in place.engine.actors
        place.store.gate.set()
        await until(lambda: Ended in map(type, place.store.events))


async def test_numbers_that_cannot_be_told_do_not_silence_the_others(monkeypatch, caplog):
    async with village() as place:
        await place.open(1)
        await place.node.tell(TENANT, 99, "look")

        def broken():
            raise ZeroDivisionError

        monkeypatch.setattr(place.engine.actors[GAME].actor, "tell_again", broken)
        place.shard().look_round()
        assert f"game {GAME}: its numbers could not be told" in caplog.text
        assert 99 in place.engine.actors


@pytest.mark.promise("P23")
async def test_while_the_clock_is_not_believed_players_hear_busy_and_spectators_see():
    async with village() as place:
        await place.open(1)
        place.clock.skewed = True
        with pytest.raises(Busy):
            await place.say("hi")
        assert (await place.node.tell(TENANT, GAME, "look")).picture is not None


async def test_an_engine_that_stops_leaves_nobody_waiting():
    async with village() as place:
        await place.open(1)
        place.store.gate.clear()
        place.store.reached.clear()
        place.node.letters.patience = 0.2
        waiting = asyncio.create_task(place.say("hi"))
        await place.store.reached.wait()
        await place.engine.stop()
        with pytest.raises(Busy):
            await waiting
