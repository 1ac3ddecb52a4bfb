"""What must hold of a game's rows at any time, recomputed from its log. A sentence for each violation.

It reads in one snapshot of the database, so that a running game can be checked while it runs.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec
from django.db import connection, transaction
from django.db.models import Max

from games.log import Logged
from games.models import Award, Game, Player, Snapshot
from games.proof import opened
from games.replay import Kept, Replay
from games.ruleset import Ruleset, State
from games.sealing import WrongKey
from games.store.loading import read, ruleset_of, totals


def violations(game_id: int) -> list[str]:
    """Runs in the tenant's scope."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        game = Game.objects.get(pk=game_id)
        return [f"Game {game.public_id}: {fault}" for fault in faults(game)]


def faults(game: Game) -> Iterator[str]:
    ruleset = ruleset_of(game)
    try:
        log, seal = read(game.pk, ruleset), opened(game)
    except (msgspec.DecodeError, WrongKey) as error:
        yield f"it cannot be read: {error}"
        return
    state = Replay(ruleset).follow(log).state
    yield from numbering(game, log)
    yield from numbers(game, ruleset, state, log)
    yield from prizes(game, ruleset, state, log)
    yield from people(game, state)
    yield from pictures(ruleset, log, state)
    yield from kept(game, ruleset, log)
    yield from ruleset.mechanic.faults(seal, [(entry.seq, entry.at, entry.event) for entry in log])


def numbering(game: Game, log: list[Logged]) -> Iterator[str]:
    """I6: events are 1, 2, 3… in the order of their times, and the row knows the last."""
    for place, entry in enumerate(log, 1):
        if entry.seq != place:
            yield f"event {place} is missing."
            break
    for earlier, later in pairwise(log):
        if later.at < earlier.at:
            yield f"event {later.seq} is older than event {earlier.seq}."
    last = log[-1].seq if log else 0
    if game.seq != last:
        yield f"the row says that the last event is {game.seq}, and it is {last}."


def numbers(game: Game, ruleset: Ruleset, state: State, log: list[Logged]) -> Iterator[str]:
    """Totals in the row, counters in the state, events counted again and the sums of the minutes are the same numbers."""
    counted: Counter[str] = Counter()
    for entry in log:
        counted.update(ruleset.counts(entry.event))
    told = {"its minutes": totals(game.pk), "its state": ruleset.stats(state), "its row": game.totals if log else {}}
    for where, found in told.items():
        for name in sorted({*counted, *found}):
            if counted[name] != found.get(name, 0):
                yield f"the events count {counted[name]} {name}, and {where} {found.get(name, 0)}."
    if log and game.stock != dict(ruleset.mechanic.stock(state.mechanic)):
        yield f"the row says that {game.stock} is left, and it is {dict(ruleset.mechanic.stock(state.mechanic))}."


def prizes(game: Game, ruleset: Ruleset, state: State, log: list[Logged]) -> Iterator[str]:
    """I1, I2: every award has its event, every event that gives has its award, none beyond the stock."""
    due = {
        (entry.seq, award.player, award.prize, award.unit, award.moment, entry.at) for entry in log for award in ruleset.awards(entry.event)
    }
    rows = Award.objects.filter(game=game).values_list("play", "player", "prize", "unit", "moment", "at")
    given = set(rows)
    for play, player, prize, unit, *_ in sorted(given - due, key=str):
        yield f"award of {prize} {unit} to player {player} does not follow from event {play}."
    for play, player, prize, unit, *_ in sorted(due - given, key=str):
        yield f"event {play} gives {prize} {unit} to player {player}, and there is no such award."
    counted, left = Counter(prize for _, _, prize, *_ in due), ruleset.mechanic.stock(state.mechanic)
    for prize, count in counted.items():
        if left.get(prize, -count) < 0:
            yield f"{count} of {prize} were given, and there are {count + left.get(prize, -count)}."


def people(game: Game, state: State) -> Iterator[str]:
    """Players have the numbers that were given, and nobody is in the game who has none."""
    found: dict[str, Any] = Player.objects.filter(game=game).aggregate(last=Max("number"))
    last, count = found["last"] or 0, Player.objects.filter(game=game).count()
    if not game.numbers == last == count:
        yield f"{game.numbers} numbers were given, the last is {last}, and there are {count} players."
    strangers = [number for number in range(last + 1, len(state.lifecycle.joined) * 8) if state.lifecycle.has_joined(number)]
    for number in strangers:
        yield f"player {number} is in the game and has no row."


def pictures(ruleset: Ruleset, log: list[Logged], state: State) -> Iterator[str]:
    """A state that went through a snapshot in the middle shows what one that did not shows (decision 29)."""
    half = len(log) // 2
    again = Replay.unpacked(ruleset, "", Replay(ruleset).follow(log[:half]).frozen().packed())
    assert again is not None
    again.follow(log[half:])
    for eye in ("everyone", "operator"):
        if ruleset.view(again.state, eye) != ruleset.view(state, eye):
            yield f"a snapshot in the middle of the log changes what {eye} sees."


def kept(game: Game, ruleset: Ruleset, log: list[Logged]) -> Iterator[str]:
    """The stored snapshot is what the log said at its number; one of other types will be thrown away."""
    for row in Snapshot.objects.filter(game=game):
        found = Replay.unpacked(ruleset, game.line, Kept(row.seq, row.fingerprint, bytes(row.data)))
        if row.seq > game.seq:
            yield f"its snapshot is of event {row.seq}, and the last event is {game.seq}."
        elif found and not found.same(Replay(ruleset).follow(log[: row.seq])):
            yield f"its snapshot is not what the log says at event {row.seq}."
