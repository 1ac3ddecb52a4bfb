"""Adaptive odds `ODDS/1`: play n wins with the chance remaining units / plays that are still expected, by a number the secret fixed."""

import hmac
import struct
from collections.abc import Callable, Mapping

from games.fairness.canonical import digest
from games.fairness.moments import units_of
from games.fairness.shape import Refused, fields, integer, sized, text
from games.fairness.source import source_of
from games.fairness.stream import Stream

MOST_PLAYS = 10_000_000
ODDS_REQUIRED = ("v", "campaign", "plays", "prizes", "beacon")


class Odds:
    """A manifest that has been judged, with its key."""

    def __init__(self, manifest: object, secret: bytes, randomness: bytes) -> None:
        self.plays, self.stock = judge_odds(manifest)
        inputs = digest(manifest) + sized(randomness, "the randomness", 32)
        self.key = hmac.digest(sized(secret, "the secret", 32), b"ODDS/1\0" + inputs, "sha256")

    def drawn(self, number: int, taken: Mapping[str, int], free: Callable[[str], bool], certain: bool = False) -> str | None:
        """The prize that this play wins, if any: each unit that may be given now is as likely as any other."""
        left = {prize: stock - taken.get(prize, 0) for prize, stock in self.stock.items() if free(prize)}
        remaining = sum(left.values())
        if remaining <= 0:
            return None
        ahead = remaining if certain else max(remaining, self.plays - number + 1)
        ticket = Stream(hmac.digest(self.key, struct.pack(">Q", number), "sha256")).below(ahead)
        for prize, count in left.items():
            if ticket < count:
                return prize
            ticket -= count
        return None


def judge_odds(manifest: object) -> tuple[int, dict[str, int]]:
    """How many plays are expected, and the stock of each prize. Raises Refused."""
    plan = fields(manifest, "the manifest of the odds", ODDS_REQUIRED)
    if plan["v"] != "ODDS/1":
        raise Refused('the v of adaptive odds must be "ODDS/1"')
    text(plan["campaign"], "the odds' campaign")
    source_of(plan)
    stock: dict[str, int] = {}
    for prize in units_of(plan["prizes"]):
        stock[prize] = stock.get(prize, 0) + 1
    return integer(plan["plays"], "the plays expected", 1, MOST_PLAYS), stock
