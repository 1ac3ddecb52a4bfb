"""Instant win: a play is settled at once against winning moments that were sealed before the game opened.

Each prize unit has a moment, drawn over the opening hours in proportion to the expected traffic. A play takes the oldest
moment that is due and not taken (decision 10); when there is none, it loses. Nobody, not even the brand, knows the moments.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from games.fairness import moments, traffic
from games.fairness.keys import subkey
from games.mechanic import Award, Command, Context, Count, Event, Eye, Mechanic, Rejected, Seal, Slug, Terms, Text, Tick, gettext_noop

TOLD_AFTER = 900.0  # seconds until everyone hears of a win: who knows when wins fall can time his plays (decision 13)
TOLD_EVERY = 60.0
RECENT = 8

PerDay = Annotated[int, msgspec.Meta(ge=1, le=100)]
Wins = Annotated[int, msgspec.Meta(ge=1, le=1000)]


class Prize(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Slug
    label: Text
    stock: Count


class Play(Command, frozen=True):
    pass


class Won(Event, frozen=True):
    player: int
    prize: str
    unit: int
    moment: int
    at: float
    until: float  # when his plays of this day are forgotten
    told_at: float  # when everyone may hear of it, in game time


class Lost(Event, frozen=True):
    player: int
    until: float


class Win(msgspec.Struct, frozen=True):
    player: int
    prize: str
    at: float


class Announced(Event, frozen=True):
    wins: list[Win]


class Plays(msgspec.Struct):
    until: float = 0.0
    count: int = 0


class State(msgspec.Struct):
    taken: int = 0  # moments taken so far; they are taken in order
    plays: int = 0
    given: dict[str, int] = {}
    announced: dict[str, int] = {}
    untold: list[tuple[float, Win]] = []
    recent: list[Win] = []
    today: dict[int, Plays] = {}
    wins: dict[int, list[Win]] = {}


Commands: TypeAlias = Play | Tick
Events: TypeAlias = Won | Lost | Announced


class InstantWin(Mechanic[State, Commands, Events], frozen=True):
    title = gettext_noop("Instant win")

    prizes: list[Prize]
    plays_per_day: PerDay = 1
    wins_per_player: Wins = 1
    zone: str = "Europe/Paris"
    traffic: list[Count] | None = None  # a weight for each hour of the week, Monday 0 h first; None: the usual day

    def __post_init__(self) -> None:
        if len({prize.id for prize in self.prizes}) < len(self.prizes):
            raise ValueError("Two prizes have the same id.")
        if self.zone not in available_timezones():
            raise ValueError("This time zone is not known.")
        if self.traffic is not None and (len(self.traffic) != 168 or not any(self.traffic)):
            raise ValueError("The traffic needs 168 weights, not all of them zero.")

    # What is sealed

    def manifest(self, terms: Terms) -> dict[str, Any]:
        if terms.opens_at is None or terms.closes_at is None:
            raise ValueError("An instant win needs its opening and its closing hour: the winning moments lie between them.")
        opens_at, closes_at = (datetime.fromtimestamp(hour, UTC) for hour in (terms.opens_at, terms.closes_at))
        return {
            "v": "IW/1",
            "tzdata": traffic.edition(),
            "campaign": terms.game,
            "intervals": traffic.intervals(opens_at, closes_at, self.zone, self.traffic or traffic.FRENCH_WEEK),
            "prizes": [[prize.id, prize.stock] for prize in self.prizes],
            "mode": "iid",
            "carry": "open",
            "beacon": terms.beacon,
        }

    def secret(self, key: bytes) -> bytes:
        return subkey(key, "IW/1")

    def commitment(self, seal: Seal) -> str | None:
        return None if seal.manifest is None else moments.commitment(self.secret(seal.key), seal.manifest).hex()

    def sealed(self, seal: Seal) -> list[moments.Moment]:
        return [] if seal.manifest is None else moments.derive(seal.manifest, self.secret(seal.key), seal.randomness)

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
        until = self.midnight(context.at)
        if len(state.wins.get(player, ())) >= self.wins_per_player or state.taken >= len(context.sealed):
            return Lost(player, until)
        moment = context.sealed[state.taken]
        if moment.at_ms > context.at * 1000:
            return Lost(player, until)
        unit = state.given.get(moment.prize, 0)
        return Won(player, moment.prize, unit, state.taken, context.at, until, told_at(context.now))

    def announce(self, state: State, now: float) -> list[Events]:
        wins = [win for at, win in state.untold if at <= now]
        return [Announced(wins)] if wins else []

    def finish(self, state: State, context: Context) -> list[Events]:
        return self.announce(state, math.inf)

    def midnight(self, at: float) -> float:
        """When the day of `at` ends where the game is played."""
        zone = ZoneInfo(self.zone)
        tomorrow = datetime.fromtimestamp(at, zone).date() + timedelta(days=1)
        return datetime.combine(tomorrow, time(), zone).timestamp()

    def evolve(self, state: State, event: Events) -> None:
        if isinstance(event, Announced):
            self.tell(state, event.wins)
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

    def tell(self, state: State, wins: list[Win]) -> None:
        state.untold = state.untold[len(wins) :]
        state.recent = (state.recent + wins)[-RECENT:]
        for win in wins:
            state.announced[win.prize] = state.announced.get(win.prize, 0) + 1

    # What is shown

    def view(self, state: State, eye: Eye) -> dict[str, Any]:
        match eye:
            case int():
                return self.mine(state, eye)
            case "operator":
                return {**self.shown(state, state.given), "plays": state.plays, "won": state.taken}
            case _:
                return self.shown(state, state.announced)

    def shown(self, state: State, given: dict[str, int]) -> dict[str, Any]:
        prizes = [
            {"id": prize.id, "label": prize.label, "stock": prize.stock, "left": prize.stock - given.get(prize.id, 0)}
            for prize in self.prizes
        ]
        return {
            "prizes": prizes,
            "left": sum(prize.stock for prize in self.prizes) - sum(given.values()),
            "recent": msgspec.to_builtins(state.recent),
            "plays_per_day": self.plays_per_day,
        }

    def mine(self, state: State, player: int) -> dict[str, Any]:
        today = state.today.get(player, Plays())
        left = self.plays_per_day - today.count
        return {
            "plays_left": left,
            "next_play_at": today.until if left <= 0 else None,
            "won": [{"prize": win.prize, "at": win.at} for win in state.wins.get(player, ())],
        }

    def seen(self, event: Events, eye: Eye) -> Events | None:
        if eye == "operator" or (isinstance(event, Announced) and eye == "everyone"):
            return event
        return event if not isinstance(event, Announced) and event.player == eye else None

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


def told_at(now: float) -> float:
    """Wins are told by the whole minute, so that the telling does not give away the second."""
    return math.ceil((now + TOLD_AFTER) / TOLD_EVERY) * TOLD_EVERY
