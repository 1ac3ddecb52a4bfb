"""Who follows what, and the frames they may have missed."""

import asyncio

import msgspec
import pytest

from realtime.codec import JSON, MSGPACK
from realtime.hub import HISTORY, Hub
from realtime.letters import Told

TOPIC = "g.1.2.everyone"


class Client:
    def __init__(self, codec=JSON):
        self.codec, self.frames = codec, []
        self.drained = asyncio.Event()

    def push(self, frame):
        self.frames.append(frame)

    def deliver(self, seq, frame):
        self.frames.append((seq, frame))


def told(since, seq, line="l1", topic=TOPIC):
    return Told(topic, line, since, seq, msgspec.msgpack.encode({"t": "events", "since": since, "seq": seq}))


def hub_with(*positions, line="l1"):
    hub = Hub()
    hub.follow(TOPIC, Client())
    for since, seq in positions:
        hub.broadcast(told(since, seq, line))
    return hub


def missed(hub, seq, line="l1"):
    found = hub.missed(TOPIC, line, seq)
    return found if found is None else [(kept.since, kept.seq) for kept in found]


def test_one_frame_reaches_every_follower_in_his_own_coding():
    hub, clients = Hub(), [Client(JSON), Client(MSGPACK), Client(JSON)]
    for client in clients:
        hub.follow(TOPIC, client)
    frame = told(1, 2)
    hub.broadcast(frame)
    hub.broadcast(told(1, 2, topic="g.1.3.everyone"))
    json = msgspec.json.encode(msgspec.msgpack.decode(frame.body))
    assert [client.frames for client in clients] == [[(2, json)], [(2, frame.body)], [(2, json)]]
    assert clients[0].frames[0][1] is clients[2].frames[0][1], "encoded once"


@pytest.mark.promise("P7")
def test_frames_since_a_known_position_are_found():
    hub = hub_with((0, 3), (3, 4), (4, 9))
    assert missed(hub, 3) == [(3, 4), (4, 9)]
    assert missed(hub, 9) == []


@pytest.mark.promise("P7")
@pytest.mark.parametrize("seq", [None, 2, 99])
def test_a_position_inside_a_frame_or_beyond_the_log_needs_a_snapshot(seq):
    assert missed(hub_with((0, 3), (3, 4)), seq) is None


@pytest.mark.promise("P7")
def test_a_position_before_the_history_needs_a_snapshot():
    hub = hub_with(*[(number, number + 1) for number in range(HISTORY + 5)])
    assert missed(hub, 4) is None
    assert len(missed(hub, 5)) == HISTORY


@pytest.mark.promise("P7")
def test_a_hole_makes_all_before_it_useless():
    hub = hub_with((0, 3), (4, 5), (5, 6))
    assert missed(hub, 0) is None
    assert missed(hub, 3) is None
    assert missed(hub, 4) == [(4, 5), (5, 6)]


@pytest.mark.promise("P7")
def test_another_line_needs_a_snapshot():
    hub = hub_with((0, 3))
    assert missed(hub, 0, "l2") is None
    hub.broadcast(told(3, 4, "l2"))
    assert missed(hub, 0) is None
    assert missed(hub, 3, "l2") == [(3, 4)]


def test_a_new_actors_first_word_shows_where_the_log_is():
    hub = hub_with((0, 3), (3, 3))
    assert missed(hub, 0) == [(0, 3)]
    hub.broadcast(told(5, 5))
    assert missed(hub, 3) is None
    assert (hub.position(TOPIC), missed(hub, 5)) == (5, [])


def test_a_frame_that_comes_late_changes_nothing():
    hub = hub_with((0, 3), (3, 5))
    hub.broadcast(told(2, 2))
    hub.broadcast(told(0, 3))
    assert (hub.position(TOPIC), missed(hub, 3)) == (5, [(3, 5)])


def test_knowing_nothing_is_not_having_missed_nothing():
    assert missed(Hub(), 7) is None
    assert hub_with().missed(TOPIC, "", None) is None
    assert Hub().position(TOPIC) is None


def test_after_the_last_follower_nothing_is_kept():
    hub, first, second = Hub(), Client(), Client()
    hub.follow(TOPIC, first)
    hub.follow(TOPIC, second)
    hub.broadcast(told(0, 1))
    hub.unfollow(TOPIC, first)
    assert hub.follows(TOPIC)
    hub.unfollow(TOPIC, second)
    hub.unfollow(TOPIC, second)
    hub.broadcast(told(1, 2))
    hub.send(TOPIC, b"\x80")
    assert not hub.follows(TOPIC)
    assert (hub.followers, hub.trails) == ({}, {})


def test_news_without_a_number_are_never_held_back_for_their_number():
    hub, client = Hub(), Client(MSGPACK)
    hub.follow(TOPIC, client)
    hub.send(TOPIC, b"\x80")
    assert client.frames == [(2**63, b"\x80")]
    assert hub.position(TOPIC) is None
