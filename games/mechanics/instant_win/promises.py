"""What is sealed before an instant win opens: moments, tickets and odds, with the caps that bind them, under one commitment."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from games.fairness import traffic, witness
from games.fairness.giving import Caps, Plan
from games.fairness.listing import listing
from games.fairness.moments import Moment, commitment, derive
from games.fairness.promise import Opened, Promise, addendum, judge_promise, merged, open_promise
from games.fairness.schedule import Schedule
from games.fairness.simulation import Crowd, Forecast, simulate
from games.mechanic import Seal, Terms
from games.mechanics.instant_win import hours
from games.mechanics.instant_win.words import Bursting, Extended

if TYPE_CHECKING:
    from games.mechanics.instant_win import InstantWin

FREE = Caps()
MARGIN_MS = 60_000  # between an addendum and its first moment

Addition = Extended | Bursting


def caps(game: "InstantWin") -> Caps:
    per_day, per_hour = ({prize.id: most for prize in game.prizes if (most := getattr(prize, name))} for name in ("per_day", "per_hour"))
    return Caps(game.wins_per_player, game.wins_per_day, game.gap * 1000, per_day, per_hour)


def manifest(terms: Terms, game: "InstantWin") -> dict[str, Any]:
    """A game with moments and no other bounds is a plain `IW/1`. Raises ValueError with a sentence when nothing can be sealed."""
    if terms.opens_at is None or terms.closes_at is None:
        raise ValueError("An instant win needs its opening and its closing hour: the winning moments lie between them.")
    opens_at, closes_at = (datetime.fromtimestamp(hour, UTC) for hour in (terms.opens_at, terms.closes_at))
    intervals = traffic.intervals(opens_at, closes_at, game.zone, game.traffic or traffic.FRENCH_WEEK)
    of_game, drawn = {"campaign": terms.game, "beacon": terms.beacon}, {"tzdata": traffic.edition(), "intervals": intervals}
    calendar = {"v": "IW/1", **of_game, **drawn, "mode": "iid", "carry": "open"}
    protocols = {
        "calendar": {"v": "LIST/1", **of_game} if game.moments else calendar,
        "deck": {"v": "DECK/1", **of_game, "tickets": game.expected_plays},
        "odds": {"v": "ODDS/1", **of_game, "plays": game.expected_plays},
    }
    parts = [{**part, "prizes": units} for mode, part in protocols.items() if (units := stocked(game, mode))]
    if (
        len(parts) == 1
        and parts[0]["v"] == "IW/1"
        and caps(game) == Caps(game.wins_per_player)
        and not (game.sweep or stocked(game, "stage"))
    ):
        return parts[0]
    outside = [moment for moment in game.moments if not terms.opens_at * 1000 <= moment.at_ms < terms.closes_at * 1000]
    if outside:
        raise ValueError(f"{len(outside)} of the moments that were brought lie outside the hours of the game.")
    whole: dict[str, Any] = {"v": "PRIZES/1", **of_game, **drawn, "parts": parts, "caps": told(caps(game)), "days": days(terms, game.zone)}
    if stage := stocked(game, "stage"):
        whole["stage"] = stage
    if game.sweep:
        whole["sweep_from"] = sweep_from(terms, game.sweep)
    return whole


def forecast(terms: Terms, game: "InstantWin", week: Sequence[int]) -> Forecast:
    """Raises ValueError, as the manifest does."""
    nobody = witness.label(bytes(32), b"\1" * 32)
    promise = judge_promise(manifest(msgspec.structs.replace(terms, beacon=nobody), game))
    assert terms.opens_at is not None
    assert terms.closes_at is not None
    crowd = Crowd(int(terms.opens_at * 1000), int(terms.closes_at * 1000), week, game.zone, game.expected_plays)
    return simulate(promise, crowd, [(moment.at_ms, moment.prize) for moment in game.moments])


def stocked(game: "InstantWin", mode: str) -> list[list[Any]]:
    return [[prize.id, prize.stock] for prize in game.prizes if prize.mode == mode]


def told(bounds: Caps) -> dict[str, Any]:
    """As the manifest has them: what bounds nothing is left out."""
    found = {name: value for name, value in bounds._asdict().items() if value}
    return {name: dict(value) if name.startswith("per_") else value for name, value in found.items()}


def days(terms: Terms, zone: str) -> list[int]:
    """When each day of the game ends, in milliseconds."""
    assert terms.opens_at is not None
    assert terms.closes_at is not None
    found = [hours.midnight(terms.opens_at, zone)]
    while found[-1] <= terms.closes_at:
        found.append(hours.midnight(found[-1], zone))
    return [int(end * 1000) for end in found]


def sweep_from(terms: Terms, minutes: int) -> int:
    assert terms.opens_at is not None
    assert terms.closes_at is not None
    begins = terms.closes_at - minutes * 60
    if begins <= terms.opens_at:
        raise ValueError("The last stretch, in which every play wins, is as long as the whole game.")
    return int(begins * 1000)


def brought(game: "InstantWin") -> bytes:
    """The list of moments that somebody brought, as it is committed to."""
    return listing((moment.at_ms, moment.prize) for moment in game.moments)


class Sealed(list[Moment]):
    """The moments that were sealed before the opening, and behind them whatever else decides a play."""

    def __init__(self, moments: Iterable[Moment] = (), bounds: Caps = FREE, opened: Opened | None = None) -> None:
        super().__init__(moments)
        self.caps = bounds
        self.opened = opened or Opened(list(self), Schedule([]), None, None)
        self.promise: Promise | None = None
        self.secret, self.randomness = b"", b""
        self.planned: tuple[str, Plan] | None = None
        self.drawn: dict[str, list[Moment]] = {}  # of each addition, by its commitment

    @classmethod
    def of(cls, seal: Seal, game: "InstantWin", secret: bytes) -> "Sealed":
        promise = judge_promise(seal.manifest)
        opened = open_promise(promise, secret, seal.randomness, brought(game))
        made = cls(opened.moments, caps(game), opened)
        made.promise, made.secret, made.randomness = promise, secret, seal.randomness
        return made

    def plan(self, additions: Sequence[Addition]) -> Plan:
        """With the stock that was added since. Kept until more is added: nobody waits for it twice."""
        known = additions[-1].commit if additions else ""
        if self.planned is None or self.planned[0] != known:
            self.planned = known, self.opened.plan(merged(self, self.added(additions)))
        return self.planned[1]

    def added(self, additions: Sequence[Addition]) -> list[list[Moment]]:
        for number, addition in enumerate(additions, start=1):
            if addition.commit not in self.drawn:
                self.drawn[addition.commit] = derive(self.addendum(number, addition), self.secret, self.randomness)
        return [self.drawn[addition.commit] for addition in additions]

    def addendum(self, number: int, addition: Addition) -> dict[str, Any]:
        assert self.promise is not None
        until = addition.until if isinstance(addition, Bursting) else None
        return addendum(self.promise, number, [list(pair) for pair in sorted(addition.prizes.items())], addition.since, until)

    def committed(self, number: int, addition: Addition) -> str:
        """Raises Refused where no moments can be sealed any more."""
        return commitment(self.secret, self.addendum(number, addition)).hex()
