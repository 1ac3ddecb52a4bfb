"""All that a game promises of its prizes, `PRIZES/1`: one commitment over calendar, deck, odds and caps. An `IW/1` is one too."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from math import inf
from typing import NamedTuple

from games.fairness.canonical import digest
from games.fairness.deck import judge_deck, tickets
from games.fairness.giving import Caps, Plan
from games.fairness.listing import judge_list, listed
from games.fairness.moments import Moment, commitment, derive, intervals_of, judge_moments, units_of
from games.fairness.odds import Odds, judge_odds
from games.fairness.schedule import Schedule
from games.fairness.shape import Refused, array, fields, integer, sized, text
from games.fairness.source import Source, source_of

PRIZES_REQUIRED = ("v", "campaign", "beacon", "parts", "caps", "days", "intervals")
PRIZES_OPTIONAL = ("fallback_round", "tzdata", "sweep_from", "stage")
CAPS = ("wins_per_player", "wins_per_day", "gap_ms", "per_day", "per_hour")
PARTS = {"IW/1": judge_moments, "LIST/1": judge_list, "DECK/1": judge_deck, "ODDS/1": judge_odds}


class Promise(NamedTuple):
    """A manifest that has been judged."""

    source: Source
    campaign: str
    intervals: list[list[int]]
    parts: dict[str, dict[str, object]]  # by protocol
    caps: Caps = Caps()
    days: tuple[int, ...] = ()  # when each day of the game ends
    sweep_from: int | None = None
    stage: dict[str, int] = {}  # units that wait for a burst

    @property
    def bare(self) -> bool:
        """An `IW/1` alone, as it was before there was anything else."""
        return not self.days

    def until(self, at_ms: int) -> float:
        """When the day ends in which this lies, in seconds."""
        place = bisect_right(self.days, at_ms)
        return self.days[place] / 1000 if place < len(self.days) else inf


def judge_promise(manifest: object) -> Promise:
    """Raises Refused for what no game may be opened with."""
    if isinstance(manifest, dict) and manifest.get("v") == "IW/1":
        calendar = judge_moments(manifest)
        return Promise(calendar.source, str(manifest["campaign"]), spans(manifest["intervals"]), {"IW/1": manifest})
    plan = fields(manifest, "the manifest", PRIZES_REQUIRED, PRIZES_OPTIONAL)
    if plan["v"] != "PRIZES/1":
        raise Refused('the manifest\'s v must be "IW/1" or "PRIZES/1"')
    text(plan.get("tzdata", "?"), "the manifest's tzdata")
    days = tuple(integer(day, "the end of a day") for day in array(plan["days"], "the manifest's days"))
    if not days or any(later <= earlier for earlier, later in pairwise(days)):
        raise Refused("the manifest's days must rise, and there must be one")
    return Promise(
        source=source_of(plan),
        campaign=text(plan["campaign"], "the manifest's campaign"),
        intervals=spans(plan["intervals"]),
        parts=parts_of(plan),
        caps=caps_of(plan["caps"]),
        days=days,
        sweep_from=integer(plan["sweep_from"], "the manifest's sweep_from") if "sweep_from" in plan else None,
        stage=quantities(plan.get("stage", []), "the manifest's stage"),
    )


def spans(value: object) -> list[list[int]]:
    return [list(interval) for interval in intervals_of(value)]


def parts_of(plan: dict[str, object]) -> dict[str, dict[str, object]]:
    """At most one of each protocol, of this very game, and no prize in two of them."""
    found: dict[str, dict[str, object]] = {}
    prizes: set[str] = set()
    for part in array(plan["parts"], "the manifest's parts"):
        name = part.get("v") if isinstance(part, dict) else None
        if not isinstance(part, dict) or not isinstance(name, str) or name not in PARTS or name in found:
            raise Refused(f"a part must be one of {', '.join(PARTS)}, each at most once")
        PARTS[name](part)
        if (part["campaign"], part["beacon"]) != (plan["campaign"], plan["beacon"]):
            raise Refused(f"the part {name} is of another game")
        named = set(units_of(part["prizes"]))
        if prizes & named:
            raise Refused(f"the prize {min(prizes & named)!r} stands in two parts")
        prizes |= named
        found[name] = part
    if {"IW/1", "LIST/1"} <= found.keys():
        raise Refused("moments are either drawn or listed, not both")
    return found


def caps_of(value: object) -> Caps:
    told = fields(value, "the manifest's caps", (), CAPS)
    whole = {name: integer(told[name], f"the cap {name}", 0 if name == "gap_ms" else 1) for name in CAPS[:3] if name in told}
    each = {name: capped(told[name], name) for name in CAPS[3:] if name in told}
    return Caps(**whole, **each)  # type: ignore[arg-type]


def capped(value: object, name: str) -> dict[str, int]:
    if not isinstance(value, dict):
        raise Refused(f"the cap {name} must be an object")
    return {prize: integer(most, f"the cap {name}", 1) for prize, most in value.items()}


def quantities(value: object, name: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for prize in units_of(value) if array(value, name) else []:
        counted[prize] = counted.get(prize, 0) + 1
    return counted


def promise_commitment(manifest: object, secret: bytes, listing: bytes = b"") -> bytes:
    """Published before the opening: it binds secret, manifest and the list that somebody brought, and tells nothing of them."""
    if judge_promise(manifest).bare:
        return commitment(secret, manifest)
    inputs = sized(secret, "the secret", 32) + digest(manifest) + hashlib.sha256(listing).digest()
    return hashlib.sha256(b"PRIZES/1/commit\0" + inputs).digest()


class Opened(NamedTuple):
    """What is hidden in a promise, once secret and randomness are known."""

    moments: list[Moment]
    deck: Schedule
    odds: Odds | None
    sweep_from: int | None

    def plan(self, moments: Sequence[Moment]) -> Plan:
        return Plan(Schedule((moment.at_ms, moment.prize) for moment in moments), self.deck, self.odds, self.sweep_from)


def open_promise(promise: Promise, secret: bytes, randomness: bytes, listing: bytes = b"") -> Opened:
    calendar, brought, deck, odds = (promise.parts.get(name) for name in PARTS)
    moments = derive(calendar, secret, randomness) if calendar else listed(brought, listing) if brought else []
    drawn = tickets(deck, secret, randomness) if deck else []
    return Opened(
        moments,
        Schedule((ticket.number, ticket.prize) for ticket in drawn),
        Odds(odds, secret, randomness) if odds else None,
        promise.sweep_from,
    )


def addendum(promise: Promise, number: int, prizes: list[list[object]], since_ms: int, until_ms: int | None = None) -> dict[str, object]:
    """The manifest of stock that is added: an `IW/1` over what remains of the hours, or over the seconds of a burst."""
    cut = [[max(begin, since_ms), end, weight] for begin, end, weight in promise.intervals if end > since_ms]
    return {
        "v": "IW/1",
        "campaign": f"{promise.campaign}+{number}",
        "intervals": cut if until_ms is None else [[since_ms, until_ms]],
        "prizes": prizes,
        "mode": "iid",
        "carry": "open",
        "beacon": promise.source.beacon,
    }


def merged(moments: Iterable[Moment], additions: Iterable[list[Moment]]) -> list[Moment]:
    """By time; what was sealed earlier first. Those of an addition all lie after it, so no place that was taken before moves."""
    return sorted(chain(moments, *additions), key=lambda moment: moment.at_ms)
