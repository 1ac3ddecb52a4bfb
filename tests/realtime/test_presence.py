"""Counts per node, added up, and forgotten when a node is silent."""

import pytest

from realtime.letters import Count
from realtime.presence import FORGOTTEN, REPEATED, Presence

KEY = (1, 2, "public")


class Time:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


def said(presence):
    return [(count.game, count.players) for count in presence.due()]


def heard(presence, node, players, game=2):
    count = presence.hear(Count(1, game, f"public{game}", node, players))
    return count and count.players


def test_a_node_says_what_changed_and_repeats_it_before_anyone_forgets(time):
    presence = Presence("here", time)
    presence.enter(*KEY)
    assert said(presence) == [(2, 1)]
    assert said(presence) == []
    time.now += REPEATED
    assert said(presence) == [(2, 1)]
    presence.enter(*KEY)
    presence.leave(*KEY)
    assert said(presence) == []
    assert REPEATED < FORGOTTEN


def test_the_last_one_who_leaves_is_said_once_and_forgotten(time):
    presence = Presence("here", time)
    presence.enter(*KEY)
    said(presence)
    presence.leave(*KEY)
    assert said(presence) == [(2, 0)]
    time.now += REPEATED
    assert said(presence) == []
    assert not presence.here
    assert not presence.said


def test_nodes_are_added_up_and_only_a_new_sum_is_shown(time):
    presence = Presence("here", time)
    assert heard(presence, "a", 3) == 3
    assert heard(presence, "a", 3) is None
    assert heard(presence, "b", 2) == 5
    assert heard(presence, "a", 0) == 2
    assert presence.shown(2) == 2
    assert presence.connected(1) == [("public2", 2)]
    assert presence.connected(9) == []


def test_a_node_that_died_without_a_word_fades(time):
    presence = Presence("here", time)
    heard(presence, "a", 3)
    time.now += FORGOTTEN - 1
    heard(presence, "b", 2)
    assert presence.faded() == []
    time.now += 1.5
    assert [(count.tenant, count.game, count.public_id, count.players) for count in presence.faded()] == [(1, 2, "public2", 2)]
    time.now += FORGOTTEN + 1
    assert [count.players for count in presence.faded()] == [0]
    assert presence.faded() == []


def test_nothing_is_kept_of_games_that_everybody_left(time):
    presence = Presence("here", time)
    for game in range(50):
        heard(presence, "a", 1, game)
        assert heard(presence, "a", 0, game) == 0
    assert (presence.heard, presence.connected(1), presence.shown(7)) == ({}, [], None)


def test_a_count_of_nobody_for_a_game_nobody_knew_is_still_shown_once(time):
    assert heard(Presence("here", time), "a", 0) == 0
