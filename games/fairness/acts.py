"""What operators did to the prizes of a running game, as its proof lists it."""

from collections.abc import Sequence
from typing import NamedTuple

from games.fairness.moments import Moment, commitment, derive, judge_moments
from games.fairness.promise import Promise
from games.fairness.shape import Refused, array, fields, integer, octets, text

SEALED = ("manifest", "commit")
ACTS = {"freeze": ("prize",), "thaw": ("prize",), "addendum": SEALED, "burst": SEALED, "disqualify": ("group",)}
LONGEST_BURST = 120_000


class Act(NamedTuple):
    """`after` is how many lines of plays.txt were there before."""

    act: str
    after: int
    at_ms: int
    about: object  # the prize, the group, or the manifest of an addendum or a burst
    commit: str = ""


def acts_of(document: object) -> list[Act]:
    return [act_of(item) for item in array(document, "acts.json")]


def act_of(item: object) -> Act:
    kind = item.get("act") if isinstance(item, dict) else None
    if not isinstance(kind, str) or kind not in ACTS:
        raise Refused(f"an act must be one of {', '.join(ACTS)}")
    told = fields(item, f"the act {kind}", ("act", "after", "at_ms", *ACTS[kind]))
    after, at_ms = integer(told["after"], "an act's after"), integer(told["at_ms"], "an act's at_ms")
    if ACTS[kind] == SEALED:
        return Act(kind, after, at_ms, told["manifest"], octets(told["commit"], "an addendum's commit", 32).hex())
    return Act(kind, after, at_ms, text(told[ACTS[kind][0]], f"the act {kind}'s {ACTS[kind][0]}"))


def act_document(act: Act) -> dict[str, object]:
    name = ACTS[act.act][0]
    told: dict[str, object] = {"act": act.act, "after": act.after, "at_ms": act.at_ms, name: act.about}
    return {**told, "commit": act.commit} if ACTS[act.act] == SEALED else told


def additions(promise: Promise, acts: Sequence[Act], secret: bytes, randomness: bytes) -> list[list[Moment]]:
    """The moments of each addendum and burst. Raises Refused for one of another game, not sealed, or reaching into the past."""
    found = []
    stage = dict(promise.stage)
    for number, act in enumerate((act for act in acts if ACTS[act.act] == SEALED), start=1):
        line, units, _, source = judge_moments(act.about)
        assert isinstance(act.about, dict)
        if (act.about["campaign"], source) != (f"{promise.campaign}+{number}", promise.source):
            raise Refused(f"addendum {number} is of another game")
        if commitment(secret, act.about).hex() != act.commit:
            raise Refused(f"addendum {number} is not the one that was committed to")
        if line.intervals[0][0] <= act.at_ms:
            raise Refused(f"addendum {number} has moments before it was made")
        if promise.sweep_from is not None and act.at_ms >= promise.sweep_from:
            raise Refused(f"addendum {number} was made in the last stretch")
        if act.act == "burst":
            if line.intervals[-1][1] - line.intervals[0][0] > LONGEST_BURST:
                raise Refused(f"addendum {number} is a burst of more than two minutes")
            for prize in units:
                stage[prize] = stage.get(prize, 0) - 1
        found.append(derive(act.about, secret, randomness))
    if overdrawn := [prize for prize, left in stage.items() if left < 0]:
        raise Refused(f"bursts gave more of {overdrawn[0]} than waited for them")
    return found
