"""Where the randomness of a manifest comes from: two witnesses, or a round of the beacon."""

from typing import NamedTuple

from games.fairness.beacon import round_of
from games.fairness.shape import integer, text
from games.fairness.witness import commitments


class Source(NamedTuple):
    beacon: str
    rounds: tuple[int, ...]
    """The rounds that may decide, in order; none where witnesses do."""


def source_of(manifest: dict[str, object]) -> Source:
    beacon = text(manifest["beacon"], "the manifest's beacon")
    if beacon.startswith("witness:"):
        commitments(beacon)
        return Source(beacon, ())
    first = round_of(beacon)
    if "fallback_round" not in manifest:
        return Source(beacon, (first,))
    return Source(beacon, (first, integer(manifest["fallback_round"], "the manifest's fallback_round", first + 1)))
