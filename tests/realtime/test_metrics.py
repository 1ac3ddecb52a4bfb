"""What the metrics say is what happened; nothing is counted twice, and nothing is written per follower."""

import asyncio

import pytest

from games.store import Store
from realtime import gauges as found
from realtime import metrics, topics
from realtime.gauges import LOOKED, gauges
from realtime.house import House
from realtime.measured import Measured
from realtime.metrics import registry
from realtime.postbox import Busy, Postbox
from realtime.publisher import Publisher
from realtime.refusals import SENTENCES
from tests.realtime.consumers.guests import Guest, hotel
from tests.realtime.fakes import GAME, TENANT, Table
from tests.realtime.village import Follower, until, village


def value(name: str, **labels: str) -> float:
    return registry.get_sample_value(name, labels) or 0.0


@pytest.fixture
def change():
    """`change(name, **labels)` is by how much a row has grown since it was first asked for."""
    before: dict = {}

    def grown(name: str, **labels: str) -> float:
        key = name, *sorted(labels.items())
        return value(name, **labels) - before.setdefault(key, value(name, **labels))

    return grown


async def test_a_commit_is_measured_with_its_events_and_its_letters(change):
    rows = ("sobuzz_commit_seconds_count", "sobuzz_commit_events_sum", "sobuzz_batch_letters_sum", "sobuzz_batch_letters_count")
    async with Table() as table:
        await table.open(1)
        assert [change(row) for row in rows] == [0, 0, 0, 0]
        await table.say("two words")
    assert [change(row) for row in rows] == [1, 2, 1, 1]


async def test_a_refusal_makes_no_commit(change):
    change("sobuzz_commit_seconds_count")
    async with Table() as table:
        await table.ask("command", 1, ref="r", command={"t": "say", "word": "early"})
    assert change("sobuzz_commit_seconds_count") == 0


@pytest.mark.parametrize("reason", ["too_old", "clock", "actor_ended"])
async def test_busy_says_why(change, reason):
    change("sobuzz_busy_total", reason=reason)
    async with Table() as table:
        await table.open(1)
        match reason:
            case "too_old":
                answer = await table.say("late", at=table.clock.now() - 3)
            case "clock":
                table.clock.skewed = True
                answer = await table.say("when")
            case "actor_ended":
                answer = await table.ask("command", 1, ref="t", command={"t": "trip"})
    assert answer.code == "busy"
    assert change("sobuzz_busy_total", reason=reason) == 1


async def test_a_full_mailbox_and_an_actor_that_may_not_start_are_told_apart(change, monkeypatch):
    for reason in ("mailbox_full", "no_actor"):
        change("sobuzz_busy_total", reason=reason)
    async with village() as place:
        await place.open(1)
        actor = place.shard().actors[7].actor
        monkeypatch.setattr(actor, "tell", lambda mail: False)
        with pytest.raises(Busy):
            await place.say("full")
        monkeypatch.setattr(place.shard(), "room", lambda: False)
        monkeypatch.setattr(place.shard(), "actors", {})
        with pytest.raises(Busy):
            await place.say("nobody")
    assert [change("sobuzz_busy_total", reason=reason) for reason in ("mailbox_full", "no_actor")] == [1, 1]


async def test_an_actor_that_ended_badly_is_counted(change):
    change("sobuzz_actor_ends_total")
    async with village() as place:
        await place.open(1)
        with pytest.raises(Busy):
            await place.node.tell(3, 7, "command", role="player", by=1, ref="t", command={"t": "trip"})
        await until(lambda: change("sobuzz_actor_ends_total") == 1)


async def test_a_letter_without_an_answer_is_counted(change):
    class Deaf:
        async def send(self, target, message): ...

    change("sobuzz_busy_total", reason="no_answer")
    with pytest.raises(Busy):
        await Postbox(Deaf(), ["mailbox"], patience=0).tell(1, 1, "look")
    assert change("sobuzz_busy_total", reason="no_answer") == 1


async def test_a_frame_is_counted_once_and_its_deliveries_with_it(change):
    rows = ("sobuzz_frames_total", "sobuzz_deliveries_total")
    async with village() as place:
        await place.open(1)
        followers = [Follower() for _ in range(3)]
        for follower in followers:
            await place.node.follow(topics.everyone(TENANT, GAME), follower)
        assert [change(row) for row in rows] == [0, 0]
        await place.say("word")
        await until(lambda: followers[0].heard("events"))
        assert [change(row) for row in rows] == [1, 3]


