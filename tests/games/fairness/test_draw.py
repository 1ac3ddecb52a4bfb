import hashlib
import time
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.fairness import witness
from games.fairness.draw import Tree, assignment, draw_key, drawn_from, judge_draw, select
from games.fairness.entries import Entry
from games.fairness.shape import Refused
from games.fairness.stream import Stream

BEACON = witness.label(b"1" * 32, b"2" * 32)

people = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 6)), max_size=30)


def crowd(weights, groups=None):
    owners = groups or range(len(weights))
    return [Entry(f"{number:032x}", weight, f"{owner:032x}") for number, (weight, owner) in enumerate(zip(weights, owners, strict=True))]


def listed(entries):
    return "".join(f"{entry.id} {entry.weight} {entry.group} {'0' * 64}\n" for entry in entries).encode()


def plan(data, count, **more):
    digest = hashlib.sha256(data).hexdigest()
    known = {
        "v": "DRAW/1",
        "draw": "d",
        "entries_sha256": digest,
        "entries_count": count,
        "winners": 1,
        "dedupe": "group",
        "beacon": BEACON,
    }
    return known | more


def slowly(entries, count, dedupe, key):
    """The definition, word by word: a walk for each winner."""
    stream, weights, selected = Stream(key), [entry.weight for entry in entries], []
    while len(selected) < count and sum(weights):
        ticket, index = stream.below(sum(weights)), 0
        while ticket >= weights[index]:
            ticket -= weights[index]
            index += 1
        selected.append(entries[index].id)
        for other, entry in enumerate(entries):
            if other == index or (dedupe == "group" and entry.group == entries[index].group):
                weights[other] = 0
    return selected


@pytest.mark.promise("P5")
@pytest.mark.parametrize("place", [0, 1])
def test_published_vectors_are_met(vectors, randomness, place):
    vector = vectors["draws"][place]
    assert draw_key(vector["manifest"], randomness).hex() == vector["seed"]
    assert drawn_from(vector["manifest"], vector["entries.txt"].encode(), randomness) == vector["winners"]


@pytest.mark.promise("P5")
@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 6)), max_size=30),
    st.integers(1, 12),
    st.sampled_from(["group", "entry"]),
    st.binary(),
)
def test_the_tree_selects_what_the_walk_selects(people, count, dedupe, key):
    entries = crowd([weight for weight, _ in people], [group for _, group in people])
    assert select(entries, count, dedupe, key) == slowly(entries, count, dedupe, key)


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.data())
def test_a_ticket_is_found_where_the_running_total_passes_it(weights, data):
    tree = Tree(weights)
    cleared = data.draw(st.sets(st.integers(0, len(weights) - 1)))
    for index in cleared:
        tree.clear(index)
    left = [0 if index in cleared else weight for index, weight in enumerate(weights)]
    assert tree.total == sum(left)
    assert [tree.find(ticket) for ticket in range(tree.total)] == [index for index, weight in enumerate(left) for _ in range(weight)]


def test_everyone_is_drawn_once_when_all_are_asked_for():
    selected = select(crowd([1] * 100), 100, "group", b"k")
    assert sorted(selected) == [entry.id for entry in crowd([1] * 100)] != selected


