"""What a proof is about follows from its manifest, whose first word names the protocol; a game of any kind may use one of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from games.models import Game
from games.pages import times


class Protocol(NamedTuple):
    """Its name is the template's, and the word that `verify` takes."""

    name: str
    facts: Callable[[Game], dict[str, Any]]


def moments(game: Game) -> dict[str, Any]:
    """How many moments, between which hours, and how many plays have taken one so far: shown after the end alone."""
    manifest, zone = game.seal["manifest"], game.tenant.zone
    intervals = manifest["intervals"]
    return {
        "units": times.number(sum(stock for part in manifest.get("parts", [manifest]) for _, stock in part["prizes"])),
        "first": times.moment(instant(min(interval[0] for interval in intervals)), zone),
        "won": times.number(game.totals.get("won", 0)),
        "last": times.moment(instant(max(interval[1] for interval in intervals)), zone),
    }


def instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


PROTOCOLS = {name: Protocol("moments", moments) for name in ("IW/1", "PRIZES/1")}


def of(game: Game) -> Protocol:
    return PROTOCOLS[game.seal["manifest"]["v"]]
