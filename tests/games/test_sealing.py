"""A game's key is kept so that a dump of the database opens nothing."""

import pytest

from games.sealing import WrongKey, keep, open_key

KEY = bytes(range(32))


def test_what_is_kept_opens_again_and_is_not_the_key():
    kept = keep(KEY, "game")
    assert open_key(kept, "game") == KEY
    assert KEY not in kept


def test_a_key_kept_twice_looks_like_two():
    assert keep(KEY, "game") != keep(KEY, "game")


def test_a_key_that_was_moved_to_another_game_does_not_open():
    with pytest.raises(WrongKey, match="other"):
        open_key(keep(KEY, "game"), "other")


def test_under_another_platform_key_nothing_opens(settings):
    kept = keep(KEY, "game")
    settings.PLATFORM_KEY = "another key of thirty-two characters or more"
    with pytest.raises(WrongKey):
        open_key(kept, "game")


@pytest.mark.parametrize("place", [0, 11, 12, 43, -1])
def test_one_changed_bit_is_noticed(place):
    kept = bytearray(keep(KEY, "game"))
    kept[place] ^= 1
    with pytest.raises(WrongKey):
        open_key(bytes(kept), "game")


@pytest.mark.parametrize("kept", [b"", b"short", bytes(28)])
def test_no_key_at_all_is_told_apart(kept):
    with pytest.raises(WrongKey, match="has not been published"):
        open_key(kept, "game")
