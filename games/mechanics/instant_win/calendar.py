"""The sealed part of an instant win: what is promised before it opens, and what shows afterwards that it was kept."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from games.fairness import traffic
from games.fairness.moments import Moment
from games.fairness.plays import Play, judge_plays
from games.fairness.shape import Refused
from games.mechanic import Facts, Prize, Terms
from games.mechanics.instant_win.words import Lost, Won

Named = Callable[[int], str]


def manifest(terms: Terms, prizes: Iterable[Prize], zone: str, week: Sequence[int] | None) -> dict[str, Any]:
    """Raises ValueError with a sentence when no moments can be sealed for these hours."""
    if terms.opens_at is None or terms.closes_at is None:
        raise ValueError("An instant win needs its opening and its closing hour: the winning moments lie between them.")
    opens_at, closes_at = (datetime.fromtimestamp(hour, UTC) for hour in (terms.opens_at, terms.closes_at))
    return {
        "v": "IW/1",
        "tzdata": traffic.edition(),
        "campaign": terms.game,
        "intervals": traffic.intervals(opens_at, closes_at, zone, week or traffic.FRENCH_WEEK),
        "prizes": [[prize.id, prize.stock] for prize in prizes],
        "mode": "iid",
        "carry": "open",
        "beacon": terms.beacon,
    }


def plays(log: Facts, wins_per_player: int, play: Named = str, group: Named = str) -> Iterator[Play]:
    """The eligible plays in their order. Who has won his share cannot win any more, so his later plays take part in nothing."""
    wins: Counter[int] = Counter()
    for number, at, event in log:
        if not isinstance(event, Won | Lost):
            continue
        if wins[event.player] < wins_per_player:
            moment = event.moment if isinstance(event, Won) else None
            yield Play(int(at * 1000), play(number), group(event.player), moment)
        wins[event.player] += isinstance(event, Won)


def broken_promises(log: Facts, wins_per_player: int, moments: Sequence[Moment]) -> Iterator[str]:
    """Where the log is not what the sealed moments ask for."""
    events = list(log)
    try:
        judge_plays(list(plays(events, wins_per_player)), [moment.at_ms for moment in moments])
    except Refused as refusal:
        yield f"{refusal}."
    for number, _, event in events:
        if isinstance(event, Won) and event.moment < len(moments) and moments[event.moment].prize != event.prize:
            yield f"event {number} gave {event.prize}, and moment {event.moment} is one of {moments[event.moment].prize}."


def excesses(log: Facts, plays_per_day: int, wins_per_player: int) -> Iterator[str]:
    """Where a player had more than his share."""
    days: Counter[tuple[int, float]] = Counter()
    wins: Counter[int] = Counter()
    for _, _, event in log:
        if isinstance(event, Won | Lost):
            days[event.player, event.until] += 1
            wins[event.player] += isinstance(event, Won)
    for (player, until), count in days.items():
        if count > plays_per_day:
            yield f"player {player} played {count} times on the day that ends at {until:.0f}, and {plays_per_day} are allowed."
    for player, count in wins.items():
        if count > wins_per_player:
            yield f"player {player} won {count} times, and {wins_per_player} are allowed."
