"""From the tables to what an actor begins with: the rules of a game and its log."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from django.db.models import Sum

from games.lifecycle import Lifecycle
from games.log import Logged, decoded
from games.mechanic import Mechanic, Seal
from games.models import Game, Minute
from games.registry import MECHANICS
from games.replay import Replay
from games.ruleset import Ruleset
from games.sealing import open_key
from games.store import snapshots
from games.store.asking import ask, listed, owners

EVENTS = 'SELECT seq, at, role, "by", ref, kind, version, data FROM games_gameevent WHERE game_id = %s'
SOME = EVENTS + " AND seq {listed} AND tenant_id BETWEEN %s AND %s ORDER BY seq"
TAIL = EVENTS + " AND seq > %s AND tenant_id BETWEEN %s AND %s ORDER BY seq LIMIT 10000"
FENCE = "UPDATE games_game SET fence = fence + 1 WHERE id = %s AND tenant_id BETWEEN %s AND %s RETURNING fence"
HISTORY = 60  # minutes of a game's numbers that its actor keeps at hand


class Loaded(NamedTuple):
    kind: str
    public_id: str
    line: str
    ruleset: Ruleset
    past: Replay
    minutes: list[tuple[int, str, int]]  # minute, name, value
    fence: int  # each commit that goes on from here says it


def mechanic_of(game: Game) -> Mechanic[Any, Any, Any]:
    mechanic: Mechanic[Any, Any, Any] = msgspec.convert(game.settings, MECHANICS[game.kind])
    return mechanic


def hours_of(game: Game) -> Lifecycle:
    opens_at, closes_at = (hour.timestamp() if hour else None for hour in (game.opens_at, game.closes_at))
    return Lifecycle(opens_at, closes_at)


def ruleset_of(game: Game, key: bytes | None = None) -> Ruleset:
    """Without the key the rules can replay and show, but decide nothing that is sealed."""
    mechanic = mechanic_of(game)
    return Ruleset(mechanic, hours_of(game), mechanic.sealed(seal_of(game, key)) if key else None)


def seal_of(game: Game, key: bytes) -> Seal:
    randomness = bytes.fromhex(game.seal.get("randomness", "00" * 32))
    return Seal(key, game.seal.get("manifest"), randomness, game.seal.get("witness", {}))


def load(game_id: int, now: float) -> Loaded:
    """Raises Game.DoesNotExist. Who loaded the game before can write no more: what he is writing now is waited for and read."""
    fences = ask(FENCE, game_id, *owners())
    game = Game.objects.get(pk=game_id)
    ruleset = ruleset_of(game, open_key(bytes(game.key), game.public_id))
    since = int(now // 60) - HISTORY
    minutes = Minute.objects.filter(game=game_id, minute__gt=since).values_list("minute", "name", "value")
    past = snapshots.newest(game_id, ruleset, game.line)
    past.follow(following(game_id, ruleset, past.seq))
    return Loaded(game.kind, game.public_id, game.line, ruleset, past, list(minutes), fences[0][0])


def read(game_id: int, ruleset: Ruleset, seqs: list[int] | None = None) -> list[Logged]:
    """The log, in order; or of it the events with these numbers."""
    if seqs is None:
        return list(following(game_id, ruleset))
    return list(decoded(ruleset, ask(SOME, game_id, listed(seqs), *owners())))


def following(game_id: int, ruleset: Ruleset, after: int = 0) -> Iterator[Logged]:
    """A long log in pieces: no piece is long in the making, and none has to be held while the next one is read."""
    while rows := ask(TAIL, game_id, after, *owners()):
        yield from decoded(ruleset, rows)
        after = rows[-1][0]


def totals(game_id: int) -> dict[str, int]:
    """The sums of a game's minutes: the same numbers as the counters in its state (decision 48)."""
    rows = Minute.objects.filter(game=game_id).values_list("name").annotate(total=Sum("value"))
    return dict(rows)
