import pytest

from games.fairness.keys import pseudonym, subkey
from games.fairness.shape import Refused

KEY = bytes(range(32))


def test_each_purpose_has_a_key_of_its_own():
    assert len({subkey(KEY, "moments"), subkey(KEY, "witness"), subkey(bytes(32), "moments"), KEY}) == 4
    assert subkey(KEY, "moments") == subkey(KEY, "moments")


def test_a_pseudonym_is_equal_for_equal_ones_only():
    names = [pseudonym(KEY, purpose, number) for purpose in ("play", "group") for number in range(100)]
    assert len(set(names)) == 200
    assert {len(name) for name in names} == {32}


def test_a_key_has_32_bytes():
    with pytest.raises(Refused, match="32 bytes"):
        subkey(b"", "moments")
