"""Instant win: a play is settled at once by what was sealed before the game opened.

Most units have a moment, drawn over the opening hours in proportion to the expected traffic: a play takes the oldest one that
is due (decision 10). Others lie in a sealed deck or are given by odds. Nobody, not even the brand, knows which play wins.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import takewhile
from random import Random
from typing import Any

from games import mechanic
from games.fairness import pack
from games.fairness.giving import give
from games.fairness.keys import pseudonym, subkey
from games.fairness.promise import promise_commitment
from games.fairness.simulation import Forecast
from games.mechanic import Award, Clause, Context, Event, Eye, Facts, Mechanic, Rejected, Seal, Terms, Tick, gettext_noop
from games.mechanics.instant_win import clauses, ending, fitting, hosting, hours, promises, record, settings, shown, words
from games.mechanics.instant_win.form import FORM
from games.mechanics.instant_win.promises import Sealed
from games.mechanics.instant_win.settings import Prize
from games.mechanics.instant_win.state import Plays, State
from games.mechanics.instant_win.words import Announced, Commands, Consoled, Events, Lost, Play, Prized, Win, Won

__all__ = ["Announced", "Consoled", "InstantWin", "Lost", "Play", "Plays", "Prize", "Prized", "Sealed", "State", "Win", "Won"]

MOST_NAMED = 50  # winners in one telling


class InstantWin(Mechanic[State, Commands, Events], frozen=True):
    title = gettext_noop("Instant win")
    figures = shown.FIGURES
    form = FORM

    prizes: settings.Prizes
    plays_per_day: settings.PerDay = 1
    wins_per_player: settings.Wins = 1
    wins_per_day: settings.Most | None = None  # of the whole game
    gap: settings.Gap = 0  # seconds between two wins of one player
    zone: settings.Zone = "Europe/Paris"
    traffic: settings.Week | None = None  # a weight for each hour of the week, Monday 0 h first; None: the usual week
    expected_plays: settings.Forecast = 1000  # as many tickets has the deck, and so many plays share what the odds give
    moments: settings.Moments = []  # brought by somebody, instead of drawn
    sweep: settings.Sweep = 0  # minutes before the end in which every play wins, as long as anything remains
    rest: settings.Rest = "draw"
    consolation: settings.Consolation | None = None

    def __post_init__(self) -> None:
        fitting.judge(self)

    def shelf(self) -> Sequence[mechanic.Prize]:
        more = self.consolation
        return [*self.prizes, *([mechanic.Prize(more.id, more.label, more.stock)] if more and more.stock else [])]

    def clauses(self) -> Sequence[Clause]:
        return clauses.clauses({prize.mode for prize in self.prizes}, self.plays_per_day, self.wins_per_player, self.zone)

    # What is sealed

    def manifest(self, terms: Terms) -> dict[str, Any]:
        return promises.manifest(terms, self)

    def forecast(self, terms: Terms, week: Sequence[int]) -> Forecast:
        return promises.forecast(terms, self, week)

    def secret(self, seal: Seal) -> bytes:
        return subkey(seal.key, "IW/1")

    def commitment(self, seal: Seal) -> str | None:
        if seal.manifest is None:
            return None
        return promise_commitment(seal.manifest, self.secret(seal), promises.brought(self)).hex()

    def sealed(self, seal: Seal) -> Sealed:
        return Sealed() if seal.manifest is None else Sealed.of(seal, self, self.secret(seal))

    def reveal(self, seal: Seal, log: Facts) -> dict[str, bytes]:
        if seal.manifest is None:
            return {}
        play, group = (partial(pseudonym, seal.key, use) for use in ("play", "group"))
        plays, acts = record.eligible(log, self, self.sealed(seal), play, group)
        return pack.moments_files(seal.manifest, self.secret(seal), seal.source, plays, acts, promises.brought(self))

    def faults(self, seal: Seal, log: Facts) -> Iterable[str]:
        facts = list(log)
        yield from record.broken_promises(facts, self, self.sealed(seal))
        yield from record.excesses(facts, self.plays_per_day, self.wins_per_player)

    # The rules

    def decide(self, state: State, player: int, command: Commands, context: Context) -> list[Events]:
        match command:
            case Play():
                return [self.play(state, player, context)]
            case Tick():
                return self.announce(state, context.now)
        return [hosting.host(self, state, command, context)]

    def play(self, state: State, player: int, context: Context) -> Won | Lost | Consoled:
        if player in state.barred:
            raise Rejected("disqualified")
        today = state.today.get(player, Plays())
        if context.at < today.until and today.count >= self.plays_per_day:
            raise Rejected("no_plays_left", retry=math.ceil(today.until - context.at))
        until = hours.midnight(context.at, self.zone)
        hidden: Sealed = context.sealed
        gift = give(hidden.plan(state.additions), hidden.caps, state.standing, player, context.at, until)
        if gift is None:
            return self.comfort(state, player, until)
        moment, ticket = (gift.place if gift.mode == mode else None for mode in ("calendar", "deck"))
        unit = state.standing.given.get(gift.prize, 0)
        told = context.now if self.is_staged(gift.prize) else hours.told_at(context.now)
        return Won(player, gift.prize, unit, moment, context.at, until, told, ticket)

    def comfort(self, state: State, player: int, until: float) -> Lost | Consoled:
        if self.consolation is None or state.consoled >= (self.consolation.stock or math.inf):
            return Lost(player, until)
        return Consoled(player, until, state.consoled if self.consolation.stock else None)

    def is_staged(self, prize: str) -> bool:
        return any(each.mode == "stage" for each in self.prizes if each.id == prize)

    def announce(self, state: State, now: float) -> list[Events]:
        """Who was disqualified meanwhile is counted, not named."""
        wins = [win for _, win in takewhile(lambda told: told[0] <= now, state.untold)]
        named = [win for win in wins if win.player not in state.barred]
        return [Announced(named[-MOST_NAMED:], dict(Counter(win.prize for win in wins)))] if wins else []

    def finish(self, state: State, context: Context) -> list[Events]:
        return [*self.announce(state, math.inf), *ending.remaining(state, self.prizes, self.rest)]

    def evolve(self, state: State, event: Events) -> None:
        state.evolve(event)

    # What is shown

    def view(self, state: State, eye: Eye) -> dict[str, Any]:
        match eye:
            case int():
                return shown.mine(state, eye, self.plays_per_day)
            case "operator":
                return shown.hosted(self, state)
        return shown.public(self, state)

    def seen(self, event: Events, eye: Eye) -> Event | None:
        return event if eye == "operator" else shown.opened(event, eye)

    def touched(self, event: Events) -> mechanic.Touched:
        return (event.player,) if isinstance(event, words.Disqualified) else ()

    def stats(self, state: State) -> Mapping[str, int]:
        totals = {"plays": state.standing.plays, "won": state.won}
        return {**totals, "consoled": state.consoled} if self.consolation else totals

    def counts(self, event: Events) -> Mapping[str, int]:
        match event:
            case Won():
                return {"plays": 1, "won": 1}
            case Consoled():
                return {"plays": 1, "consoled": 1}
            case Lost():
                return {"plays": 1}
        return {}

    def stock(self, state: State) -> Mapping[str, int]:
        remain = state.left(self.prizes, state.standing.given)
        more = self.consolation
        return {**remain, more.id: more.stock - state.consoled} if more and more.stock else remain

    def awards(self, event: Events) -> Iterable[Award]:
        match event:
            case Won():
                return [Award(event.player, event.prize, event.unit, event.moment)]
            case Consoled(player, unit=int(unit)) if self.consolation:
                return [Award(player, self.consolation.id, unit)]
        return ()

    def deadline(self, state: State) -> float | None:
        return state.untold[0][0] if state.untold else None

    @classmethod
    def bot(cls, everyone: dict[str, Any], you: dict[str, Any], rng: Random) -> dict[str, Any] | None:
        return {"t": "play"} if you["plays_left"] > 0 else None
