"""Bytes straight to the wire: once a turn, in order, to everybody, and never after the end."""

import asyncio

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.codec import JSON, MSGPACK
from realtime.connection import TOO_SLOW
from realtime.direct import Direct
from realtime.framing import framed
from realtime.hub import Hub

TOPIC = "g.1.2.everyone"


class Wire:
    """The server's side: each write, and the code of the close."""

    def __init__(self, closed=False):
        self.closed, self.writes, self.code = closed, [], None

    def begin(self, listen, overflow, gone):
        self.overflow, self.gone = overflow, gone
        return not self.closed

    def write(self, data):
        assert self.code is None, "nothing is written after a close"
        self.writes.append(data)

    def close(self, code):
        self.code = code
        self.gone()


def connected(codec=JSON, closed=False):
    wire = Wire(closed)
    return wire, Direct(codec, wire, print)


def text(word):
    return framed(msgspec.json.encode(word), binary=False)


def tell(hub, *words):
    for word in words:
        hub.send(TOPIC, msgspec.msgpack.encode(word))


async def following(hub, codec=JSON):
    """As a consumer does it."""
    wire, connection = connected(codec)
    connection.hold()
    hub.follow(TOPIC, connection)
    connection.release(0)
    await turned()
    return wire, connection


async def turned():
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def test_what_became_ready_in_one_turn_leaves_in_one_write():
    hub = Hub()
    followers = [await following(hub) for _ in range(3)]
    tell(hub, "one", "two")
    followers[1][1].push(b'"own"')
    tell(hub, "three")
    assert [wire.writes for wire, _ in followers] == [[], [], []]
    await turned()
    everyone = [text("one") + text("two") + text("three")]
    assert [wire.writes for wire, _ in followers] == [everyone, [text("one") + text("two") + text("own") + text("three")], everyone]
    tell(hub, "four")
    await turned()
    assert [wire.writes[1:] for wire, _ in followers] == [[text("four")]] * 3


async def test_each_coding_has_its_own_bytes():
    hub = Hub()
    json, msgpack = [await following(hub, codec) for codec in (JSON, MSGPACK)]
    tell(hub, "one")
    await turned()
    assert json[0].writes == [text("one")]
    assert msgpack[0].writes == [framed(msgspec.msgpack.encode("one"), binary=True)]


async def test_who_waits_for_his_snapshot_holds_up_nobody_and_gets_all():
    hub = Hub()
    (wire, connection), (other, _) = await following(hub), await following(hub)
    tell(hub, "before")
    connection.hold()
    tell(hub, "meanwhile")
    await turned()
    assert (wire.writes, other.writes) == ([text("before")], [text("before") + text("meanwhile")])
    tell(hub, "later")
    connection.push(b'"snapshot"')
    connection.release(0)
    await turned()
    assert wire.writes[1:] == [text("snapshot") + text("meanwhile") + text("later")]


async def test_what_was_told_before_a_close_goes_out_first_and_nothing_after():
    hub = Hub()
    wire, connection = await following(hub)
    tell(hub, "one")
    connection.push(b'"two"')
    connection.close(4441)
    tell(hub, "three")
    await turned()
    assert (wire.writes, wire.code) == ([text("one") + text("two")], 4441)


@pytest.mark.promise("P11")
async def test_who_is_too_slow_hears_nothing_more_but_that():
    hub = Hub()
    (wire, connection), (other, _) = await following(hub), await following(hub)
    tell(hub, "one")
    connection.push(b'"two"')
    wire.overflow()
    tell(hub, "three")
    await turned()
    assert (wire.writes, wire.code, connection.closing) == ([], TOO_SLOW, TOO_SLOW)
    assert other.writes == [text("one") + text("three")]


@pytest.mark.promise("P11")
async def test_who_turns_out_to_be_too_slow_while_everyone_is_told_harms_nobody():
    hub = Hub()
    followers = [await following(hub) for _ in range(3)]
    slow, connection = followers[1]
    hub.unfollow(TOPIC, connection)
    connection.direct = lambda data: slow.overflow()
    connection.hold()
    hub.follow(TOPIC, connection)
    connection.release(0)
    await turned()
    tell(hub, "one")
    await turned()
    assert slow.code == TOO_SLOW
    assert [wire.writes for wire, _ in followers] == [[text("one")], [], [text("one")]]


async def test_a_line_that_breaks_while_everyone_is_told_harms_nobody(caplog):
    hub = Hub()
    followers = [await following(hub) for _ in range(3)]

    def broken(data):
        raise OSError("gone")

    group = followers[1][1].group
    group.plain[followers[1][1]] = broken
    tell(hub, "one")
    await turned()
    assert [wire.writes for wire, _ in followers] == [[text("one")], [], [text("one")]]
    assert len(caplog.records) == 1


async def test_a_line_that_is_gone_is_not_written_to():
    hub = Hub()
    wire, connection = await following(hub)
    tell(hub, "one")
    wire.gone()
    tell(hub, "two")
    connection.push(b"three")
    await turned()
    assert (wire.writes, wire.code) == ([], None)
    late, connection = connected(closed=True)
    connection.push(b"x")
    connection.close(4400)
    await turned()
    assert (late.writes, late.code) == ([], None)


STEPS = st.lists(st.tuples(st.sampled_from(["tell", "push", "turn", "hold", "release"]), st.integers(0, 2)), max_size=40)


@given(STEPS)
async def test_whatever_happens_everyone_gets_everything_once_and_in_order(steps):
    """Against a model that writes at once and holds by hand."""
    hub, words = Hub(), iter(range(10_000))
    followers = [await following(hub) for _ in range(3)]
    expected, held = [[], [], []], [None, None, None]
    for step, who in steps:
        word, connection = next(words), followers[who][1]
        if step == "tell":
            tell(hub, word)
            for number in range(3):
                (expected[number] if held[number] is None else held[number]).append(word)
        elif step == "push":
            connection.push(b"%d" % word)
            expected[who].append(word)
        elif step == "turn":
            await turned()
        elif step == "hold" and held[who] is None:
            connection.hold()
            held[who] = []
        elif step == "release" and held[who] is not None:
            connection.release(0)
            expected[who] += held[who]
            held[who] = None
    await turned()
    assert [b"".join(wire.writes) for wire, _ in followers] == [b"".join(map(text, each)) for each in expected]
