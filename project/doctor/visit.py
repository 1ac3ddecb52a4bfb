"""All looks, one after the other; what goes wrong while looking is a finding too."""

from collections.abc import Iterator

from project.doctor.database import DATABASE, Unreachable
from project.doctor.findings import Finding, Look, short
from project.doctor.machine import MACHINE
from project.doctor.running import RUNNING
from project.doctor.server import REDIS
from project.doctor.settings import SETTINGS

LOOKS: tuple[Look, ...] = (*SETTINGS, *MACHINE, *DATABASE, *REDIS, *RUNNING)


def visit(at_rest: bool = False) -> Iterator[Finding]:
    """`at_rest`: nothing has been started yet. What follows from a fault that was said is not said again."""
    failed: set[str] = set()
    for look in LOOKS:
        if look.running and (at_rest or "migrations" in failed):
            continue
        for finding in seen(look):
            if finding.subject == "database" and "database" in failed:
                continue
            if finding.level == "fail":
                failed.add(finding.subject)
            yield finding


def seen(look: Look) -> Iterator[Finding]:
    try:
        yield from look.find()
    except Unreachable as problem:
        yield Finding("fail", "database", f"It does not answer: {short(problem)}.", "Start it, or correct DATABASE_URL.")
    except Exception as problem:
        yield Finding("fail", look.subject, f"It could not be looked at: {short(problem)}.", "Mend what stands above first.")
