"""An event that was stored years ago is read as what it is called today."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
import pytest

from games.lifecycle import Joined
from games.log import Logged, decoded
from games.mechanic import Command, Event, Mechanic
from games.ruleset import Ruleset
from games.store.batch import Summary
from games.store.loading import read
from games.store.writing import append
from tenants import scope


class State(msgspec.Struct):
    heard: list[str] = []


class Rules(Mechanic[State, Command, Event], frozen=True):
    def evolve(self, state: State, event: Any) -> None:
        state.heard.append(event.text if isinstance(event, Said) else " ".join(event.words))

    def view(self, state: State, eye: Any) -> dict[str, Any]:
        return {"heard": state.heard}


class Said(Event, frozen=True):
    """As it was in the first release."""

    text: str
    loud: int = 0


class Whispered(Event, frozen=True):
    """There is no such event any more."""

    text: str


class Then(Rules, frozen=True):
    @classmethod
    def types(cls) -> tuple[Any, Any, Any]:
        return State, Command, Said | Whispered


class SaidNow(Event, frozen=True, tag="said"):
    """As it is in the third."""

    version: ClassVar[int] = 3
    words: list[str]
    volume: float = 1.0


class Now(Rules, frozen=True):
    @classmethod
    def types(cls) -> tuple[Any, Any, Any]:
        return State, Command, SaidNow

    @classmethod
    def upcast(cls, kind: str, version: int, data: dict[str, Any]) -> dict[str, Any]:
        assert data["t"] == kind
        if kind == "whispered":
            return {"t": "said", "words": [data["text"]], "volume": 0.1}
        if version < 2:
            data = {"t": "said", "words": data["text"].split(), "loud": data.get("loud", 0)}
        return {"t": "said", "words": data["words"], "volume": 1.0 + data["loud"]}


class Forgetful(Now, frozen=True):
    """Its author has not thought of what is stored."""

    upcast = Mechanic.upcast


@pytest.fixture
def stored(game):
    with scope.tenant(game.tenant_id):
        events = [Said("good day", 2), Whispered("psst"), Joined(1), Said("bye")]
        log = [Logged(seq, float(seq), "player", 1, "", event) for seq, event in enumerate(events, 1)]
        append(game.pk, Ruleset(Then()), log, Summary("open", None), 0)
        yield game


def test_old_versions_and_kinds_that_are_gone_are_lifted(stored):
    events = [entry.event for entry in read(stored.pk, Ruleset(Now()))]
    assert events == [SaidNow(["good", "day"], 3.0), SaidNow(["psst"], 0.1), Joined(1), SaidNow(["bye"], 1.0)]
    assert [entry.event for entry in read(stored.pk, Ruleset(Now()), [2])] == [SaidNow(["psst"], 0.1)]


def test_what_is_of_today_is_not_touched(stored):
    with scope.tenant(stored.tenant_id):
        append(stored.pk, Ruleset(Now()), [Logged(5, 5.0, "player", 1, "", SaidNow(["new"], 7.0))], Summary("open", None), 0)
    assert read(stored.pk, Ruleset(Now()))[-1].event == SaidNow(["new"], 7.0)


def test_a_second_version_is_lifted_from_there():
    row = (1, 1.0, "player", 1, "", "said", 2, '{"t":"said","words":["a","b"],"loud":1}')
    assert [entry.event for entry in decoded(Ruleset(Now()), [row])] == [SaidNow(["a", "b"], 2.0)]


@pytest.mark.control("P2")
def test_without_upcast_what_was_stored_cannot_be_read(stored):
    with pytest.raises(msgspec.ValidationError, match="words"):
        read(stored.pk, Ruleset(Forgetful()), [1])
    with pytest.raises(msgspec.ValidationError, match="whispered"):
        read(stored.pk, Ruleset(Forgetful()), [2])