def test_one_person_wins_once_with_many_entries():
    entries = crowd([1] * 10, [number // 2 for number in range(10)])
    selected = select(entries, 10, "group", b"k")
    assert len(selected) == 5 == len({int(entry, 16) // 2 for entry in selected})
    assert len(select(entries, 10, "entry", b"k")) == 10


def test_weights_may_be_large_but_not_too_large():
    assert len(select(crowd([2**53, 2**62, 1]), 3, "entry", b"k")) == 3
    with pytest.raises(Refused, match=r"2\^63"):
        select(crowd([2**62, 2**62, 1]), 1, "entry", b"k")


def chi_squared(counts, expected):
    return sum((counts[entry] - share) ** 2 / share for entry, share in expected.items())


def drawn(entries, count):
    return [select(entries, count, "group", number.to_bytes(32, "big")) for number in range(20_000)]


def test_each_entry_comes_as_often_at_each_rank():
    entries = crowd([1] * 10)
    draws = drawn(entries, 3)
    for rank in range(3):
        counts = Counter(selected[rank] for selected in draws)
        assert chi_squared(counts, {entry.id: 2_000 for entry in entries}) < 21.67  # 9 degrees of freedom, once in a hundred


def test_chances_follow_weights():
    entries = crowd([1, 2, 3, 4])
    counts = Counter(selected[0] for selected in drawn(entries, 1))
    assert chi_squared(counts, {entry.id: entry.weight * 2_000 for entry in entries}) < 11.34  # 3 degrees of freedom


@pytest.mark.control("P5")
def test_the_same_count_fails_where_weights_are_forgotten():
    entries = crowd([1, 2, 3, 4])
    counts = Counter(selected[0] for selected in drawn(crowd([1] * 4), 1))
    assert chi_squared(counts, {entry.id: entry.weight * 2_000 for entry in entries}) > 1_000


@pytest.mark.promise("P5")
def test_a_hundred_thousand_entries_are_drawn_in_ten_seconds(figure):
    random = Random(1)
    ids = sorted(random.randbytes(16).hex() for _ in range(100_000))
    data = "".join(f"{entry} {random.randrange(1, 6)} {random.randbytes(16).hex()} {'0' * 64}\n" for entry in ids).encode()
    begin = time.perf_counter()
    assert len(drawn_from(plan(data, 100_000, winners=1_000), data, bytes(32))) == 1_000
    figure("seconds for 100 000 entries", seconds := time.perf_counter() - begin)
    assert seconds < 10


def test_prizes_go_by_rank_then_by_id_and_substitutes_have_none():
    data = listed(crowd([1] * 6))
    prizes = [{"id": "b", "qty": 1, "rank": 2}, {"id": "a", "qty": 2, "rank": 2}, {"id": "z", "qty": 1, "rank": 1}]
    manifest = plan(data, 6, winners=4, substitutes=2, prizes=prizes)
    selected = drawn_from(manifest, data, bytes(32))
    assert len(selected) == 6
    assert assignment(judge_draw(manifest), selected) == [[entry, prize] for entry, prize in zip(selected, "zaab", strict=False)]


def test_a_list_of_nobody_has_no_winner():
    assert drawn_from(plan(b"", 0), b"", bytes(32)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"entries_sha256": "0" * 64}, "not the list"),
        ({"entries_count": 4}, "has 3 entries, the manifest says 4"),
        ({"weight_total": 4}, "has a weight of 3, the manifest says 4"),
        ({"v": "DRAW/2"}, "DRAW/1"),
        ({"winners": 0}, "winners"),
        ({"winners": "1"}, "winners"),
        ({"substitutes": -1}, "substitutes"),
        ({"dedupe": "mail"}, "dedupe"),
        ({"dedupe": ["group"]}, "dedupe"),
        ({"draw": 5}, "draw"),
        ({"rules_sha256": "x"}, "rules_sha256"),
        ({"software": {"version": "1"}}, "software lacks 'commit'"),
        ({"prizes": [{"id": "a", "qty": 2, "rank": 1}]}, "qty"),
        ({"winners": 2, "prizes": [{"id": "a", "qty": 1, "rank": 1}]}, "not for 2 winners"),
        ({"winners": 2, "prizes": [{"id": "a", "qty": 1, "rank": rank} for rank in (1, 2)]}, "listed twice"),
        ({"beacon": "dice"}, "beacon"),
        ({"note": "x"}, "unknown key 'note'"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(change, fault):
    data = listed(crowd([1] * 3))
    with pytest.raises(Refused, match=fault):
        drawn_from(plan(data, 3) | change, data, bytes(32))
