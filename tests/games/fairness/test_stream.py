from collections import Counter
from itertools import pairwise

import pytest

from games.fairness.stream import WORDS, Stream

LIMIT_99 = 21.67  # chi² with 9 degrees of freedom is above this once in a hundred times


def chi_squared(counts, expected):
    return sum((counts[value] - share) ** 2 / share for value, share in expected.items())


@pytest.mark.promise("P5")
def test_words_are_the_published_ones(vectors):
    stream = Stream(bytes.fromhex(vectors["stream"]["key"]))
    assert [f"{stream.word():016x}" for _ in vectors["stream"]["words"]] == vectors["stream"]["words"]


@pytest.mark.promise("P5")
def test_below_gives_the_published_answers_and_throws_as_many_words_away(vectors):
    key, published = bytes.fromhex(vectors["stream"]["key"]), vectors["below"]
    stream, words = Stream(key), Stream(key)
    assert [str(stream.below(int(published["n"]))) for _ in published["out"]] == published["out"]
    used = len(published["out"]) + published["rejected"]
    for _ in range(used):
        words.word()
    assert words.word() == stream.word()


def test_below_takes_one_to_two_to_the_sixty_three():
    stream = Stream(bytes(32))
    assert stream.below(1) == 0
    assert 0 <= stream.below(2**63) < 2**63
    for wrong in (0, -1, 2**63 + 1):
        with pytest.raises(ValueError, match="below"):
            stream.below(wrong)


def test_every_answer_is_as_likely_as_another():
    stream = Stream(b"k" * 32)
    counts = Counter(stream.below(10) for _ in range(60_000))
    assert chi_squared(counts, dict.fromkeys(range(10), 6_000)) < LIMIT_99


def test_one_answer_does_not_foretell_the_next():
    stream = Stream(b"p" * 32)
    answers = [stream.below(10) for _ in range(60_001)]
    pairs = Counter(pairwise(answers))
    expected = {(first, second): 600 for first in range(10) for second in range(10)}
    assert chi_squared(pairs, expected) < 134.6  # 99 degrees of freedom


def third(answer, n):
    return Counter(value * 3 // n for value in (answer() for _ in range(6_000)))


def test_a_large_range_is_as_even_as_a_small_one():
    n = WORDS * 3 // 8
    stream = Stream(b"b" * 32)
    assert chi_squared(third(lambda: stream.below(n), n), dict.fromkeys(range(3), 2_000)) < 9.21


@pytest.mark.control("P5")
def test_a_plain_remainder_fails_that_test():
    n = WORDS * 3 // 8
    stream = Stream(b"b" * 32)
    assert chi_squared(third(lambda: stream.word() % n, n), dict.fromkeys(range(3), 2_000)) > 100
