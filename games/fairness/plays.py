"""The published log of an instant win, and the check that the first play at or after each moment won it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from games.fairness.shape import Refused

PLAY = re.compile(r"(0|[1-9][0-9]{0,15}) ([0-9a-f]{32}) ([0-9a-f]{32}) (-|[do]?(?:0|[1-9][0-9]{0,6}))", re.ASCII)
MODES = {"calendar": "", "deck": "d", "odds": "o"}


class Play(NamedTuple):
    """A play: when, which, whose, and what it won: a moment, a ticket, or by odds a prize, each by its index."""

    at_ms: int
    id: str
    group: str
    moment: int | None
    mode: str = "calendar"


def play_line(play: Play) -> str:
    return f"{play.at_ms} {play.id} {play.group} {'-' if play.moment is None else f'{MODES[play.mode]}{play.moment}'}\n"


def plays_of(data: bytes) -> list[Play]:
    *lines, rest = data.split(b"\n")
    if rest:
        raise Refused("plays.txt does not end with a line end")
    return [play_of(line, number) for number, line in enumerate(lines, start=1)]


def play_of(line: bytes, number: int) -> Play:
    match = PLAY.fullmatch(line.decode("ascii", "replace"))
    if match is None:
        raise Refused(f"line {number} of plays.txt is not <at_ms> <play> <group> <moment or ->")
    at_ms, play, group, won = match.groups()
    if won == "-":
        return Play(int(at_ms), play, group, None)
    mode = next(mode for mode, sign in MODES.items() if sign == won.rstrip("0123456789"))
    return Play(int(at_ms), play, group, int(won.lstrip("do")), mode)


def judge_plays(plays: Sequence[Play], times: Sequence[int]) -> None:
    """Raises Refused unless each moment went to one play, in their order, none before its time, none past a play that lost."""
    seen: set[str] = set()
    claims: dict[int, int] = {}
    for play in plays:
        if play.id in seen:
            raise Refused(f"play {play.id} is listed twice")
        seen.add(play.id)
        if play.moment is not None:
            judge_claim(play, claims, times)
            claims[play.moment] = play.at_ms
    open_until = [claims.get(moment, float("inf")) for moment in range(len(times))]
    judge_order(open_until)
    judge_losers(plays, open_until, times)


def judge_claim(play: Play, claims: dict[int, int], times: Sequence[int]) -> None:
    moment = play.moment
    assert moment is not None
    if play.mode != "calendar":
        raise Refused(f"play {play.id} won by {play.mode}, and there are moments only")
    if moment >= len(times):
        raise Refused(f"play {play.id} won moment {moment}, and there are only {len(times)}")
    if moment in claims:
        raise Refused(f"moment {moment} was won twice, the second time by play {play.id}")
    if play.at_ms < times[moment]:
        raise Refused(f"play {play.id} won moment {moment} at {play.at_ms}, before its time {times[moment]}")


def judge_order(open_until: Sequence[float]) -> None:
    """A play takes the oldest moment that is open; otherwise the better prize could be kept for someone."""
    for moment, (earlier, later) in enumerate(pairwise(open_until), start=1):
        if later < earlier:
            raise Refused(f"moment {moment} was won while moment {moment - 1}, which is older, was still open")


def judge_losers(plays: Sequence[Play], open_until: Sequence[float], times: Sequence[int]) -> None:
    """Of the moments due at a play the last one is open longest, so it alone says whether the play should have won."""
    for play in plays:
        last = bisect_right(times, play.at_ms) - 1
        if play.moment is None and last >= 0 and play.at_ms < open_until[last]:
            raise Refused(f"play {play.id} lost at {play.at_ms}, while moment {last} of {times[last]} was still to be won")
