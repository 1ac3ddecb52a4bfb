"""A sealed deck `DECK/1`: as many tickets as plays are expected, shuffled by the secret; play n has ticket n."""

import hmac
from typing import NamedTuple

from games.fairness.canonical import digest
from games.fairness.moments import units_of
from games.fairness.shape import Refused, fields, integer, sized, text
from games.fairness.source import source_of
from games.fairness.stream import Stream

MOST_TICKETS = 10_000_000
DECK_REQUIRED = ("v", "campaign", "tickets", "prizes", "beacon")


class Ticket(NamedTuple):
    """A winning one. Numbers count from 1, as plays do; units from 0 through all prizes in the manifest's order."""

    number: int
    unit: int
    prize: str


def tickets(manifest: object, secret: bytes, randomness: bytes) -> list[Ticket]:
    """The winning tickets in their order. The shuffle is Fisher-Yates, told only as far as there are winners."""
    count, units = judge_deck(manifest)
    inputs = digest(manifest) + sized(randomness, "the randomness", 32)
    stream = Stream(hmac.digest(sized(secret, "the secret", 32), b"DECK/1\0" + inputs, "sha256"))
    moved: dict[int, int] = {}
    found = []
    for unit, prize in enumerate(units):
        drawn = unit + stream.below(count - unit)
        found.append(Ticket(moved.get(drawn, drawn) + 1, unit, prize))
        moved[drawn] = moved.get(unit, unit)
    return sorted(found)


def judge_deck(manifest: object) -> tuple[int, list[str]]:
    """How many tickets there are, and the prize of each unit. Raises Refused."""
    plan = fields(manifest, "the manifest of the deck", DECK_REQUIRED)
    if plan["v"] != "DECK/1":
        raise Refused('the v of a deck must be "DECK/1"')
    text(plan["campaign"], "the deck's campaign")
    source_of(plan)
    count, units = integer(plan["tickets"], "the deck's tickets", 1, MOST_TICKETS), units_of(plan["prizes"])
    if len(units) > count:
        raise Refused(f"{len(units)} units of prizes do not fit into a deck of {count} tickets")
    return count, units
