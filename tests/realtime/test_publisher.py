"""The way out of an engine: in order, bounded, and a lost layer costs the frame only."""

import asyncio

import msgspec
import pytest
from channels.exceptions import ChannelFull

from realtime import publisher as module
from realtime.letters import Answer, Answers, Count, News, Numbers, Picture, Seat, Told
from realtime.publisher import TOGETHER, Publisher

FRAME = Told("g.1.2.everyone", "l1", 1, 2, b"\x80")


class Layer:
    """What was sent, in order; `problem` is raised by the next sends."""

    def __init__(self):
        self.sent, self.problem, self.enough = [], None, asyncio.Event()

    async def send(self, target, message):
        if self.problem:
            problem, self.problem = self.problem, None
            raise problem
        self.sent.append((target, message["type"], message["body"]))
        self.enough.set()

    group_send = send

    def ids(self):
        return [
            [answer.id for answer in msgspec.msgpack.decode(body, type=Answers).unpack()]
            for _, kind, body in self.sent
            if kind == "answers"
        ]


@pytest.fixture
async def layer():
    return Layer()


@pytest.fixture
async def post(layer):
    made = Publisher(layer)
    task = asyncio.create_task(made.run())
    yield made
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def settled(post):
    async with asyncio.timeout(5):
        await post.empty.wait()


async def test_the_order_is_kept_and_neighbouring_answers_travel_together(post, layer):
    post.answer("node-a", Answer(1))
    post.answer("node-a", Answer(2))
    post.tell(FRAME)
    post.answer("node-a", Answer(3))
    post.answer("node-b", Answer(4))
    await settled(post)
    assert [(target, kind) for target, kind, _ in layer.sent] == [
        ("node-a", "answers"),
        ("g.1.2.everyone", "told"),
        ("node-a", "answers"),
        ("node-b", "answers"),
    ]
    assert layer.ids() == [[1, 2], [3], [4]]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (FRAME, "told"),
        (News("g.1.2.players", 1, 1, {17: {"player": 17}}), "news"),
        (Numbers("s.1", "public", b"\x80"), "numbers"),
        (Seat("g.1.2.players", 17, "socket"), "seat"),
    ],
)
async def test_each_kind_says_what_it_is_and_can_be_read_again(post, layer, message, kind):
    post.tell(message)
    await settled(post)
    ((target, said, body),) = layer.sent
    assert (target, said) == (message.topic, kind)
    assert msgspec.msgpack.decode(body, type=type(message)) == message


async def test_a_count_goes_where_it_is_shown(post, layer):
    post.count("s.1", Count(1, 2, "public", "node", 5))
    await settled(post)
    assert [(target, kind) for target, kind, _ in layer.sent] == [("s.1", "count")]


@pytest.mark.promise("P12")
@pytest.mark.parametrize("problem", [ChannelFull(), OSError("lost"), TypeError("a bug")])
async def test_a_lost_layer_costs_the_frame_and_nothing_else(post, layer, problem):
    layer.problem = problem
    post.tell(FRAME)
    post.answer("node-a", Answer(7))
    async with asyncio.timeout(5):
        await layer.enough.wait()
    assert layer.ids() == [[7]]
    assert post.lost == 1


async def test_a_picture_that_many_are_shown_travels_once(post, layer):
    wide, other = Picture(b"x" * 50_000, {}), Picture(b"y", {"1": "Ana"})
    for number in range(100):
        post.answer("node-a", Answer(number, picture=wide if number % 2 else None))
    post.answer("node-a", Answer(100, picture=other))
    await settled(post)
    ((_, _, body),) = layer.sent
    assert len(body) < 60_000
    answers = list(msgspec.msgpack.decode(body, type=Answers).unpack())
    assert [answer.picture for answer in answers] == [*[None, wide] * 50, other]
    assert answers[1].picture is answers[3].picture


async def test_a_message_carries_so_many_answers_and_no_more(post, layer):
    for number in range(TOGETHER + 1):
        post.answer("node-a", Answer(number))
    await settled(post)
    assert [len(ids) for ids in layer.ids()] == [TOGETHER, 1]


async def test_what_waits_is_bounded_and_the_oldest_goes_first(layer, monkeypatch):
    monkeypatch.setattr(module, "BOUND", 3)
    post = Publisher(layer)
    for number in range(5):
        post.answer(f"node-{number}", Answer(number))
    assert post.lost == 2
    task = asyncio.create_task(post.run())
    await settled(post)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert layer.ids() == [[2], [3], [4]]


async def test_after_an_outage_old_answers_and_numbers_are_left_out_and_frames_are_not(layer, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("realtime.publisher.time.monotonic", lambda: now[0])
    post = Publisher(layer)
    post.answer("node", Answer(1))
    post.tell(Numbers("s.1", "public", b"\x80"))
    post.tell(FRAME)
    now[0] += module.FRESH + 0.1
    post.answer("node", Answer(2))
    running = asyncio.create_task(post.run())
    await post.empty.wait()
    running.cancel()
    assert [kind for _, kind, _ in layer.sent] == ["told", "answers"]
    assert layer.ids() == [[2]]
