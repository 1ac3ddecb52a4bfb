import hashlib
import hmac
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.fairness import witness
from games.fairness.moments import Line, Moment, commitment, derive, judge_moments, moments_key, slotted
from games.fairness.shape import Refused
from games.fairness.stream import Stream

BEACON = witness.label(b"1" * 32, b"2" * 32)
SECRET, RANDOMNESS = b"s" * 32, b"r" * 32


def plan(intervals, units=4, mode="iid", **more):
    return {"v": "IW/1", "campaign": "c", "intervals": intervals, "prizes": [["p", units]], "mode": mode, "beacon": BEACON, **more}


def listed(moments):
    return [list(moment) for moment in moments]


def walked(intervals, offset):
    """The definition, word by word: no sums, no search."""
    for begin, end, *rest in sorted(intervals):
        (weight,) = rest or [1]
        if offset < weight * (end - begin):
            return begin + offset // weight
        offset -= weight * (end - begin)
    raise AssertionError("past the end of the line")


def slowly(manifest, key):
    intervals = manifest["intervals"]
    units = [prize for prize, quantity in manifest["prizes"] for _ in range(quantity)]
    length = sum((rest or [1])[0] * (end - begin) for begin, end, *rest in intervals)
    stream, found = Stream(key), []
    for unit, prize in enumerate(units):
        low, high = 0, length
        if manifest["mode"] == "stratified":
            low, high = unit * length // len(units), (unit + 1) * length // len(units)
        found.append(Moment(walked(intervals, low + stream.below(high - low)), unit, prize))
    return sorted(found, key=lambda moment: (moment.at_ms, moment.unit))


@pytest.mark.promise("P5")
@pytest.mark.parametrize(("name", "moments"), [("iw", "iid"), ("iw_weighted", "moments")])
def test_published_vectors_are_met(vectors, randomness, name, moments):
    vector, secret = vectors[name], bytes.fromhex(vectors[name]["secret"])
    assert commitment(secret, vector["manifest"]).hex() == vector["commit"]
    assert moments_key(vector["manifest"], secret, randomness).hex() == vector["seed"]
    assert listed(derive(vector["manifest"], secret, randomness)) == vector[moments]


@pytest.mark.promise("P5")
def test_the_published_stratified_times_are_met(vectors):
    line = judge_moments(vectors["iw"]["manifest"]).line
    offsets = slotted(Stream(bytes.fromhex(vectors["iw"]["seed"])), line.length, 4)
    assert [line.at(offset) for offset in offsets] == [1762004271088, 1762021381984, 1762084148515, 1762104789554]


def test_the_commitment_binds_secret_and_manifest():
    mh = hashlib.sha256(
        f'{{"beacon":"{BEACON}","campaign":"c","intervals":[[0,9]],"mode":"iid","prizes":[["p",4]],"v":"IW/1"}}'.encode()
    ).digest()
    assert commitment(SECRET, plan([[0, 9]])) == hashlib.sha256(b"IW/1/commit\0" + SECRET + mh).digest()
    assert moments_key(plan([[0, 9]]), SECRET, RANDOMNESS) == hmac.digest(SECRET, b"IW/1\0" + mh + RANDOMNESS, "sha256")


@st.composite
def intervals(draw):
    found, at = [], 0
    for _ in range(draw(st.integers(1, 8))):
        begin = at + draw(st.integers(0, 50))
        at = begin + draw(st.integers(1, 50))
        found.append([begin, at, *draw(st.lists(st.integers(1, 20), max_size=1))])
    return draw(st.permutations(found))


@pytest.mark.promise("P5")
@settings(deadline=None)
@given(intervals(), st.integers(1, 40), st.sampled_from(["iid", "stratified"]), st.binary(min_size=32, max_size=32))
def test_the_search_finds_what_the_walk_finds(intervals, units, mode, secret):
    length = sum((rest or [1])[0] * (end - begin) for begin, end, *rest in intervals)
    manifest = plan(intervals, min(units, length), mode)
    assert derive(manifest, secret, RANDOMNESS) == slowly(manifest, moments_key(manifest, secret, RANDOMNESS))


@settings(deadline=None)
@given(intervals())
def test_every_offset_of_the_line_has_its_instant(intervals):
    line = Line(sorted((begin, end, *(rest or [1])) for begin, end, *rest in intervals))
    assert [line.at(offset) for offset in range(line.length)] == [walked(intervals, offset) for offset in range(line.length)]


def test_weight_one_is_no_weight(vectors):
    bare = vectors["iw"]["manifest"]
    weighted = bare | {"intervals": [[*interval, 1] for interval in bare["intervals"]]}
    key = b"k" * 32
    assert slowly(bare, key) == slowly(weighted, key)
    instants = [[judge_moments(manifest).line.at(offset) for offset in range(0, 86_400_000, 99_991)] for manifest in (bare, weighted)]
    assert instants[0] == instants[1]


