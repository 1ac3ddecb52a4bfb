"""A draw `DRAW/1`: a frozen list, a randomness that came after it, and the winners that follow from both."""

import hashlib
import hmac
from collections.abc import Sequence
from typing import NamedTuple

from games.fairness.canonical import digest
from games.fairness.entries import Entry, entries_of
from games.fairness.shape import Refused, array, fields, integer, octets, sized, text
from games.fairness.source import Source, source_of
from games.fairness.stream import Stream

DRAW_REQUIRED = ("v", "draw", "entries_sha256", "entries_count", "winners", "dedupe", "beacon")
DRAW_OPTIONAL = ("tenant", "campaign", "rules_sha256", "weight_total", "prizes", "substitutes", "fallback_round", "software")


class Frozen(NamedTuple):
    """A manifest that has been judged."""

    entries_sha256: bytes
    entries_count: int
    weight_total: int | None
    winners: int
    substitutes: int
    dedupe: str
    prizes: list[str]
    """The prize of each winner in the order of selection; empty where the manifest names none."""
    source: Source


class Tree:
    """Weights with fast sums of their beginnings (Fenwick): change one or find by running total in log n steps."""

    def __init__(self, weights: Sequence[int]) -> None:
        self.weights = list(weights)
        self.sums = [0, *weights]
        for place in range(1, len(self.sums)):
            above = place + (place & -place)
            if above < len(self.sums):
                self.sums[above] += self.sums[place]
        self.total = sum(weights)

    def clear(self, index: int) -> None:
        """Take the weight away: it cannot be found again."""
        weight, place = self.weights[index], index + 1
        self.weights[index] = 0
        self.total -= weight
        while place < len(self.sums):
            self.sums[place] -= weight
            place += place & -place

    def find(self, ticket: int) -> int:
        """The smallest index whose running total is above the ticket."""
        place = 0
        step = 1 << (len(self.sums) - 1).bit_length()
        while step := step >> 1:
            if place + step < len(self.sums) and self.sums[place + step] <= ticket:
                place += step
                ticket -= self.sums[place]
        return place


def select(entries: Sequence[Entry], count: int, dedupe: str, key: bytes) -> list[str]:
    """Ids of the drawn entries in order: at most count, fewer when everyone has been drawn."""
    tree, stream = Tree([entry.weight for entry in entries]), Stream(key)
    if tree.total > 2**63:
        raise Refused("the weights add up to more than 2^63")
    owners = [entry.group if dedupe == "group" else entry.id for entry in entries]
    owned: dict[str, list[int]] = {}
    for index, owner in enumerate(owners):
        owned.setdefault(owner, []).append(index)
    selected: list[str] = []
    while len(selected) < count and tree.total:
        drawn = tree.find(stream.below(tree.total))
        selected.append(entries[drawn].id)
        for index in owned[owners[drawn]]:
            tree.clear(index)
    return selected


def draw_key(manifest: object, randomness: bytes) -> bytes:
    # The secret is 32 zero bytes: one that the organiser may withhold would be a veto.
    return hmac.digest(bytes(32), b"DRAW/1\0" + digest(manifest) + sized(randomness, "the randomness", 32), "sha256")


def drawn_from(manifest: object, data: bytes, randomness: bytes) -> list[str]:
    """Winners, then substitutes, from the manifest and the very bytes of its entries.txt."""
    frozen = judge_draw(manifest)
    if hashlib.sha256(data).digest() != frozen.entries_sha256:
        raise Refused("entries.txt is not the list the manifest has frozen")
    entries = entries_of(data)
    if len(entries) != frozen.entries_count:
        raise Refused(f"entries.txt has {len(entries)} entries, the manifest says {frozen.entries_count}")
    weight = sum(entry.weight for entry in entries)
    if frozen.weight_total not in (None, weight):
        raise Refused(f"entries.txt has a weight of {weight}, the manifest says {frozen.weight_total}")
    return select(entries, frozen.winners + frozen.substitutes, frozen.dedupe, draw_key(manifest, randomness))


def assignment(frozen: Frozen, selected: Sequence[str]) -> list[list[str]]:
    """Who gets which prize; those after the winners are substitutes and have none yet."""
    return [[entry, prize] for entry, prize in zip(selected, frozen.prizes, strict=False)]


def judge_draw(manifest: object) -> Frozen:
    """Raises Refused for what no draw may be frozen with."""
    plan = fields(manifest, "the manifest", DRAW_REQUIRED, DRAW_OPTIONAL)
    if plan["v"] != "DRAW/1":
        raise Refused('the manifest\'s v must be "DRAW/1"')
    judge_labels(plan)
    dedupe = text(plan["dedupe"], "the manifest's dedupe")
    if dedupe not in ("group", "entry"):
        raise Refused('the manifest\'s dedupe must be "group" or "entry"')
    winners = integer(plan["winners"], "the manifest's winners", 1)
    return Frozen(
        entries_sha256=octets(plan["entries_sha256"], "the manifest's entries_sha256", 32),
        entries_count=integer(plan["entries_count"], "the manifest's entries_count"),
        weight_total=integer(plan["weight_total"], "the manifest's weight_total") if "weight_total" in plan else None,
        winners=winners,
        substitutes=integer(plan.get("substitutes", 0), "the manifest's substitutes"),
        dedupe=dedupe,
        prizes=ranked(plan["prizes"], winners) if "prizes" in plan else [],
        source=source_of(plan),
    )


def judge_labels(plan: dict[str, object]) -> None:
    """What says which draw this is, and decides nothing."""
    for name in ("draw", "tenant", "campaign"):
        text(plan.get(name, "?"), f"the manifest's {name}")
    octets(plan.get("rules_sha256", "0" * 64), "the manifest's rules_sha256", 32)
    if "software" in plan:
        fields(plan["software"], "the manifest's software", ["version", "commit"])


def ranked(value: object, winners: int) -> list[str]:
    """The prize of each winner: by rank, then by id."""
    prizes: list[tuple[int, str, int]] = []
    for item in array(value, "the manifest's prizes"):
        prize = fields(item, "a prize", ["id", "qty", "rank"])
        quantity = integer(prize["qty"], "a prize's qty", 1, winners)
        prizes.append((integer(prize["rank"], "a prize's rank"), text(prize["id"], "a prize's id"), quantity))
    if len({name for _, name, _ in prizes}) != len(prizes):
        raise Refused("a prize is listed twice")
    if sum(quantity for *_, quantity in prizes) != winners:
        raise Refused(f"the manifest's prizes are not for {winners} winners")
    return [name for _, name, quantity in sorted(prizes) for _ in range(quantity)]
