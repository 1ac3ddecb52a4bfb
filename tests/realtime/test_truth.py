"""Whatever is lost, late, doubled or set back: nobody who follows a game goes on believing that he is up to date when he is not.

Hub, connection and the consumer's way of following are the real ones. The client is the rule of the protocol and nothing else; its pings
are left out, so that the repeats alone have to do it (decisions 26, 27).
"""

import json
import types

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from games.store import Came, Place
from realtime.codec import JSON
from realtime.connection import Connection
from realtime.consumers import PlayConsumer
from realtime.doors import Doors, Knock
from realtime.hub import Hub
from realtime.letters import Answer, Picture, Told
from realtime.presence import Presence

PLACE = Place(3, "demo", 7, "public", "toy")
TOPIC = "g.3.7.everyone"
ROUNDS = 6  # repeats until all is well; one brings the news, others what two lines that meet leave behind


class Node:
    """The hub, and letters that wait until the machine takes them to the actor."""

    def __init__(self):
        self.hub, self.presence = Hub(), Presence()
        self.line = "l1"  # what a door names now

    async def follow(self, topic, follower):
        self.hub.follow(topic, follower)

    async def tell(self, *_, whole, **__):
        return await letter(whole)


@types.coroutine
def letter(whole):
    return (yield whole)


class Client(Connection):
    """Keeps the rule: `since` is my last: apply. `seq` not above my last: ignore. Else: resume."""

    def __init__(self, node, line=None, seq=None):
        super().__init__(JSON)
        self.line, self.seq = line, seq
        self.socket = PlayConsumer(node, None, Doors(None))
        self.socket.connection, self.socket.place = self, PLACE._replace(line=node.line)
        self.socket.knock = Knock("demo", "toy", Came("", "", False))
        self.steps, self.asked, self.answer, self.lost, self.goes = None, None, None, False, False
        self.ask()

    def ask(self):
        self.lost = False
        self.steps = self.socket.follow(self.line, self.seq, "look")
        self.go(None)

    def go(self, answer):
        """On to the next letter, or to the end of this question."""
        self.answer, self.goes = None, True
        try:
            self.asked = self.steps.send(answer)
        except StopIteration:
            self.steps = None
        self.goes = False
        if self.steps is None and self.lost and self.closing is None:
            self.ask()

    def put(self, frame):
        if self.closing is None:
            self.hear(json.loads(frame))

    def hear(self, frame):
        if frame["t"] == "snapshot":
            self.line, self.seq = frame["line"], frame["seq"]
        elif frame["t"] == "events" and frame["since"] == self.seq:
            assert frame["true_line"] == self.line, "a frame of another line was applied"
            self.seq = frame["seq"]
        elif frame["t"] == "events" and frame["seq"] > self.seq:
            self.lost = True

    def finish(self, code):
        if self.steps and not self.goes:
            self.steps.close()
            self.steps = None


class Game(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.node, self.line, self.seq, self.lines = Node(), "l1", 0, 1
        self.flying: list[Told] = []
        self.clients: list[Client] = []

    def told(self, since):
        body = {"t": "events", "since": since, "seq": self.seq, "true_line": self.line}
        return Told(TOPIC, self.line, since, self.seq, msgspec.msgpack.encode(body))

    def comes_back(self, client):
        """The client resumes, or returns on a new socket with what he knows."""
        if client.closing is None:
            if client.lost and client.steps is None:
                client.ask()
            return client
        self.node.hub.unfollow(TOPIC, client)
        return Client(self.node, client.line, client.seq)

    # The game

    @rule(events=st.integers(1, 3), lost=st.booleans())
    def something_happens(self, events, lost):
        since, self.seq = self.seq, self.seq + events
        if not lost:
            self.flying.append(self.told(since))

    @rule()
    def the_engine_repeats(self):
        self.flying.append(self.told(self.seq))

    @rule(back=st.integers(0, 5), lost=st.booleans())
    def the_log_is_set_back(self, back, lost):
        self.lines += 1
        self.line, self.seq = f"l{self.lines}", max(0, self.seq - back)
        self.node.line = self.line
        if not lost:
            self.the_engine_repeats()

    # The layer

    @rule(place=st.integers(0, 50), twice=st.booleans())
    def a_frame_arrives(self, place, twice):
        """In any order."""
        if self.flying:
            told = self.flying[place % len(self.flying)] if twice else self.flying.pop(place % len(self.flying))
            self.node.hub.broadcast(told)

    @rule(place=st.integers(0, 5), old=st.integers(0, 2))
    def an_actor_answers(self, place, old=0):
        """The answer is on its way; what it says may be old when it comes, or when an engine says it that has been replaced."""
        waiting = [client for client in self.clients if client.steps and client.answer is None]
        if waiting:
            client = waiting[place % len(waiting)]
            client.answer = Answer(1, self.line, max(0, self.seq - old), self.seq, picture=Picture(b"{}", {}) if client.asked else None)

    @rule(place=st.integers(0, 5))
    def an_answer_arrives(self, place):
        waiting = [client for client in self.clients if client.steps and client.answer]
        if waiting:
            client = waiting[place % len(waiting)]
            client.go(client.answer)

    # The clients

    @rule()
    def somebody_comes(self):
        if len(self.clients) < 3:
            self.clients.append(Client(self.node))

    @rule(place=st.integers(0, 2))
    def somebody_goes(self, place):
        if self.clients:
            self.node.hub.unfollow(TOPIC, self.clients.pop(place % len(self.clients)))

    @rule()
    def they_come_back(self):
        self.clients = [self.comes_back(client) for client in self.clients]

    @invariant()
    def all_who_follow_are_on_one_line(self):
        lines = {client.line for client in self.clients if client.closing is None and client.steps is None}
        assert len(lines) <= 1

    def teardown(self):
        """In the end the layer is quiet, but for repeats."""
        for told in self.flying:
            self.node.hub.broadcast(told)
        for _ in range(ROUNDS):
            self.they_come_back()
            while any(client.steps for client in self.clients):
                self.an_actor_answers(0)
                self.an_answer_arrives(0)
            self.node.hub.broadcast(self.told(self.seq))
        believed = {(client.line, client.seq) for client in self.clients if client.closing is None}
        assert believed <= {(self.line, self.seq)}
        assert not [client for client in self.clients if client.closing], "everyone is in"


Game.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestTruth = pytest.mark.promise("P7")(Game.TestCase)
