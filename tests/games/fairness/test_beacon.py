import pytest

from games.fairness.beacon import QUICKNET, drand, emitted, round_of
from games.fairness.shape import Refused


def test_a_published_round_gives_its_randomness(vectors, randomness):
    assert emitted(vectors["beacon"], [1000]) == randomness
    assert emitted(vectors["beacon"], [999, 1000]) == randomness


@pytest.mark.parametrize(
    "change",
    [
        {"round": 1001},
        {"round": "1000"},
        {"signature": "b4"},
        {"signature": "c" * 96},
        {"randomness": "0" * 64},
        {"randomness": "F" * 64},
        {"more": 1},
    ],
)
def test_a_changed_round_is_refused(vectors, change):
    with pytest.raises(Refused, match=r"beacon\.json"):
        emitted(vectors["beacon"] | change, [1000])


def test_the_manifest_names_chain_and_round():
    assert round_of(drand(1000)) == 1000


@pytest.mark.parametrize("number", ["0", "-1", "01", "", "1.0", " 1", "٣", "9" * 30, "1:2"])
def test_a_round_has_one_spelling(number):
    with pytest.raises(Refused, match="round"):
        round_of(f"drand:{QUICKNET}:{number}")


def test_another_chain_is_refused():
    with pytest.raises(Refused, match="quicknet"):
        round_of(f"drand:{QUICKNET[::-1]}:1000")
