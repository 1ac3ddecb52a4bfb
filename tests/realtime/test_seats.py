"""Which sockets a player has here: news for him, and room for the newest."""

import pytest

from realtime.codec import JSON
from realtime.letters import News, Seat
from realtime.seats import Place, Seats


class Sitter:
    codec = JSON
    present = settled = False

    def __init__(self, player, socket, game=2):
        self.place, self.socket = Place(1, game, "public", player), socket
        self.frames, self.closed = [], None

    def tell(self, at, frame):
        self.frames.append((at, frame))

    def close(self, code):
        self.closed = self.closed or code


TOPIC = Place(1, 2, "public", 17).topic


def seated(*sitters):
    seats = Seats()
    for sitter in sitters:
        seats.add(sitter)
    return seats


def test_news_reach_all_sockets_of_that_player_and_nobody_else():
    ana, again, bob, elsewhere = Sitter(17, "a"), Sitter(17, "b"), Sitter(18, "c"), Sitter(17, "d", game=3)
    seats = seated(ana, again, bob, elsewhere)
    seats.hear(News(TOPIC, 5, 9, {17: {"player": 17}, 99: {}}))
    assert ana.frames == again.frames == [(9, b'{"t":"you","seq":5,"you":{"player":17}}')]
    assert bob.frames == elsewhere.frames == []


def test_who_is_put_out_hears_with_which_code():
    ana, bob = Sitter(17, "a"), Sitter(18, "b")
    seated(ana, bob).hear(News(TOPIC, 5, 9, {}, False, {17: 4441, 99: 4440}))
    assert (ana.closed, bob.closed) == (4441, None)


def test_the_older_socket_makes_room_for_the_newer():
    old, new = Sitter(17, "old"), Sitter(17, "new")
    seats = seated(old)
    seats.announced(Seat(TOPIC, 17, "old"))
    seats.add(new)
    seats.announced(Seat(TOPIC, 17, "new"))
    assert (old.closed, new.closed) == (4409, None)


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_of_two_that_come_at_once_on_two_nodes_exactly_one_remains(order):
    """Every node hears the seats in the same order, each of its own socket too."""
    here, there = Sitter(17, "a"), Sitter(17, "b")
    nodes = [seated(here), seated(there)]
    for socket in order:
        for seats in nodes:
            seats.announced(Seat(TOPIC, 17, socket))
    by_name = {"a": here, "b": there}
    assert [by_name[name].closed for name in order] == [4409, None]


def test_a_socket_that_leaves_twice_leaves_nothing():
    ana, again = Sitter(17, "a"), Sitter(17, "b")
    seats = seated(ana, again)
    seats.remove(ana)
    seats.remove(ana)
    assert TOPIC in seats
    assert seats.numbers(TOPIC) == [17]
    seats.remove(again)
    assert TOPIC not in seats
    assert seats.taken == {}
    assert seats.of(TOPIC, 17) == ()
