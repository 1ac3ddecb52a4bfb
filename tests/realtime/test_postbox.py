"""Letters leave in batches without timers, and nobody waits for ever."""

import asyncio

import msgspec
import pytest

from realtime.letters import Answer, Answers, Batch, Letter
from realtime.postbox import LARGEST_BATCH, Busy, Postbox
from realtime.topics import mailboxes, shard_of

BOXES = mailboxes("test", 4)
WAKE = Letter(1, 7, 0, "wake")


class Layer:
    """What was sent; `gate` holds a send until it is opened."""

    def __init__(self):
        self.batches, self.gate, self.problem = [], asyncio.Event(), None
        self.gate.set()

    async def send(self, mailbox, message):
        await self.gate.wait()
        if self.problem:
            raise self.problem
        self.batches.append((mailbox, msgspec.msgpack.decode(message["body"], type=Batch)))

    def letters(self):
        return [letter for _, batch in self.batches for letter in batch.letters]

    async def until(self, letters):
        async with asyncio.timeout(5):
            while len(self.letters()) < letters:
                await asyncio.sleep(0)


@pytest.fixture
async def layer():
    return Layer()


@pytest.fixture
async def post(layer):
    made = Postbox(layer, BOXES, patience=30)
    made.channel = "node-1"
    yield made
    await made.stop()


async def test_a_letter_is_answered(post, layer):
    asking = asyncio.create_task(post.tell(1, 7, "command", role="player", by=17, ref="r", command={"t": "play"}))
    await layer.until(1)
    ((mailbox, batch),) = layer.batches
    assert (mailbox, batch.node) == (BOXES[shard_of(7, 4)], "node-1")
    assert (batch.letters[0].by, batch.letters[0].command) == (17, {"t": "play"})
    post.hear(Answers([Answer(batch.letters[0].id, events=[])]))
    assert (await asking).events == []
    assert post.waiting == {}


async def test_what_comes_while_a_send_runs_leaves_in_one_batch_in_order(post, layer):
    layer.gate.clear()
    asking = [asyncio.create_task(post.tell(1, 7, "command", by=number)) for number in range(20)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    layer.gate.set()
    await layer.until(20)
    assert [len(batch.letters) for _, batch in layer.batches] == [20]
    assert [letter.by for letter in layer.letters()] == list(range(20))
    for task in asking:
        task.cancel()


async def test_a_batch_is_bounded(post, layer):
    asking = [asyncio.create_task(post.tell(1, 7, "command", by=number)) for number in range(LARGEST_BATCH + 1)]
    await layer.until(LARGEST_BATCH + 1)
    assert [len(batch.letters) for _, batch in layer.batches] == [LARGEST_BATCH, 1]
    for task in asking:
        task.cancel()


async def test_games_go_to_their_engines(post, layer):
    for game in range(20):
        post.post(msgspec.structs.replace(WAKE, game=game))
    await layer.until(20)
    assert {mailbox for mailbox, _ in layer.batches} == set(BOXES)
    for mailbox, batch in layer.batches:
        assert {BOXES[shard_of(letter.game, 4)] for letter in batch.letters} == {mailbox}


async def test_without_an_answer_the_sender_hears_busy_and_nothing_is_left(post):
    post.patience = 0.0
    with pytest.raises(Busy):
        await post.tell(1, 7, "command")
    assert post.waiting == {}


async def test_the_engines_own_busy_is_one_too(post, layer):
    asking = asyncio.create_task(post.tell(1, 7, "command"))
    await layer.until(1)
    post.hear(Answers([Answer(layer.letters()[0].id, code="busy")]))
    with pytest.raises(Busy):
        await asking


async def test_an_answer_that_comes_too_late_or_twice_is_nobodys(post, layer):
    asking = asyncio.create_task(post.tell(1, 7, "command"))
    await layer.until(1)
    number = layer.letters()[0].id
    post.hear(Answers([Answer(number), Answer(number), Answer(number + 5)]))
    await asking
    post.hear(Answers([Answer(number)]))


async def test_a_sender_who_went_away_leaves_nothing_behind(post, layer):
    asking = asyncio.create_task(post.tell(1, 7, "command"))
    await layer.until(1)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert post.waiting == {}


@pytest.mark.promise("P12")
async def test_letters_whose_senders_have_heard_busy_stay_here(post, layer):
    layer.gate.clear()
    first = asyncio.create_task(post.tell(1, 7, "command", by=1))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gone, waits = (asyncio.create_task(post.tell(1, 7, "command", by=number)) for number in (2, 3))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    layer.gate.set()
    await layer.until(2)
    assert [letter.by for letter in layer.letters()] == [1, 3]
    for task in (first, waits):
        task.cancel()


@pytest.mark.promise("P12")
async def test_a_lost_layer_costs_the_letters_of_that_moment_only(post, layer):
    layer.problem, post.patience = OSError("lost"), 0.01
    with pytest.raises(Busy):
        await post.tell(1, 7, "command")
    layer.problem, post.patience = None, 30
    asking = asyncio.create_task(post.tell(1, 7, "command"))
    await layer.until(1)
    asking.cancel()
    assert not post.pending


async def test_what_joined_a_batch_that_failed_leaves_with_the_next(monkeypatch):
    monkeypatch.setattr("realtime.postbox.PAUSE", 0)

    class Failing:
        def __init__(self):
            self.sent, self.gate, self.fails = [], asyncio.Event(), True

        async def send(self, mailbox, message):
            await self.gate.wait()
            if self.fails:
                self.fails = False
                raise OSError("away")
            self.sent.append(msgspec.msgpack.decode(message["body"], type=Batch))

    layer = Failing()
    post = Postbox(layer, mailboxes("test", 1), patience=1)
    post.post(Letter(1, 7, 0, "wake"))
    await asyncio.sleep(0)
    post.post(Letter(1, 8, 0, "wake"))
    layer.gate.set()
    async with asyncio.timeout(5):
        while not layer.sent:
            await asyncio.sleep(0)
    assert [letter.game for letter in layer.sent[0].letters] == [8]
    await post.stop()
