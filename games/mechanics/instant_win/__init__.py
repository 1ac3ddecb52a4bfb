"""Instant win: a play is settled at once against winning moments that were sealed before the game opened.

Each prize unit has a moment, drawn over the opening hours in proportion to the expected traffic. A play takes the oldest
moment that is due and not taken (decision 10); when there is none, it loses. Nobody, not even the brand, knows the moments.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import takewhile
from random import Random
from typing import Any

from games.fairness import moments, pack
from games.fairness.keys import pseudonym, subkey
from games.mechanic import Award, Context, Event, Eye, Facts, Mechanic, Prize, Rejected, Seal, Terms, Tick, gettext_noop
from games.mechanics.instant_win import calendar, hours, shown
from games.mechanics.instant_win.words import (
    Announced,
    Commands,
    Events,
    Lost,
    PerDay,
    Play,
    Plays,
    Prized,
    Prizes,
    State,
    Week,
    Win,
    Wins,
    Won,
    Zone,
    zones,
)

__all__ = ["Announced", "InstantWin", "Lost", "Play", "Plays", "Prize", "Prized", "State", "Win", "Won"]

MOST_NAMED = 50  # winners in one telling
RECENT = 8


class InstantWin(Mechanic[State, Commands, Events], frozen=True):
    title = gettext_noop("Instant win")
    figures = shown.FIGURES

    prizes: Prizes
    plays_per_day: PerDay = 1
    wins_per_player: Wins = 1
    zone: Zone = "Europe/Paris"
    traffic: Week | None = None  # a weight for each hour of the week, Monday 0 h first; None: the usual week

    def __post_init__(self) -> None:
        if len({prize.id for prize in self.prizes}) < len(self.prizes):
            raise ValueError("Two prizes have the same id.")
        if sum(prize.stock for prize in self.prizes) > moments.MOST_UNITS:
            raise ValueError(f"A game has at most {moments.MOST_UNITS} units of prizes.")
        if self.zone not in zones():
            raise ValueError("This time zone is not known.")
        if self.traffic is not None and not any(self.traffic):
            raise ValueError("A week in which nobody plays has no winning moments.")

    def shelf(self) -> Sequence[Prize]:
        return self.prizes

    # What is sealed

    def manifest(self, terms: Terms) -> dict[str, Any]:
        return calendar.manifest(terms, self.prizes, self.zone, self.traffic)

    def secret(self, seal: Seal) -> bytes:
        return subkey(seal.key, "IW/1")

    def commitment(self, seal: Seal) -> str | None:
        return None if seal.manifest is None else moments.commitment(self.secret(seal), seal.manifest).hex()

    def sealed(self, seal: Seal) -> list[moments.Moment]:
        return [] if seal.manifest is None else moments.derive(seal.manifest, self.secret(seal), seal.randomness)

    def reveal(self, seal: Seal, log: Facts) -> dict[str, bytes]:
        if seal.manifest is None:
            return {}
        play, group = (partial(pseudonym, seal.key, use) for use in ("play", "group"))
        plays = calendar.plays(log, self.wins_per_player, play, group)
        return pack.moments_files(seal.manifest, self.secret(seal), seal.source, plays)

    def faults(self, seal: Seal, log: Facts) -> Iterable[str]:
        facts = list(log)
        yield from calendar.broken_promises(facts, self.wins_per_player, self.sealed(seal))
        yield from calendar.excesses(facts, self.plays_per_day, self.wins_per_player)

    # The rules

    def decide(self, state: State, player: int, command: Commands, context: Context) -> list[Events]:
        match command:
            case Play():
                return [self.play(state, player, context)]
            case Tick():
                return self.announce(state, context.now)

    def play(self, state: State, player: int, context: Context) -> Won | Lost:
        today = state.today.get(player, Plays())
        if context.at < today.until and today.count >= self.plays_per_day:
            raise Rejected("no_plays_left", retry=math.ceil(today.until - context.at))
        until = hours.midnight(context.at, self.zone)
        if len(state.wins.get(player, ())) >= self.wins_per_player or state.taken >= len(context.sealed):
            return Lost(player, until)
        moment = context.sealed[state.taken]
        if moment.at_ms > context.at * 1000:
            return Lost(player, until)
        unit = state.given.get(moment.prize, 0)
        return Won(player, moment.prize, unit, state.taken, context.at, until, hours.told_at(context.now))

    def announce(self, state: State, now: float) -> list[Events]:
        wins = [win for _, win in takewhile(lambda told: told[0] <= now, state.untold)]
        return [Announced(wins[-MOST_NAMED:], dict(Counter(win.prize for win in wins)))] if wins else []

    def finish(self, state: State, context: Context) -> list[Events]:
        return self.announce(state, math.inf)

    def evolve(self, state: State, event: Events) -> None:
        if isinstance(event, Announced):
            self.tell(state, event)
            return
        state.plays += 1
        today = state.today.setdefault(event.player, Plays())
        today.count = today.count + 1 if today.until == event.until else 1
        today.until = event.until
        if isinstance(event, Won):
            win = Win(event.player, event.prize, event.at)
            state.taken = event.moment + 1
            state.given[event.prize] = state.given.get(event.prize, 0) + 1
            state.wins.setdefault(event.player, []).append(win)
            state.untold.append((event.told_at, win))

    def tell(self, state: State, event: Announced) -> None:
        del state.untold[: sum(event.given.values())]
        state.recent = (state.recent + event.wins)[-RECENT:]
        for prize, number in event.given.items():
            state.announced[prize] = state.announced.get(prize, 0) + number

    # What is shown

    def view(self, state: State, eye: Eye) -> dict[str, Any]:
        match eye:
            case int():
                return shown.mine(state, eye, self.plays_per_day)
            case "operator":
                seen = shown.stock(self.prizes, state.given, state.recent)
                return {**seen, "plays_per_day": self.plays_per_day, "plays": state.plays, "won": state.taken}
            case _:
                return {**shown.stock(self.prizes, state.announced, state.recent), "plays_per_day": self.plays_per_day}

    def seen(self, event: Events, eye: Eye) -> Event | None:
        match event:
            case _ if eye == "operator":
                return event
            case Announced():
                return event if eye == "everyone" else None
            case Won(player, prize, at=at) if player == eye:
                return Prized(player, prize, at)
            case Lost(player) if player == eye:
                return event
        return None

    def stats(self, state: State) -> Mapping[str, int]:
        return {"plays": state.plays, "won": state.taken}

    def counts(self, event: Events) -> Mapping[str, int]:
        match event:
            case Won():
                return {"plays": 1, "won": 1}
            case Lost():
                return {"plays": 1}
        return {}

    def stock(self, state: State) -> Mapping[str, int]:
        return {prize.id: prize.stock - state.given.get(prize.id, 0) for prize in self.prizes}

    def awards(self, event: Events) -> Iterable[Award]:
        return [Award(event.player, event.prize, event.unit, event.moment)] if isinstance(event, Won) else ()

    def deadline(self, state: State) -> float | None:
        return state.untold[0][0] if state.untold else None

    @classmethod
    def bot(cls, everyone: dict[str, Any], you: dict[str, Any], rng: Random) -> dict[str, Any] | None:
        return {"t": "play"} if you["plays_left"] > 0 else None