def test_an_interval_of_a_millisecond_holds_a_moment():
    assert derive(plan([[1_790_000_000_000, 1_790_000_000_001]], 1), SECRET, RANDOMNESS) == [Moment(1_790_000_000_000, 0, "p")]


def test_moments_of_one_instant_are_taken_unit_by_unit():
    assert derive(plan([[7, 8, 4]], 4), SECRET, RANDOMNESS) == [Moment(7, unit, "p") for unit in range(4)]


def test_units_count_through_the_prizes_in_their_order():
    manifest = plan([[0, 1000]]) | {"prizes": [["trip", 1], ["mug", 2]]}
    assert sorted((moment.unit, moment.prize) for moment in derive(manifest, SECRET, RANDOMNESS)) == [(0, "trip"), (1, "mug"), (2, "mug")]


def test_stratified_puts_a_unit_into_each_slot():
    times = [moment.at_ms for moment in derive(plan([[0, 1000]], 10, "stratified"), SECRET, RANDOMNESS)]
    assert [at // 100 for at in times] == list(range(10))


def test_moments_follow_the_weights():
    weights = [1, 2, 3, 4, 10]
    manifest = plan([[hour * 1000, hour * 1000 + 1000, weight] for hour, weight in enumerate(weights)], 20_000)
    counts = Counter(moment.at_ms // 1000 for moment in derive(manifest, SECRET, RANDOMNESS))
    chi_squared = sum((counts[hour] - weight * 1000) ** 2 / (weight * 1000) for hour, weight in enumerate(weights))
    assert chi_squared < 13.28  # 4 degrees of freedom, once in a hundred


def test_fifty_thousand_units_lie_in_a_thousand_intervals(figure):
    manifest = plan([[hour * 1000, hour * 1000 + 900, 1 + hour % 97] for hour in range(1000)], 50_000)
    begin = time.process_time()
    moments = derive(manifest, SECRET, RANDOMNESS)
    figure("seconds for 50 000 moments", time.process_time() - begin)
    assert len(moments) == 50_000
    assert all(moment.at_ms % 1000 < 900 for moment in moments)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"prizes": [["p", 11]]}, "11 units of prizes do not fit"),
        ({"prizes": [["p", 11]], "mode": "stratified"}, "11 units of prizes do not fit"),
        ({"prizes": []}, "1 to 1000000 units"),
        ({"prizes": [["p", 0]]}, "quantity"),
        ({"prizes": [["p", 2**53 - 1]]}, "quantity"),
        ({"prizes": [["p", 1], ["p", 1]]}, "listed twice"),
        ({"prizes": [["p"]]}, r"\[id, quantity\]"),
        ({"prizes": [["", 1]]}, "id"),
        ({"prizes": {"p": 1}}, "prizes must be a list"),
        ({"intervals": []}, "do not fit"),
        ({"intervals": [[0, 0]]}, "end"),
        ({"intervals": [[5, 4]]}, "end"),
        ({"intervals": [[-1, 9]]}, "begin"),
        ({"intervals": [[0, 9, 0]]}, "weight"),
        ({"intervals": [[0, 9, -1]]}, "weight"),
        ({"intervals": [[0, 9, "1"]]}, "weight"),
        ({"intervals": [[0, 9.0]]}, "end"),
        ({"intervals": [[0, True]]}, "end"),
        ({"intervals": [[0, 9, 1, 1]]}, "interval must be"),
        ({"intervals": [[0, 9], [8, 20]]}, "overlap"),
        ({"intervals": [[0, 2**40, 2**40]]}, "do not fit"),
        ({"mode": "random"}, "mode"),
        ({"mode": 1}, "mode"),
        ({"carry": "drop_at_day_end"}, "carry"),
        ({"v": "IW/2"}, "IW/1"),
        ({"campaign": ""}, "campaign"),
        ({"tzdata": 2025}, "tzdata"),
        ({"beacon": "dice"}, "beacon"),
        ({"beacon": 1000}, "beacon"),
        ({"note": "x"}, "unknown key 'note'"),
    ],
)
def test_a_manifest_no_game_may_open_with_is_refused(change, fault):
    bad = plan([[0, 10]]) | change
    for refusing in (lambda: derive(bad, SECRET, RANDOMNESS), lambda: commitment(SECRET, bad)):
        with pytest.raises(Refused, match=fault):
            refusing()


@pytest.mark.parametrize("name", ["v", "campaign", "intervals", "prizes", "mode", "beacon"])
def test_nothing_may_be_missing(name):
    manifest = plan([[0, 10]])
    del manifest[name]
    with pytest.raises(Refused, match=f"lacks '{name}'"):
        derive(manifest, SECRET, RANDOMNESS)


@pytest.mark.parametrize(("secret", "randomness"), [(b"", RANDOMNESS), (SECRET, b"short")])
def test_secret_and_randomness_have_32_bytes(secret, randomness):
    with pytest.raises(Refused, match="32 bytes"):
        derive(plan([[0, 10]]), secret, randomness)
