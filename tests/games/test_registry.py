"""A mechanic is found by its file, and nothing else needs to be edited."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games import mechanics, registry
from games.mechanic import Mechanic
from games.models import Game
from games.registry import MECHANICS
from tests.games.plans import settings_of
from tests.games.table import Table

RULES = """
from games.mechanic import Command, Event, Mechanic


class Wave(Command, frozen=True):
    pass


class Waved(Event, frozen=True):
    player: int


class Greeting(Mechanic[dict, Wave, Waved], frozen=True):
    title = "Greeting"
"""


def test_each_is_known_by_the_name_of_its_file():
    for kind, mechanic in MECHANICS.items():
        assert issubclass(mechanic, Mechanic)
        assert mechanic.__module__ == f"games.mechanics.{kind}"


def test_each_has_a_title_for_people():
    assert all(mechanic.title for mechanic in MECHANICS.values())


@pytest.mark.parametrize("mechanic", MECHANICS.values(), ids=MECHANICS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_each_promises_to_dashboards_is_what_it_counts(mechanic, data):
    rules = Table(data.draw(settings_of(mechanic))).rules
    state = rules.beginning()
    assert all(one and other for one, other in (figure.counted for figure in mechanic.figures))
    assert {figure.name for figure in mechanic.figures} <= set(rules.stats(state))
    assert {prize.id: prize.stock for prize in rules.mechanic.shelf()} == rules.mechanic.stock(state.mechanic)


@pytest.mark.contract("C1")
def test_another_game_is_another_file(tmp_path, monkeypatch):
    (tmp_path / "greeting.py").write_text(RULES)
    monkeypatch.setattr(mechanics, "__path__", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "games.mechanics.greeting", raising=False)
    found = registry._mechanic_in("greeting")
    monkeypatch.delitem(sys.modules, "games.mechanics.greeting")
    assert found.__name__ == "Greeting"
    assert [kind.__name__ for kind in found.types()[1:]] == ["Wave", "Waved"]


def test_the_models_choices_follow_without_a_migration():
    assert registry.choices() == [(kind, mechanic.title) for kind, mechanic in MECHANICS.items()]
    assert set(dict(Game._meta.get_field("kind").flatchoices)) == set(MECHANICS)
