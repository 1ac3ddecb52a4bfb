"""Laws that every mechanic keeps. A new one is held to them from the day its file appears."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from games import lifecycle
from games.lifecycle import Ended
from games.log import decoder_of
from games.mechanic import Context, Event, Mechanic
from games.registry import MECHANICS
from games.ruleset import LIFECYCLE_COMMANDS, LIFECYCLE_EVENTS
from realtime.refusals import SENTENCES
from tests.games.plans import PLAYERS, Step, fitted, plans, settings_of
from tests.games.table import CLOSES, OPENS, Outcome, Table, sealed

EYES = ("everyone", "operator", *PLAYERS)
RESERVED = {"t", "game", "now", "at", "per_minute", "stock", "players"}  # words of the stats frame itself
AT_THE_END = Context(CLOSES, CLOSES, Random(1))
CODECS = [(msgspec.json.encode, msgspec.json.decode), (msgspec.msgpack.encode, msgspec.msgpack.decode)]
every_mechanic = pytest.mark.parametrize("mechanic", MECHANICS.values(), ids=MECHANICS)
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def laid(data: st.DataObject, mechanic: type[Mechanic[Any, Any, Any]]) -> tuple[Table, list[Step]]:
    game = data.draw(settings_of(mechanic))
    return Table(game, data.draw(st.binary(min_size=32, max_size=32))), fitted(game, data.draw(plans(mechanic)))


def played(data: st.DataObject, mechanic: type[Mechanic[Any, Any, Any]]) -> Table:
    """To decide is not to change, and a deadline is over once its Tick has come: the table itself sees to these two."""
    table, steps = laid(data, mechanic)
    for step in steps:
        table.ask(*step)
    return table


@every_mechanic
@many
@given(data=st.data())
def test_the_log_alone_gives_the_state(mechanic, data):
    table = played(data, mechanic)
    assert table.replayed() == table.state


@every_mechanic
@many
@given(data=st.data())
def test_state_log_and_views_survive_both_codecs(mechanic, data):
    table = played(data, mechanic)
    decoder = decoder_of(table.rules.mechanic)
    assert [decoder.decode(msgspec.json.encode(entry.event)) for entry in table.log] == [entry.event for entry in table.log]
    for encode, decode in CODECS:
        assert decode(encode(table.state.lifecycle), type=lifecycle.State) == table.state.lifecycle
        assert decode(encode(table.state.mechanic), type=mechanic.types()[0]) == table.state.mechanic
        for eye in EYES:
            view = table.rules.view(table.state, eye)
            assert decode(encode(view)) == view, "a view is made of what frames are made of"
            seen = [msgspec.to_builtins(event) for entry in table.log if (event := table.rules.seen(entry.event, eye))]
            assert decode(encode(seen)) == seen


@every_mechanic
@many
@given(data=st.data())
def test_every_refusal_has_its_sentence(mechanic, data):
    table, steps = laid(data, mechanic)
    for step in steps:
        refused = table.ask(*step).refused
        assert refused is None or refused.code in SENTENCES
        assert refused is None or refused.retry is None or refused.retry > 0


@every_mechanic
@many
@given(data=st.data())
def test_totals_are_the_sums_of_what_the_events_count(mechanic, data):
    table = played(data, mechanic)
    counted: Counter[str] = Counter()
    for entry in table.log:
        counted.update(table.rules.counts(entry.event))
    assert +counted == +Counter(table.rules.stats(table.state))
    assert not RESERVED & set(table.rules.mechanic.stats(table.state.mechanic)), "the stats frame has these words for itself"


@every_mechanic
@many
@given(data=st.data())
@pytest.mark.promise("P1")
def test_no_prize_is_given_twice_and_none_beyond_its_stock(mechanic, data):
    table = played(data, mechanic)
    given = [award for entry in table.log for award in table.rules.awards(entry.event)]
    assert len({(award.prize, award.unit) for award in given}) == len(given)
    assert len({award.moment for award in given if award.moment is not None}) == sum(award.moment is not None for award in given)
    left, number = table.rules.mechanic.stock(table.state.mechanic), Counter(award.prize for award in given)
    assert all(units >= 0 for units in left.values()), "stock is added before it is given"
    assert all(0 <= award.unit < left[award.prize] + number[award.prize] for award in given)
    begun = table.rules.mechanic.stock(mechanic.types()[0]())
    assert all(left[prize] + number[prize] >= units for prize, units in begun.items()), "what is not given is left"


@every_mechanic
@many
@given(data=st.data())
def test_what_eyes_are_shown_changes_only_with_what_they_are_told(mechanic, data):
    """Else a frame would be missing: its `since` would fit, and the client would go on with what is no longer true."""
    table, steps = laid(data, mechanic)
    for step in steps:
        before = {eye: shown(table, eye) for eye in EYES}
        outcome = table.ask(*step)
        for eye in EYES:
            assert shown(table, eye) == before[eye] or told(table, outcome, eye), f"{eye} hears nothing of it"


def shown(table: Table, eye: Any) -> dict[str, Any]:
    """How many have joined is told in a snapshot and to dashboards, not by events."""
    view = table.rules.view(table.state, eye)
    return {key: value for key, value in view.items() if key != "players"} if eye == "everyone" else view


def told(table: Table, outcome: Outcome, eye: Any) -> bool:
    """Everyone and operators by frames; a player by the answer to what he asked, or by personal news (decision 4)."""
    if not isinstance(eye, int):
        return any(table.rules.seen(entry.event, eye) for entry in outcome.entries)
    touched = [table.rules.touched(entry.event) for entry in outcome.entries]
    return any(entry.by == eye for entry in outcome.own) or any(each == "all" or eye in each for each in touched)


@every_mechanic
@many
@given(data=st.data())
def test_after_the_end_nothing_happens_any_more(mechanic, data):
    table = played(data, mechanic)
    ended = [place for place, entry in enumerate(table.log) if isinstance(entry.event, Ended)]
    assert len(ended) <= 1
    if ended:
        end = table.log[ended[0]]
        assert all(entry.at == end.at for entry in table.log[ended[0] :])
        assert table.rules.deadline(table.state) is None
        assert table.rules.mechanic.finish(table.state.mechanic, AT_THE_END) == []


@every_mechanic
@many
@given(data=st.data())
def test_what_was_played_keeps_what_was_promised(mechanic, data):
    table = played(data, mechanic)
    assert list(table.rules.mechanic.faults(table.seal, table.facts())) == []


@every_mechanic
@many
@given(data=st.data())
def test_the_same_key_seals_the_same(mechanic, data):
    game = data.draw(settings_of(mechanic))
    assert game.sealed(sealed(game)) == game.sealed(sealed(game))
    assert game.commitment(sealed(game)) == game.commitment(sealed(game))


@every_mechanic
def test_no_word_means_two_things(mechanic):
    _, commands, events = mechanic.types()
    asked = [kind.__struct_config__.tag for kind in (*commands.__args__, *LIFECYCLE_COMMANDS)]
    happened = [kind.__struct_config__.tag for kind in (*events.__args__, *LIFECYCLE_EVENTS)]
    assert len(set(asked)) == len(asked)
    assert len(set(happened)) == len(happened)
    assert not {"hello", "pong"} & set(asked), "the socket has these words for itself"


@every_mechanic
@many
@given(data=st.data())
def test_a_bot_asks_for_what_there_is(mechanic, data):
    table = Table(data.draw(settings_of(mechanic)))
    table.hello(OPENS, 1)
    everyone, mine = (table.rules.mechanic.view(table.state.mechanic, eye) for eye in ("everyone", 1))
    wish = mechanic.bot(everyone, mine, Random(1))
    assert wish is None or table.ask(OPENS, "player", 1, msgspec.convert(wish, mechanic.types()[1])).refused is None


def test_what_is_not_opened_is_not_seen():
    class Whisper(Event, frozen=True):
        player: int

    game: Mechanic[Any, Any, Any] = Mechanic()
    assert game.seen(Whisper(1), "operator") == Whisper(1)
    assert [game.seen(Whisper(1), eye) for eye in ("everyone", 1, 2)] == [None, None, None]
