"""A list of moments that somebody brought, `LIST/1`: the commitment binds it, and nobody reads it before the end."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from games.fairness.moments import Moment, units_of
from games.fairness.shape import Refused, fields, text
from games.fairness.source import source_of

LIST_REQUIRED = ("v", "campaign", "prizes", "beacon")
LISTED = re.compile(r"(0|[1-9][0-9]{0,15}) ([a-z0-9][a-z0-9_-]{0,39})", re.ASCII)


def listing(moments: Iterable[tuple[int, str]]) -> bytes:
    """The list as its file has it: a line for each moment, by time."""
    return "".join(f"{at_ms} {prize}\n" for at_ms, prize in sorted(moments)).encode()


def listed(manifest: object, data: bytes) -> list[Moment]:
    """Raises Refused unless the list is in order and has exactly the units that the manifest names."""
    units = judge_list(manifest)
    *lines, rest = data.split(b"\n")
    if rest:
        raise Refused("moments.txt does not end with a line end")
    found = [listed_line(line, number) for number, line in enumerate(lines)]
    if any(later < earlier for earlier, later in pairwise((moment.at_ms, moment.prize) for moment in found)):
        raise Refused("moments.txt is not in the order of its times")
    if Counter(moment.prize for moment in found) != Counter(units):
        raise Refused("moments.txt does not have the units that the manifest names")
    return found


def listed_line(line: bytes, number: int) -> Moment:
    match = LISTED.fullmatch(line.decode("ascii", "replace"))
    if match is None:
        raise Refused(f"line {number + 1} of moments.txt is not <at_ms> <prize>")
    return Moment(int(match[1]), number, match[2])


def judge_list(manifest: object) -> list[str]:
    plan = fields(manifest, "the manifest of the list", LIST_REQUIRED)
    if plan["v"] != "LIST/1":
        raise Refused('the v of a list must be "LIST/1"')
    text(plan["campaign"], "the list's campaign")
    source_of(plan)
    return units_of(plan["prizes"])
