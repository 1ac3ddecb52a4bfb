"""Who follows what, and the frames they may have missed."""

import msgspec
import pytest

from realtime.codec import JSON, MSGPACK
from realtime.hub import Hub
from realtime.letters import Told
from realtime.trail import HISTORY

TOPIC = "g.1.2.everyone"


class Client:
    group = None

    def __init__(self, codec=JSON, direct=None):
        self.codec, self.direct, self.frames, self.code = codec, direct, [], None

    def push(self, frame):
        self.frames.append(frame)

    def deliver(self, seq, frame):
        self.frames.append((seq, frame))

    def close(self, code):
        self.code = code


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


def test_where_the_wire_takes_bytes_the_header_is_made_once_too():
    hub, clients = Hub(), [Client(JSON, print), Client(MSGPACK, print), Client(JSON, print)]
    for client in clients:
        hub.follow(TOPIC, client)
    frame = told(1, 2)
    hub.broadcast(frame)
    json = msgspec.json.encode(msgspec.msgpack.decode(frame.body))
    text, binary = bytes([0x81, len(json)]) + json, bytes([0x82, len(frame.body)]) + frame.body
    assert [client.frames for client in clients] == [[(2, text)], [(2, binary)], [(2, text)]]
    assert clients[0].frames[0][1] is clients[2].frames[0][1]


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


# What has no number, or an old one


@pytest.mark.promise("P7")
def test_a_log_that_was_set_back_makes_everyone_start_again():
    """Frames do not say their line: nobody may take one of another line for the next of his own."""
    hub, clients = Hub(), [Client(JSON), Client(MSGPACK, direct=print)]
    for client in clients:
        hub.follow(TOPIC, client)
    hub.broadcast(told(0, 3))
    hub.broadcast(told(3, 4, "l2"))
    assert [(len(client.frames), client.code) for client in clients] == [(1, 4408), (1, 4408)]
    assert missed(hub, 3) is None
    assert missed(hub, 3, "l2") is None
    assert missed(hub, 4, "l2") == []
    hub.broadcast(told(4, 5, "l2"))
    assert missed(hub, 4, "l2") == [(4, 5)]


@pytest.mark.promise("P7")
def test_who_is_answered_on_another_line_than_the_others_makes_everyone_start_again():
    hub, client = Hub(), Client()
    hub.follow(TOPIC, client)
    assert hub.agrees(TOPIC, "l1")
    hub.broadcast(told(2, 3))
    assert hub.agrees(TOPIC, "l1")
    assert client.code is None
    assert not hub.agrees(TOPIC, "l2")
    assert client.code == 4408
    assert hub.position(TOPIC) is None
    assert hub.agrees(TOPIC, "l2")


@pytest.mark.promise("P7")
def test_a_line_is_known_from_the_first_answer_on_also_where_nothing_was_told_yet():
    hub, client = Hub(), Client()
    hub.follow(TOPIC, client)
    hub.agrees(TOPIC, "l1")
    hub.broadcast(told(20, 21, "l2"))
    assert (client.frames, client.code) == ([], 4408)


@pytest.mark.promise("P7")
def test_a_repeat_of_what_is_known_is_not_told():
    hub, client = Hub(), Client()
    hub.follow(TOPIC, client)
    hub.broadcast(told(0, 3))
    hub.broadcast(told(3, 3))
    hub.broadcast(told(0, 3))
    assert [seq for seq, _ in client.frames] == [3]
    assert missed(hub, 0) == [(0, 3)]


@pytest.mark.promise("P7")
@pytest.mark.parametrize("known", [[], [(0, 3)]])
def test_a_repeat_that_is_ahead_shows_everyone_that_a_frame_was_lost(known):
    hub, client = Hub(), Client(MSGPACK)
    hub.follow(TOPIC, client)
    for since, seq in known:
        hub.broadcast(told(since, seq))
    hub.broadcast(told(5, 5))
    assert client.frames[-1] == (5, told(5, 5).body)
    assert missed(hub, 3) is None
    assert (hub.position(TOPIC), missed(hub, 5)) == (5, [])


@pytest.mark.promise("P7")
def test_a_frame_that_comes_late_changes_nothing_and_is_not_told():
    hub, client = Hub(), Client()
    hub.follow(TOPIC, client)
    for since, seq in ((0, 3), (3, 5), (2, 2), (0, 3), (3, 4)):
        hub.broadcast(told(since, seq))
    assert [seq for seq, _ in client.frames] == [3, 5]
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
    hub.send("g.1.3.everyone", b"\x80")
    hub.send(TOPIC, b"\x80")
    assert client.frames == [(2**63, b"\x80")]
    assert hub.position(TOPIC) is None
