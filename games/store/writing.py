"""One batch, one transaction: the events, and every row that is derived from them."""

from collections.abc import Callable

from django.db import DatabaseError, connection

from games.log import Logged
from games.models import Game
from games.ruleset import Ruleset
from games.store import postgresql, sqlite
from games.store.batch import Batch, Summary, batch

WRITE: dict[str, Callable[[Batch], int]] = {"postgresql": postgresql.write, "sqlite": sqlite.write}


class Fenced(DatabaseError):
    """The game was loaded again since: it has another owner, who has read the log without this batch."""


def append(game_id: int, ruleset: Ruleset, entries: list[Logged], summary: Summary, fence: int) -> None:
    """Stores all or nothing, and only what follows the latest load. Raises Fenced; IntegrityError where a number is taken."""
    if WRITE[connection.vendor](batch(game_id, ruleset, entries, summary, fence)):
        return
    raise Fenced(game_id) if Game.objects.filter(pk=game_id).exists() else Game.DoesNotExist(game_id)
