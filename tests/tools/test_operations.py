"""Alarms, dashboard and page speak of metrics that exist, and of all of them."""

import json
import re
from pathlib import Path

import pytest
import yaml

from realtime.metrics import registry
from tools import operations, protocol
from tools.metrics import alarms, watched

DASHBOARD = Path("deploy/grafana/dashboard.json")
SCRAPE = Path("deploy/prometheus/scrape.yml")
NAMED = re.compile(r"\b(?:sobuzz|process|python)_[a-z0-9_]+")
OURS = {series for row in watched() for series in row.series}


def exist() -> set[str]:
    """What an expression may name: ours, and what Prometheus' own collectors say of this process."""
    return OURS | {sample.name for family in registry.collect() for sample in family.samples}


def panels() -> list[dict]:
    return json.loads(DASHBOARD.read_text())["panels"]


def shown() -> list[str]:
    return [target["expr"] for panel in panels() for target in panel.get("targets", [])]


def named(expressions: list[str]) -> set[str]:
    return {name for expression in expressions for name in NAMED.findall(expression)}


@pytest.mark.parametrize("expressions", [[rule["expr"] for rule in alarms()], shown()], ids=["alarms", "dashboard"])
def test_every_metric_that_is_named_exists(expressions):
    assert len(named(expressions)) > 10
    assert named(expressions) - exist() == set()


def test_a_metric_that_is_not_there_is_noticed():
    assert named(["rate(sobuzz_made_up_total[1m]) / process_open_fds"]) - exist() == {"sobuzz_made_up_total"}


def test_every_metric_of_ours_has_a_panel():
    missing = [row.name for row in watched() if not named(shown()) & set(row.series)]
    assert missing == []


def test_an_alarm_says_what_it_means_and_what_to_do():
    names = [rule["alert"] for rule in alarms()]
    assert len(names) == len(set(names)) > 15
    for rule in alarms():
        assert rule["labels"]["severity"] in {"now", "soon"}
        assert {"summary", "meaning", "action"} == set(rule["annotations"])


def test_labels_that_alarms_ask_for_are_given():
    """`{code="internal"}` on a metric without codes would never ring."""
    labels = {row.name: set(row.labels) for row in watched()}
    for rule in alarms():
        for name, asked in re.findall(r"(sobuzz_\w+?)(?:_total|_bucket)?\{(\w+)=", rule["expr"]):
            assert asked in labels[name], rule["alert"]


def test_jobs_have_the_names_that_alarms_and_dashboard_rely_on():
    jobs = {job["job_name"]: job["static_configs"][0]["targets"] for job in yaml.safe_load(SCRAPE.read_text())["scrape_configs"]}
    assert set(jobs) == {"sobuzz-web", "sobuzz-engine", "sobuzz-queue"}
    ports = {name: int(targets[0].rsplit(":", 1)[1]) for name, targets in jobs.items()}
    assert ports["sobuzz-queue"] == ports["sobuzz-engine"] + 1


def test_panels_stand_beside_each_other():
    taken = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= 24
        taken |= cells
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_the_page_is_fresh_and_has_every_metric_and_every_alarm():
    text = operations.page()
    assert Path("docs/operations.md").read_text() == text
    assert "<metrics>" not in text
    for row in watched():
        assert f"| `{row.shown}` | {row.kind} |" in text
    for rule in alarms():
        assert f"| **{rule['alert']}** |" in text


def test_a_stale_page_is_noticed_with_the_others(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(protocol, "DOCS", tmp_path)
    assert protocol.main() == 0
    (tmp_path / "operations.md").write_text("old")
    assert protocol.main("--check") == 1
    assert "operations.md" in capsys.readouterr().out