async def test_a_socket_is_open_as_long_as_it_lives_and_its_end_and_its_return_have_a_name(change):
    from realtime.consumers import PlayConsumer

    for outcome in ("first", "frames", "snapshot", "busy"):
        change("sobuzz_resumes_total", outcome=outcome)
    change("sobuzz_closes_total", code="4400")
    change("sobuzz_refusals_total", code="not_yours")
    async with hotel() as place:
        await place.open(1)
        async with Guest(place, PlayConsumer) as guest:
            assert value("sobuzz_sockets", kind="play") == 1
            guest.hello()
            seen = await guest.until("snapshot")
            guest.say(t="say", ref="a", word="x")
            await guest.until("reply")
            await place.say("heard")
            told = await guest.until("events")
            guest.say(t="resume", line=seen["line"], seq=told["seq"])
            await until(lambda: change("sobuzz_resumes_total", outcome="frames"))
            guest.say(t="resume", line="other", seq=told["seq"])
            await until(lambda: change("sobuzz_resumes_total", outcome="snapshot"))
            guest.hello()
            assert await guest.closed() == 4400
    assert value("sobuzz_sockets", kind="play") == 0
    assert [change("sobuzz_resumes_total", outcome=outcome) for outcome in ("first", "frames", "snapshot", "busy")] == [1, 1, 1, 0]
    assert change("sobuzz_closes_total", code="4400") == 1
    assert change("sobuzz_refusals_total", code="not_yours") == 1


def test_codes_that_nobody_worded_share_a_row(change):
    change("sobuzz_refusals_total", code="other")
    metrics.refused("made_up_by_somebody")
    metrics.refused("and_another")
    assert change("sobuzz_refusals_total", code="other") == 2
    metrics.refused("banned")
    assert "banned" in SENTENCES
    assert value("sobuzz_refusals_total", code="made_up_by_somebody") == 0


async def test_what_the_layer_takes_is_timed_both_ways(change):
    rows = [("sobuzz_layer_send_seconds_count", {"what": what}) for what in ("letters", "words")]
    for row, labels in rows:
        change(row, **labels)
    async with village() as place:
        await place.open(1)
        await until(lambda: all(change(row, **labels) > 0 for row, labels in rows))


@pytest.mark.django_db(transaction=True)
async def test_a_call_of_the_store_is_timed_by_its_name(change):
    store = Store(Measured)
    change("sobuzz_store_seconds_count", call="database_time")
    change("sobuzz_store_wait_seconds_count")
    await store.time()
    await asyncio.to_thread(store.close)
    assert change("sobuzz_store_seconds_count", call="database_time") == 1
    assert change("sobuzz_store_wait_seconds_count") == 1


@pytest.mark.django_db(transaction=True)
async def test_the_house_of_this_process_is_looked_at_when_somebody_asks():
    house = House()
    await house.start()
    try:
        assert value("sobuzz_healthy") == 1
        assert value("sobuzz_leases_held") == value("sobuzz_shards") > 0
        assert abs(value("sobuzz_clock_offset_seconds")) < 5
        assert value("sobuzz_loop_silent_seconds") < 5
        house.node.post.lost += 3
        assert value("sobuzz_publisher_lost_total", of="node") == 3
        assert value("sobuzz_publisher_messages", of="engine") == len(house.engine.post.queue)
    finally:
        await house.stop()
    assert gauges.house is None
    assert value("sobuzz_healthy") == 0


async def test_queues_are_measured_where_they_are():
    async with village() as place:
        await place.open(1)
        place.pulse, place.healthy, place.clock.skewed = None, True, False
        actor = place.shard().actors[7].actor
        place.store.gate.clear()
        sent = [asyncio.create_task(place.say(word)) for word in ("a", "b")]
        await until(lambda: actor.mailbox.qsize() + len(actor.batch) == 2)
        assert found.pending(place) == 0
        assert len(place.node.letters.waiting) == 2
        assert sum(found.waiting(place)) == actor.mailbox.qsize()
        assert len(found.actors(place)) == 1
        place.store.gate.set()
        await asyncio.gather(*sent)


def test_a_publisher_that_loses_messages_says_how_many():
    (lost,) = (looked for looked in LOOKED if looked.name == "sobuzz_publisher_lost")
    house = type("House", (), {"node": type("Node", (), {"post": Publisher(None)}), "engine": None})
    house.node.post.lost = 7
    assert lost.value(house) == {"node": 7}


def test_no_label_can_grow_without_bound():
    """Players, games and tenants are never labels."""
    labels = {name for collector in registry._collector_to_names for name in getattr(collector, "_labelnames", ())}
    assert labels | {looked.label for looked in LOOKED if looked.label} <= {
        "kind",
        "code",
        "outcome",
        "reason",
        "what",
        "call",
        "of",
        "gate",
        "version",
        "process",
    }
