"""Publishing a game: its key is made, what is sealed is committed to, and from then on nobody can change it."""

import secrets
from math import isinf
from typing import Any

import msgspec
from django.db import transaction

from games import history
from games.fairness import traffic, witness
from games.fairness.shape import Refused
from games.fairness.simulation import HIGHEST, Forecast
from games.lifecycle import Lifecycle, State
from games.mechanic import Mechanic, Seal, Terms
from games.models import Game
from games.models.game import join_code
from games.papers import versions
from games.registry import MECHANICS
from games.sealing import keep
from games.store.loading import hours_of, mechanic_of
from tenants import scope

LONGEST = 400 * 86_400.0  # seconds: every hour of a game is a line of its manifest


class Lopsided(ValueError):
    """Some hours would be much better to win in than others; somebody may confirm that it is meant so."""

    def __init__(self, found: Forecast) -> None:
        super().__init__(uneven(found))
        self.ratio = found.ratio  # of the best hour's odds to the worst's; infinite where an hour has none


def publish(game: Game, confirmed: bool = False) -> None:
    """Seals and stores a new game, under a join code that is free. Raises ValueError with a sentence.

    Raises Lopsided where the odds of two hours differ too much, unless that is `confirmed`.
    """
    found = None if confirmed else forecast(game)
    if found and found.is_lopsided:
        raise Lopsided(found)
    seal(game)
    game.next_at = hours_of(game).deadline(State())
    with transaction.atomic():
        game.code = free_code()
        game.save()
        versions.keep(game)


def forecast(game: Game) -> Forecast | None:
    """The odds hour by hour, if people come as they came to this tenant's games so far, else as a usual week has them.

    None where the hour makes no difference. Raises ValueError with a sentence.
    """
    hours, mechanic = judged(hours_of(game)), settled(game)
    try:
        return mechanic.forecast(Terms(game.public_id, hours.opens_at, hours.closes_at), history.week() or traffic.FRENCH_WEEK)
    except Refused as refused:
        raise ValueError(sentence(refused)) from refused


def uneven(found: Forecast) -> str:
    if isinf(found.ratio):
        return "At some hours nobody could win. Spread the moments as people play, or confirm that it is meant so."
    return (
        f"The best hour would have {found.ratio:.1f} times the odds of the worst. "
        f"Up to {HIGHEST:.0f} is usual: spread the moments as people play, or confirm that it is meant so."
    )


def free_code() -> str:
    """Codes are unique on the platform, not in a tenant."""
    while True:
        code = join_code()
        with scope.platform():
            if not Game.objects.filter(code=code).exists():
                return code


def seal(game: Game) -> None:
    """Sets key and seal of a game that has not been published; does not save.

    Without a network the randomness comes from two secrets (decisions 11, 63), so the page says "witnessed". Raises ValueError
    with a sentence when hours or settings do not allow a seal; the game is then as it was.
    """
    if game.key:
        raise ValueError("This game is sealed already.")
    hours, mechanic, key = judged(hours_of(game)), settled(game), secrets.token_bytes(32)
    try:
        game.seal = sealed(mechanic, Terms(game.public_id, hours.opens_at, hours.closes_at), key)
    except Refused as refused:
        raise ValueError(sentence(refused)) from refused
    game.key = keep(key, game.public_id)


def judged(hours: Lifecycle) -> Lifecycle:
    if hours.opens_at is None or hours.closes_at is None:
        return hours
    if hours.closes_at <= hours.opens_at:
        raise ValueError("A game closes after it opens.")
    if hours.closes_at - hours.opens_at > LONGEST:
        raise ValueError(f"A game is open for at most {LONGEST / 86_400:.0f} days.")
    return hours


def settled(game: Game) -> Mechanic[Any, Any, Any]:
    if game.kind not in MECHANICS:
        raise ValueError(f"There is no kind of game called {game.kind}.")
    try:
        return mechanic_of(game)
    except msgspec.ValidationError as error:
        raise ValueError(sentence(error)) from error


def sealed(mechanic: Mechanic[Any, Any, Any], terms: Terms, key: bytes) -> dict[str, Any]:
    """What the row keeps of a seal: all of it may be known, and is shown when it is time."""
    first, second = secrets.token_bytes(32), secrets.token_bytes(32)
    beacon = witness.label(witness.commit(first), witness.commit(second))
    manifest = mechanic.manifest(msgspec.structs.replace(terms, beacon=beacon))
    if manifest is None:
        return {}
    randomness = witness.randomness(first, second)
    return {
        "manifest": manifest,
        "commit": mechanic.commitment(Seal(key, manifest, randomness)),
        "randomness": randomness.hex(),
        "witness": {"secrets": [first.hex(), second.hex()]},
    }


def sentence(error: Exception) -> str:
    text = str(error).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
