"""Judges what those who looked on were shown against the log (P7): no hole, in order, nothing that is not stored, and all of it.

A snapshot at a number with the frames after it is the same as the log up to there (the idea is Zulip's `verify_action`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tests.faults.final import Final
from tests.faults.history import Line, of


def faults(lines: list[Line], final: Final) -> list[str]:
    cries = [(entry.seq, entry.data["text"]) for entry in final.log if entry.kind == "cried"]
    followers = defaultdict(list)
    for line in of(lines, "snapshot", "frame", what="follow"):
        followers[line.who].append(line)
    return [fault for who, seen in followers.items() for fault in follower(who, seen, cries, final.line)]


def follower(who: str, seen: list[Line], cries: list[tuple[int, str]], own_line: str) -> Iterator[str]:
    seq: int | None = None
    for line in seen:
        if line.kind == "snapshot":
            name, seq, shown = line.value
            known = [text for number, text in cries if number <= seq]
            if name != own_line:
                yield f"{who} was shown line {name}, and it is {own_line}."
            if (shown["cries"], shown["last"]) != (len(known), known[-1] if known else ""):
                yield f"{who} was shown {shown} at {seq}, and the log says {len(known)}, {known[-1:]}."
            continue
        since, until, words = line.value
        happened = [text for number, text in cries if since < number <= until]
        if since != seq:
            yield f"{who} stood at {seq} and applied a frame that follows {since}: a hole."
        if words != happened:
            yield f"{who} heard {words} from {since} to {until}, and the log says {happened}."
        seq = until
    if seq is None or (cries and seq < cries[-1][0]):
        yield f"{who} stands at {seq} in the end, and the last word was {cries[-1:]}: behind."
