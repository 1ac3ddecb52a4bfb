"""The sums behind the tables."""

from __future__ import annotations

import os

import pytest

from benchmarks import measure, rows, verdict
from benchmarks.rows import row
from benchmarks.table import table


def fan(system: str, us: float, mode: str = "one", **more: float) -> rows.Row:
    return row("fanout", system, {"sockets": 200, "mode": mode}, {"us_per_event": us, **more})


def test_a_percentile_is_a_value_that_was_measured() -> None:
    hundred = [float(value) for value in range(1, 101)]
    assert [measure.percentile(hundred, share) for share in (0.5, 0.99, 1.0)] == [50, 99, 100]
    assert measure.percentile([7.0], 0.99) == 7
    assert measure.percentile([], 0.99) == 0


def test_latencies_are_told_in_milliseconds() -> None:
    assert measure.milliseconds([0.002, 0.001, 0.010]) == {"p50_ms": 2, "p99_ms": 10, "max_ms": 10}


def test_the_work_of_a_process_is_seen_and_grows() -> None:
    before = measure.cpu_seconds([os.getpid()])
    while measure.cpu_seconds([os.getpid()]) < before + 0.02:
        sum(range(10_000))
    assert measure.rss_kib([os.getpid()]) > 1024
    assert os.getpid() in measure.family(os.getpid())


def test_a_row_has_every_key_of_the_interface_and_null_where_it_has_no_sense() -> None:
    assert fan("ws", 7.0) == {
        "bench": "fanout",
        "system": "ws",
        "sockets": 200,
        "players": None,
        "database": None,
        "processes": None,
        "mode": "one",
        "us_per_event": 7.0,
    }


def test_of_several_rounds_the_median_counts_and_the_spread_is_told() -> None:
    (found,) = rows.merged([fan("ws", us, p99_ms=us * 2) for us in (9.0, 5.0, 6.0)])
    assert (found["us_per_event"], found["p99_ms"], found["rounds"]) == (6, 12, 3)
    assert (found["us_per_event_lowest"], found["us_per_event_highest"]) == (5, 9)


def test_rounds_of_different_conditions_stay_apart() -> None:
    assert len(rows.merged([fan("ws", 5.0), fan("ws", 6.0, mode="pipelined"), fan("picows", 3.0)])) == 3


def test_a_run_replaces_its_own_benchmark_and_leaves_the_others(tmp_path) -> None:
    file = tmp_path / "results.json"
    rows.write([fan("ws", 5.0), row("plays", "pgbench", {}, {"plays_per_second": 1.0})], file)
    rows.write([fan("picows", 3.0)], file)
    assert [(each["bench"], each["system"]) for each in rows.read(file)] == [("plays", "pgbench"), ("fanout", "picows")]


def test_a_ratio_compares_rows_of_the_same_conditions() -> None:
    measured = [fan("sobuzz", 4.0), fan("socket.io", 8.0), fan("socket.io", 2.0, mode="pipelined")]
    assert rows.ratio(measured, "us_per_event", {"system": "sobuzz", "mode": "one"}, {"system": "socket.io", "mode": "one"}) == 0.5
    assert rows.ratio(measured, "us_per_event", {"system": "sobuzz", "mode": "one"}, {"system": "bun", "mode": "one"}) is None


@pytest.mark.parametrize(("ours", "good"), [(4.0, True), (7.0, False)])
def test_the_verdict_holds_a_ratio_against_its_budget(ours: float, good: bool) -> None:
    line = next(line for line in verdict.lines("fanout", [fan("sobuzz", ours), fan("socket.io", 10.0)]) if "socket.io" in line)
    assert "accepted ≤ 0.6" in line
    assert verdict.holds(ours / 10, "≤", 0.6) is good


def test_the_table_leaves_out_columns_that_say_nothing() -> None:
    head, *lines = table("fanout", [fan("ws", 7.25), fan("tutorial", 1234.5)]).splitlines()
    assert "µs/event" in head
    assert "p99 ms" not in head
    assert lines[0].split() == ["200", "one", "ws", "7.25"]
    assert lines[1].split()[-1] == "1,234"
