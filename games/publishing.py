"""Publishing a game: its key is made, what is sealed is committed to, and from then on nobody can change it."""

import secrets

from games.fairness import witness
from games.mechanic import Seal, Terms
from games.models import Game
from games.sealing import new_key, open_key
from games.store.loading import hours_of, mechanic_of


def seal(game: Game) -> None:
    """Sets key and seal of a game that has not been published; does not save.

    Without a network the randomness comes from two secrets (decision 11), so the page says "witnessed". Raises ValueError
    with a sentence when the settings do not allow a seal.
    """
    if game.seal:
        raise ValueError("This game is sealed already.")
    game.key = new_key(game.public_id)
    mechanic = mechanic_of(game)
    first, second = secrets.token_bytes(32), secrets.token_bytes(32)
    beacon = witness.label(witness.commit(first), witness.commit(second))
    hours = hours_of(game)
    manifest = mechanic.manifest(Terms(game.public_id, hours.opens_at, hours.closes_at, beacon))
    if manifest is None:
        return
    randomness = witness.randomness(first, second)
    committed = mechanic.commitment(Seal(open_key(game.key, game.public_id), manifest, randomness))
    game.seal = {
        "manifest": manifest,
        "commit": committed,
        "randomness": randomness.hex(),
        "witness": {"secrets": [first.hex(), second.hex()]},
    }
