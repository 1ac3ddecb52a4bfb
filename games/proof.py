"""The proof of a game that is over: the files from which a stranger recomputes every outcome (decision 9).

`manage.py verify` and the stand-alone `verify.py` read them; the proof page offers them as a zip.
"""

from collections.abc import Iterator

from games.mechanic import Event, Seal
from games.models import Game
from games.sealing import open_key
from games.store.loading import read, ruleset_of, seal_of


class NotOver(Exception):
    """Before the end the proof would tell when to play."""


def pack(game: Game) -> dict[str, bytes]:
    """The files by their names; none for a game that sealed nothing. Runs in the tenant's scope. Raises NotOver."""
    if game.phase != "ended":
        raise NotOver(f"Game {game.public_id} is not over.")
    ruleset = ruleset_of(game)
    return ruleset.mechanic.reveal(opened(game), facts(game))


def opened(game: Game) -> Seal:
    return seal_of(game, open_key(bytes(game.key), game.public_id))


def facts(game: Game) -> Iterator[tuple[int, float, Event]]:
    """The log as rules read it: number, time, event."""
    return ((entry.seq, entry.at, entry.event) for entry in read(game.pk, ruleset_of(game)))
