"""Randomness without a network: two parties commit to a secret each and reveal both afterwards."""

import hashlib

from games.fairness.shape import Refused, array, fields, octets, sized


def commit(secret: bytes) -> bytes:
    return hashlib.sha256(b"COMMIT/1\0" + sized(secret, "a witness's secret", 32)).digest()


def randomness(first: bytes, second: bytes) -> bytes:
    """Neither party can choose it, as long as one of the two kept its secret until both commitments were public."""
    secrets = sized(first, "a witness's secret", 32) + sized(second, "a witness's secret", 32)
    return hashlib.sha256(b"2P/1\0" + secrets).digest()


def label(first: bytes, second: bytes) -> str:
    """What the manifest says in its field "beacon"."""
    return f"witness:{first.hex()}:{second.hex()}"


def commitments(beacon: str) -> tuple[bytes, bytes]:
    _, *parts = beacon.split(":")
    if len(parts) != 2:
        raise Refused("the manifest's beacon must be witness:<commitment>:<commitment>")
    first, second = (octets(part, "a witness's commitment", 32) for part in parts)
    if first == second:
        raise Refused("both witnesses gave the same commitment, so one has copied the other")
    return first, second


def witnessed(document: object, beacon: str) -> bytes:
    """The randomness of a witness.json, if its secrets are those that were committed to."""
    secrets = array(fields(document, "witness.json", ["secrets"])["secrets"], "witness.json's secrets")
    promised = commitments(beacon)
    if len(secrets) != len(promised):
        raise Refused("witness.json must have two secrets")
    first, second = (octets(secret, "a secret of witness.json", 32) for secret in secrets)
    for number, (secret, promise) in enumerate(zip((first, second), promised, strict=True), start=1):
        if commit(secret) != promise:
            raise Refused(f"secret {number} of witness.json is not the one the manifest commits to")
    return randomness(first, second)
