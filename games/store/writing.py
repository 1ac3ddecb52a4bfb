"""One batch, one transaction: the events, and every row that is derived from them."""

from collections.abc import Callable

from django.db import connection

from games.log import Logged
from games.models import Game
from games.ruleset import Ruleset
from games.store import postgresql, sqlite
from games.store.batch import Batch, Summary, batch

WRITE: dict[str, Callable[[Batch], int]] = {"postgresql": postgresql.write, "sqlite": sqlite.write}


def append(game_id: int, ruleset: Ruleset, entries: list[Logged], summary: Summary) -> None:
    """Stores all or nothing. Raises IntegrityError when another writer was there first: the fence."""
    if not WRITE[connection.vendor](batch(game_id, ruleset, entries, summary)):
        raise Game.DoesNotExist(game_id)
