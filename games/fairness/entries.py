"""The public list of a draw: a line per entry, no name in it, in one order and one spelling only."""

import re
from itertools import pairwise
from typing import NamedTuple

from games.fairness.shape import Refused

LINE = re.compile(r"([0-9a-f]{32}) ([1-9][0-9]{0,18}) ([0-9a-f]{32}) [0-9a-f]{64}", re.ASCII)


class Entry(NamedTuple):
    id: str
    weight: int
    group: str


def entries_of(data: bytes) -> list[Entry]:
    """The entries of an entries.txt, where every line ends with LF and ids rise strictly."""
    if b"\r" in data:
        raise Refused("entries.txt has a carriage return: lines must end with LF alone")
    *lines, rest = data.split(b"\n")
    if rest:
        raise Refused("entries.txt does not end with a line end")
    found = [entry_of(line, number) for number, line in enumerate(lines, start=1)]
    for number, (earlier, later) in enumerate(pairwise(found), start=2):
        if later.id <= earlier.id:
            fault = "repeats the entry of the line before" if later.id == earlier.id else "is not in the order of the ids"
            raise Refused(f"line {number} of entries.txt {fault}")
    return found


def entry_of(line: bytes, number: int) -> Entry:
    match = LINE.fullmatch(line.decode("ascii", "replace"))
    if match is None:
        raise Refused(f"line {number} of entries.txt is not <id> <weight> <group> <commitment>")
    entry, weight, group = match.groups()
    return Entry(entry, int(weight), group)
