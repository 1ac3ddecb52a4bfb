"""The files of a game's proof, from its tables: who has them can recompute every outcome."""

import msgspec

from games.fairness import pack
from games.mechanic import Facts, Seal
from games.mechanics.instant_win import InstantWin
from games.models import Game
from games.sealing import open_key
from games.store.loading import mechanic_of, read, ruleset_of, seal_of


def zipped(game: Game) -> bytes:
    return pack.zipped(mechanic_of(game).reveal(opened(game), facts(game)))


def opened(game: Game) -> Seal:
    """With what was kept back until the end."""
    seal = seal_of(game, open_key(bytes(game.key), game.public_id))
    return msgspec.structs.replace(seal, source=game.seal["witness"])


def facts(game: Game) -> Facts:
    return ((entry.seq, entry.at, entry.event) for entry in read(game.pk, ruleset_of(game)))


def secret(game: Game) -> str:
    mechanic = mechanic_of(game)
    return mechanic.secret(opened(game).key).hex() if isinstance(mechanic, InstantWin) else ""
