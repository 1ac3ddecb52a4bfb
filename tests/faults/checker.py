"""Judges what players saw against what is stored. It knows the histories and the final rows, nothing of the code; a sentence a fault.

Kept apart from `games.invariants` on purpose: that one reads the rows alone and uses the rules, this one knows what was *shown*.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.faults.final import Entry, Final
from tests.faults.history import Line, of

CLOCKS = 0.25  # seconds by which the worker's clock and the database's may differ
PLAYS = ("won", "lost")


class Asked(NamedTuple):
    """One play with all that was heard of it."""

    ref: str
    begun: float  # first asked
    answers: list[Line]
    refusals: list[Line]


def faults(lines: list[Line], final: Final) -> list[str]:
    asked = plays(lines)
    logged = by_ref(final.log)
    return [
        *promised(asked, logged),
        *repeated(asked, logged),
        *invented(asked, logged),
        *ordered(asked, logged),
        *given(final),
        *fair(final),
        *numbered(final),
    ]


def plays(lines: list[Line]) -> dict[str, Asked]:
    found: dict[str, Asked] = {}
    for line in of(lines, "invoke", "ok", "fail", what="play"):
        asked = found.setdefault(line.ref, Asked(line.ref, line.at, [], []))
        if line.kind != "invoke":
            (asked.answers if line.kind == "ok" else asked.refusals).append(line)
    return found


def by_ref(log: Iterable[Entry]) -> dict[str, list[Entry]]:
    found = defaultdict(list)
    for entry in log:
        if entry.kind in PLAYS:
            found[entry.ref].append(entry)
    return found


def shown(entry: Entry) -> dict[str, Any]:
    """What the player is told of his play."""
    if entry.kind == "won":
        return {"t": "won", "player": entry.by, "prize": entry.data["prize"], "at": entry.data["at"]}
    return {"t": "lost", "player": entry.by, "until": entry.data["until"]}


def promised(asked: dict[str, Asked], logged: dict[str, list[Entry]]) -> Iterator[str]:
    """P2: what was shown is stored, and as it was shown. What was refused is not."""
    for ref, play in asked.items():
        stored = [shown(entry) for entry in logged.get(ref, [])]
        for answer in play.answers:
            if not stored:
                yield f"{ref} was answered and is not in the log: lost."
            elif answer.value != stored:
                yield f"{ref} was shown {answer.value}, and the log says {stored}."
        if play.refusals and not play.answers and stored:
            yield f"{ref} was refused with {play.refusals[0].value}, and the log has it."


def repeated(asked: dict[str, Asked], logged: dict[str, list[Entry]]) -> Iterator[str]:
    """P3: however often it was asked, it happened once and has one answer."""
    for ref, entries in logged.items():
        if len(entries) > 1:
            yield f"{ref} happened {len(entries)} times: events {[entry.seq for entry in entries]}."
    for ref, play in asked.items():
        if len({str(answer.value) for answer in play.answers}) > 1:
            yield f"{ref} has several answers: {[answer.value for answer in play.answers]}."


def invented(asked: dict[str, Asked], logged: dict[str, list[Entry]]) -> Iterator[str]:
    for ref in logged.keys() - asked.keys():
        yield f"{ref or 'a play without a ref'} is in the log, and nobody asked for it."


def ordered(asked: dict[str, Asked], logged: dict[str, list[Entry]]) -> Iterator[str]:
    """The log is an order in which it may have happened: who was answered before another asked stands before him; and times fit."""
    done = []
    for ref, play in asked.items():
        if play.answers and logged.get(ref):
            entry, answered = logged[ref][0], play.answers[0].at
            done.append((play.begun, answered, entry.seq, ref))
            if not play.begun - CLOCKS <= entry.at <= answered + CLOCKS:
                yield f"{ref} is dated {entry.at:.3f}, asked {play.begun:.3f} and answered {answered:.3f}."
    ends = sorted((answered, seq, ref) for _, answered, seq, ref in done)
    highest, place = (0, ""), 0
    for begun, _, seq, ref in sorted(done):
        while place < len(ends) and ends[place][0] < begun:
            highest = max(highest, ends[place][1:])
            place += 1
        if highest[0] > seq:
            yield f"{ref} (event {seq}) was asked after {highest[1]} (event {highest[0]}) had been answered."


def given(final: Final) -> Iterator[str]:
    """P1: one winner a moment, one award a win, never above the stock."""
    for what, values in {
        "moment": [award.moment for award in final.awards],
        "play": [award.play for award in final.awards],
        "unit": [(award.prize, award.unit) for award in final.awards],
        "moment won": [entry.data["moment"] for entry in final.log if entry.kind == "won"],
    }.items():
        for value, times in Counter(values).items():
            if times > 1:
                yield f"{what} {value} was given {times} times."
    wins = {(entry.seq, entry.by, entry.data["prize"], entry.data["moment"]) for entry in final.log if entry.kind == "won"}
    awards = {(award.play, award.player, award.prize, award.moment) for award in final.awards}
    for orphan in sorted(awards ^ wins, key=str):
        yield f"award and win do not belong together: {orphan}."
    for prize, times in Counter(award.prize for award in final.awards).items():
        if times > final.stock.get(prize, 0):
            yield f"{times} of {prize} were given, and there are {final.stock.get(prize, 0)}."


def fair(final: Final) -> Iterator[str]:
    """P4: the first eligible play at or after a moment takes it, to the millisecond; none before."""
    taken, wins = 0, Counter()
    for entry in final.log:
        if entry.kind not in PLAYS or wins[entry.by] >= final.wins_per_player:
            continue
        due = taken < len(final.moments) and final.moments[taken][0] <= entry.at * 1000
        if entry.kind == "lost":
            if due:
                yield f"event {entry.seq} lost at {entry.at:.3f}, and moment {taken} was due since {final.moments[taken][0] / 1000:.3f}."
            continue
        if not due:
            yield f"event {entry.seq} won too early, at {entry.at:.3f}."
        elif (taken, final.moments[taken][1]) != (entry.data["moment"], entry.data["prize"]):
            yield f"event {entry.seq} took moment {entry.data['moment']}, and {taken} was next."
        taken, wins[entry.by] = taken + 1, wins[entry.by] + 1


def numbered(final: Final) -> Iterator[str]:
    if [entry.seq for entry in final.log] != list(range(1, len(final.log) + 1)):
        yield "the log is not numbered 1, 2, 3…"
    if final.seq != len(final.log):
        yield f"the row says that the last event is {final.seq}, and there are {len(final.log)}."
