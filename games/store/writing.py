"""One batch, one transaction: the events, and every row that is derived from them."""

from collections import Counter

import msgspec
from django.db import connection, transaction

from games.log import Logged
from games.models import Award, Game, GameEvent, Minute
from games.ruleset import Ruleset
from tenants import scope


class Summary(msgspec.Struct, frozen=True):
    """What lists and the clock need of a game without waking it."""

    phase: str
    next_at: float | None
    totals: dict[str, int] = {}
    stock: dict[str, int] = {}


def append(game_id: int, ruleset: Ruleset, entries: list[Logged], summary: Summary) -> None:
    """Stores all or nothing. Raises IntegrityError when another writer was there first: the fence."""
    with transaction.atomic():
        GameEvent.objects.bulk_create([_row(game_id, entry) for entry in entries])
        Award.objects.bulk_create(_awards(game_id, ruleset, entries))
        add_minutes(game_id, ruleset, entries)
        Game.objects.filter(pk=game_id).update(seq=entries[-1].seq, **msgspec.structs.asdict(summary))


def _row(game_id: int, entry: Logged) -> GameEvent:
    return GameEvent(
        game_id=game_id,
        seq=entry.seq,
        at=entry.at,
        role=entry.role,
        by=entry.by,
        ref=entry.ref,
        kind=str(entry.event.__struct_config__.tag),
        version=entry.event.version,
        data=msgspec.json.encode(entry.event).decode(),
    )


def _awards(game_id: int, ruleset: Ruleset, entries: list[Logged]) -> list[Award]:
    return [
        Award(
            game_id=game_id,
            player=award.player,
            prize=award.prize,
            unit=award.unit,
            moment=award.moment,
            play=entry.seq,
            at=entry.at,
        )
        for entry in entries
        for award in ruleset.awards(entry.event)
    ]


def counted(ruleset: Ruleset, entries: list[Logged]) -> Counter[tuple[int, str]]:
    """What a batch adds to the minutes, by minute and name."""
    sums: Counter[tuple[int, str]] = Counter()
    for entry in entries:
        for name, value in ruleset.counts(entry.event).items():
            sums[int(entry.at // 60), name] += value
    return sums


def add_minutes(game_id: int, ruleset: Ruleset, entries: list[Logged]) -> None:
    """Adds in the database: both of ours have the same words for "insert, or add to what is there"."""
    rows = [(scope.owner(), game_id, minute, name, value) for (minute, name), value in counted(ruleset, entries).items()]
    if not rows:
        return
    table = connection.ops.quote_name(Minute._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (tenant_id, game_id, minute, name, value) VALUES (%s, %s, %s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (game_id, minute, name) DO UPDATE SET value = {table}.value + excluded.value",
            rows,
        )
