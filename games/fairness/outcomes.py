"""The check that every play got what it was due: all of them are decided again, in their order."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from games.fairness.acts import Act
from games.fairness.giving import Caps, Gift, Plan, Standing, give
from games.fairness.moments import Moment, units_of
from games.fairness.plays import Play
from games.fairness.promise import Promise
from games.fairness.shape import Refused


class Retold:
    """A game that is decided once more, from what its proof tells."""

    def __init__(self, promise: Promise, caps: Caps, plan: Plan) -> None:
        self.promise, self.caps, self.plan = promise, caps, plan
        self.standing = Standing()
        self.numbers: dict[str, int] = {}  # players, by their groups
        self.seen: set[str] = set()

    def act(self, act: Act) -> None:
        match act.act:
            case "freeze":
                self.standing.frozen.add(str(act.about))
            case "thaw":
                self.standing.frozen.discard(str(act.about))
            case "disqualify":
                self.standing.wins.pop(self.number(str(act.about)), None)

    def number(self, group: str) -> int:
        return self.numbers.setdefault(group, len(self.numbers) + 1)

    def play(self, play: Play) -> None:
        """Raises Refused unless it got what is due to it."""
        if play.id in self.seen:
            raise Refused(f"play {play.id} is listed twice")
        self.seen.add(play.id)
        # Half a millisecond more, so that no rounding of a fraction falls below the whole number.
        player, at, until = self.number(play.group), (play.at_ms + 0.5) / 1000, self.promise.until(play.at_ms)
        due = give(self.plan, self.caps, self.standing, player, at, until)
        if (due and (due.mode, self.index(due))) != (None if play.moment is None else (play.mode, play.moment)):
            raise Refused(self.difference(play, due))
        self.standing.plays += 1
        if due:
            self.standing.take(player, due, at, until)

    def index(self, gift: Gift) -> int:
        if gift.place is not None:
            return gift.place
        assert self.plan.odds is not None
        return list(self.plan.odds.stock).index(gift.prize)

    def difference(self, play: Play, due: Gift | None) -> str:
        told = f"play {play.id} "
        if play.moment is None:
            assert due is not None
            return told + f"lost at {play.at_ms}, while {self.called(due.mode, self.index(due))} was still to be won"
        if play.mode == "calendar" and (fault := self.untimely(play, due)):
            return fault
        return told + f"won {play.mode} {play.moment}, and {self.called(due.mode, self.index(due)) if due else 'nothing'} was due to it"

    def untimely(self, play: Play, due: Gift | None) -> str:
        moment, calendar = play.moment, self.plan.calendar
        assert moment is not None
        won = f"play {play.id} won moment {moment}"
        if moment >= len(calendar.times):
            return f"{won}, and there are only {len(calendar.times)}"
        at, prize = calendar.times[moment], calendar.prizes[moment]
        if bisect_left(calendar.places[prize], moment) < self.standing.taken.get("calendar", {}).get(prize, 0):
            return f"moment {moment} was won twice, the second time by play {play.id}"
        if play.at_ms < at and not (self.plan.sweep_from is not None and play.at_ms >= self.plan.sweep_from):
            return f"{won} at {play.at_ms}, before its time {at}"
        if due and due.place is not None and due.mode == "calendar":
            return f"moment {moment} was won while moment {due.place}, which is older, was still open"
        return ""

    def called(self, mode: str, index: int) -> str:
        if mode == "calendar":
            return f"moment {index} of {self.plan.calendar.times[index]}"
        return f"ticket {self.plan.deck.times[index]}" if mode == "deck" else "one by the odds"


def judge_outcomes(promise: Promise, caps: Caps, plan: Plan, plays: Sequence[Play], acts: Sequence[Act]) -> None:
    """Raises Refused at the first play that did not get what was due to it."""
    retold, waiting, last = Retold(promise, caps, plan), list(acts)[::-1], 0
    for number, play in enumerate(plays):
        while waiting and waiting[-1].after <= number:
            last = in_order(waiting[-1].at_ms, last, "an act")
            retold.act(waiting.pop())
        retold.play(play)
        last = in_order(play.at_ms, last, f"play {play.id}")
    for act in reversed(waiting):
        if act.after > len(plays):
            raise Refused(f"an act comes after {act.after} plays, and there are {len(plays)}")
        last = in_order(act.at_ms, last, "an act")
        retold.act(act)


def prize_of(plan: Plan, play: Play) -> str:
    assert play.moment is not None
    if play.mode == "odds":
        return list(plan.odds.stock)[play.moment] if plan.odds else ""
    return (plan.calendar if play.mode == "calendar" else plan.deck).prizes[play.moment]


def remains(promise: Promise, plan: Plan, added: Sequence[Sequence[Moment]], plays: Sequence[Play]) -> list[list[object]]:
    """What nobody took: of each prize that has any left, by name."""
    supply = Counter(prize for part in promise.parts.values() for prize in units_of(part["prizes"]))
    supply.update(moment.prize for each in added for moment in each)
    supply.subtract(prize_of(plan, play) for play in plays if play.moment is not None)
    return counted(supply)


def returned(plan: Plan, plays: Sequence[Play], acts: Sequence[Act]) -> list[list[object]]:
    """What came back from who was disqualified."""
    gone = [(act.about, act.after) for act in acts if act.act == "disqualify"]
    return counted(
        Counter(prize_of(plan, play) for group, after in gone for play in plays[:after] if play.group == group and play.moment is not None)
    )


def counted(prizes: Mapping[str, int]) -> list[list[object]]:
    return [[prize, count] for prize, count in sorted(prizes.items()) if count]


def in_order(at_ms: int, last: int, what: str) -> int:
    if at_ms < last:
        raise Refused(f"{what} is listed after what is younger")
    return at_ms
