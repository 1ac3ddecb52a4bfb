"""A log as a stranger may read it, and what shows that it kept what was promised."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from games.fairness.acts import Act
from games.fairness.giving import millisecond
from games.fairness.outcomes import judge_outcomes
from games.fairness.plays import Play
from games.fairness.shape import Refused
from games.mechanic import Event, Facts
from games.mechanics.instant_win.promises import Sealed, caps
from games.mechanics.instant_win.words import Bursting, Consoled, Disqualified, Extended, Frozen, Lost, Won

if TYPE_CHECKING:
    from games.mechanics.instant_win import InstantWin

Named = Callable[[int], str]


class Record(NamedTuple):
    plays: list[Play]
    acts: list[Act]


def record(log: Facts, game: "InstantWin", sealed: Sealed, play: Named = str, group: Named = str, share: int | None = None) -> Record:
    """The plays in their order, and what operators did between them.

    With a `share`, as `IW/1` has it: who has won his share cannot win any more, so his later plays take part in nothing.
    """
    found, wins = Record([], []), Counter[int]()
    additions = 0
    for number, at, event in log:
        if isinstance(event, Won | Lost | Consoled):
            if share is None or wins[event.player] < share:
                mode, index = won(event, game)
                found.plays.append(Play(millisecond(at), play(number), group(event.player), index, mode))
            wins[event.player] += isinstance(event, Won)
            continue
        additions += isinstance(event, Extended | Bursting)
        if told := act(event, sealed, additions, group):
            kind, about, commit = told
            found.acts.append(Act(kind, len(found.plays), millisecond(at), about, commit))
    return found


def won(event: Won | Lost | Consoled, game: "InstantWin") -> tuple[str, int | None]:
    if not isinstance(event, Won):
        return "calendar", None
    if event.moment is not None:
        return "calendar", event.moment
    if event.ticket is not None:
        return "deck", event.ticket
    return "odds", [prize.id for prize in game.prizes if prize.mode == "odds"].index(event.prize)


def act(event: Event, sealed: Sealed, number: int, group: Named) -> tuple[str, Any, str] | None:
    match event:
        case Frozen(prize, frozen):
            return "freeze" if frozen else "thaw", prize, ""
        case Extended() | Bursting():
            return "burst" if isinstance(event, Bursting) else "addendum", sealed.addendum(number, event), event.commit
        case Disqualified(player):
            return "disqualify", group(player), ""
    return None


def broken_promises(log: Facts, game: "InstantWin", sealed: Sealed) -> Iterator[str]:
    """Where the log is not what was sealed asks for: the first play that did not get what was due to it, and prizes mistaken."""
    events = list(log)
    plan = sealed.plan([event for _, _, event in events if isinstance(event, Extended | Bursting)])
    if sealed.promise is not None:
        plays, acts = record(events, game, sealed)
        try:
            judge_outcomes(sealed.promise, caps(game), plan, plays, acts)
        except Refused as refusal:
            yield f"{refusal}."
    for number, _, event in events:
        if not isinstance(event, Won):
            continue
        for place, prizes, what in ((event.moment, plan.calendar.prizes, "moment"), (event.ticket, plan.deck.prizes, "ticket")):
            if place is not None and place < len(prizes) and prizes[place] != event.prize:
                yield f"event {number} gave {event.prize}, and {what} {place} is one of {prizes[place]}."


def excesses(log: Facts, plays_per_day: int, wins_per_player: int) -> Iterator[str]:
    """Where a player had more than his share."""
    days: Counter[tuple[int, float]] = Counter()
    wins: Counter[int] = Counter()
    for _, _, event in log:
        if isinstance(event, Won | Lost | Consoled):
            days[event.player, event.until] += 1
            wins[event.player] += isinstance(event, Won)
    for (player, until), count in days.items():
        if count > plays_per_day:
            yield f"player {player} played {count} times on the day that ends at {until:.0f}, and {plays_per_day} are allowed."
    for player, count in wins.items():
        if count > wins_per_player:
            yield f"player {player} won {count} times, and {wins_per_player} are allowed."


def eligible(log: Facts, game: "InstantWin", sealed: Sealed, play: Named, group: Named) -> Record:
    """For the public proof: all plays, or, for a bare `IW/1`, those that could have won."""
    bare = sealed.promise is not None and sealed.promise.bare
    return record(log, game, sealed, play, group, game.wins_per_player if bare else None)
