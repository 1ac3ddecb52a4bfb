"""Randomness from a public beacon: drand's quicknet, whose rounds nobody can foresee or choose."""

import hashlib
from collections.abc import Sequence

from games.fairness.shape import Refused, fields, integer, octets

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"


def drand(number: int) -> str:
    """What the manifest says in its field "beacon"."""
    return f"drand:{QUICKNET}:{integer(number, 'the round', 1)}"


def round_of(beacon: str) -> int:
    number = beacon.removeprefix(f"drand:{QUICKNET}:")
    if not number.isascii() or not number.isdecimal() or drand(int(number[:17])) != beacon:
        raise Refused("the manifest's beacon must be drand:<chain of quicknet>:<round>")
    return int(number)


def emitted(document: object, rounds: Sequence[int]) -> bytes:
    """The randomness of a beacon.json for one of these rounds. Its signature is not checked here."""
    found = fields(document, "beacon.json", ["round", "signature", "randomness"])
    if integer(found["round"], "beacon.json's round", 1) not in rounds:
        raise Refused(f"beacon.json is of round {found['round']}, the manifest names {' or '.join(map(str, rounds))}")
    signature = octets(found["signature"], "beacon.json's signature", 48)
    drawn = octets(found["randomness"], "beacon.json's randomness", 32)
    if hashlib.sha256(signature).digest() != drawn:
        raise Refused("beacon.json's randomness is not the hash of its signature")
    return drawn
