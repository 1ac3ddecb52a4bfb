"""The files of an instant win's proof, from its tables: who has them can recompute every outcome."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator
from typing import cast

from games.fairness import pack
from games.fairness.plays import Play
from games.log import Logged
from games.mechanics.instant_win import InstantWin, Lost, Won
from games.models import Game
from games.sealing import open_key
from games.store.loading import mechanic_of, read, ruleset_of


def key_of(game: Game) -> bytes:
    return open_key(bytes(game.key), game.public_id)


def secret(game: Game) -> bytes:
    return cast(InstantWin, mechanic_of(game)).secret(key_of(game))


def zipped(game: Game) -> bytes:
    return pack.zipped(pack.moments_files(game.seal["manifest"], secret(game), game.seal["witness"], plays(game)))


def plays(game: Game) -> Iterator[Play]:
    """Eligible plays in their order. Who has had his share cannot win, so his later plays take part in nothing."""
    most = cast(InstantWin, mechanic_of(game)).wins_per_player
    wins: Counter[int] = Counter()
    key = key_of(game)
    for entry in read(game.pk, ruleset_of(game)):
        if not isinstance(entry.event, Won | Lost):
            continue
        player = entry.event.player
        if wins[player] < most:
            yield play(key, entry, player)
        wins[player] += isinstance(entry.event, Won)


def play(key: bytes, entry: Logged, player: int) -> Play:
    """Numbers of players would tell who came when: each play and each player has a name that only the game's key can make."""
    moment = entry.event.moment if isinstance(entry.event, Won) else None
    return Play(int(entry.at * 1000), named(key, b"play", entry.seq), named(key, b"group", player), moment)


def named(key: bytes, use: bytes, number: int) -> str:
    return hmac.digest(key, b"proof " + use + b" %d" % number, hashlib.sha256).hex()[:32]
