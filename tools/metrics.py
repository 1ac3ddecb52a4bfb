"""What can be watched, read from the code: names, kinds and labels of all metrics; and the alarms, from the file that Prometheus reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
os.environ.setdefault("DEMO", "1")
django.setup()

import yaml  # noqa: E402

import project.gate  # noqa: E402 - with the next, brings the metrics of all packages together
import project.scrape  # noqa: E402, F401
from realtime.gauges import LOOKED  # noqa: E402
from realtime.metrics import registry  # noqa: E402

ALERTS = Path("deploy/prometheus/alerts.yml")
ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}


class Watched(NamedTuple):
    name: str
    kind: str
    labels: tuple[str, ...]
    meaning: str

    @property
    def series(self) -> list[str]:
        """What an expression may name."""
        return [f"{self.name}{ending}" for ending in ENDINGS[self.kind]]

    @property
    def shown(self) -> str:
        return f"{self.name}_total" if self.kind == "counter" else self.name


def watched() -> list[Watched]:
    """Ours, by name."""
    labels = {looked.name: (looked.label,) for looked in LOOKED if looked.label}
    found = []
    for collector in list(registry._collector_to_names):
        for family in getattr(collector, "describe", list)():
            if family.name.startswith("sobuzz_"):
                own = tuple(getattr(collector, "_labelnames", ())) or labels.get(family.name, ())
                found.append(Watched(family.name, family.type, own, family.documentation))
    return sorted(found)


def alarms() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]
