"""Writes docs/operations.md: its words stand in tools/operations.md, its tables come from the code and from the alarms themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.metrics import Watched, alarms, watched
from tools.tables import filled, table

TEMPLATE = Path("tools/operations.md")


def metric(row: Watched) -> list[str]:
    return [f"`{row.shown}`", row.kind, ", ".join(f"`{label}`" for label in row.labels), row.meaning]


def alarm(rule: dict[str, Any]) -> list[str]:
    told = rule["annotations"]
    when = f"`{rule['expr'].replace('|', chr(92) + '|')}`" + (f" for {rule['for']}" if "for" in rule else "")
    return [f"**{rule['alert']}**", rule["labels"]["severity"], when, told["meaning"], told["action"]]


def page() -> str:
    parts = {
        "metrics": table(["metric", "kind", "labels", "meaning"], [metric(row) for row in watched()]),
        "alarms": table(["alarm", "severity", "when", "what it means", "what to do"], [alarm(rule) for rule in alarms()]),
    }
    return filled(TEMPLATE, parts)
