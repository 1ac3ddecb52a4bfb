"""`manage.py check_invariants` is silent about what is right, and finds what was made wrong, a sentence each."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from games.invariants import violations
from games.lifecycle import End, Joined
from games.mechanics.instant_win import Lost, Won
from games.models import Award, Game, GameEvent, Minute, Player, Snapshot
from games.replay import Replay
from games.store import snapshots
from games.store.loading import read, ruleset_of
from tenants import scope
from tests.games.published import Hand, fill, published


@pytest.fixture
def played(game: Game) -> Game:
    """Four players, one play each, by a day that some moments came before."""
    return fill(game)


def found(game: Game) -> list[str]:
    with scope.tenant(game.tenant_id):
        return violations(game.pk)


def test_a_game_that_was_played_by_the_rules_has_nothing_to_say(played, tenant):
    assert found(played) == []
    assert found(published(tenant, "untouched")) == []


@pytest.mark.django_db(transaction=True)
def test_a_game_can_be_checked_in_a_snapshot_of_its_own(tenant):
    assert found(fill(published(tenant))) == []


def events(game: Game, kind: str):
    return GameEvent.objects.filter(game=game, kind=kind).order_by("seq")


def lose_an_event(game: Game) -> None:
    GameEvent.objects.filter(game=game, seq=3).delete()


def cut_the_end(game: Game) -> None:
    events(game, "won").last().delete()


def turn_back_time(game: Game) -> None:
    events(game, "won").update(at=F("at") - 86_400)


def spoil_an_event(game: Game) -> None:
    events(game, "lost").update(data='{"t":"lost"}')


def forget_an_award(game: Game) -> None:
    Award.objects.filter(game=game).first().delete()


def give_without_a_play(game: Game) -> None:
    Award.objects.create(game=game, player=9, prize="trip", unit=7, moment=77, play=999, at=1.0)


def hand_an_award_to_another(game: Game) -> None:
    Award.objects.filter(game=game).update(player=9)


def count_wrongly(game: Game) -> None:
    Minute.objects.filter(game=game, name="plays").update(value=F("value") + 1)


def boast(game: Game) -> None:
    Game.objects.filter(pk=game.pk).update(totals={"plays": 1000, "won": 2, "players": 5})


def misstate_the_stock(game: Game) -> None:
    Game.objects.filter(pk=game.pk).update(stock={"mug": 300, "trip": 1})


def skip_a_number(game: Game) -> None:
    Player.objects.filter(game=game, number=2).delete()


def deny_a_winner(game: Game) -> None:
    """A play that won becomes one that lost: later plays then won moments that were open for it."""
    won = events(game, "won").first()
    data = json.loads(won.data)
    GameEvent.objects.filter(pk=won.pk).update(
        kind="lost", data=json.dumps({"t": "lost", "player": data["player"], "until": data["until"]})
    )


def win_too_early(game: Game) -> None:
    won = events(game, "won").first()
    GameEvent.objects.filter(pk=won.pk).update(at=events(game, "opened").first().at)


WRONGS = {
    lose_an_event: "event 3 is missing.",
    cut_the_end: "the row says that the last event is",
    turn_back_time: "is older than event",
    spoil_an_event: "it cannot be read: ",
    forget_an_award: "and there is no such award.",
    give_without_a_play: "award of trip 7 to player 9 does not follow from event 999.",
    hand_an_award_to_another: "to player 9 does not follow from event",
    count_wrongly: "plays, and its minutes",
    boast: "plays, and its row 1000.",
    misstate_the_stock: "the row says that",
    skip_a_number: "5 numbers were given, the last is 5, and there are 4 players.",
    deny_a_winner: "was still",
    win_too_early: "before its time",
}


@pytest.mark.parametrize("wrong", WRONGS, ids=lambda wrong: wrong.__name__)
@pytest.mark.control("P1")
@pytest.mark.control("P4")
def test_what_was_made_wrong_is_found(played, wrong):
    with scope.tenant(played.tenant_id):
        wrong(played)
    assert any(WRONGS[wrong] in sentence for sentence in found(played)), found(played)


@pytest.mark.control("P1")
def test_more_awards_than_stock_are_found(game):
    hand = Hand(game).begin(1, 2)
    hand.write(hand.at + 1, "player", 1, *(Won(1, "trip", unit, unit, hand.at, hand.at + unit, hand.at) for unit in range(2)))
    assert any("2 of trip were given, and there are 1." in sentence for sentence in found(game))


def test_a_player_who_is_in_the_game_without_a_row_is_found(game):
    Hand(game).write(1.0, "player", 3, Joined(3))
    assert any("player 3 is in the game and has no row." in sentence for sentence in found(game))


def test_one_who_played_more_than_he_may_is_found(game):
    hand = Hand(game).begin(1)
    hand.write(hand.at + 1, "player", 1, Lost(1, 2e9), Lost(1, 2e9))
    assert any("player 1 played 2 times on the day" in sentence for sentence in found(game))


def test_a_game_whose_key_does_not_open_is_named(played, settings):
    settings.PLATFORM_KEY = "another key of thirty-two characters or more"
    (sentence,) = found(played)
    assert sentence.startswith(f"Game {played.public_id}: it cannot be read: The key of game")


def test_the_command_says_how_many_it_checked(played, other, capsys):
    published(other)
    call_command("check_invariants")
    assert capsys.readouterr().out == "2 games checked, 0 violations.\n"


def test_the_command_says_each_violation_and_fails(played, other, capsys):
    published(other)
    with scope.tenant(played.tenant_id):
        count_wrongly(played)
    with pytest.raises(SystemExit) as ended:
        call_command("check_invariants", played.public_id)
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (1, "1 games checked, 1 violations.\n")
    assert said.err.startswith(f"Game {played.public_id}: the events count ")


def test_the_command_knows_which_games_there_are(db):
    with pytest.raises(CommandError, match="no game of one of these ids"):
        call_command("check_invariants", "nobody")


def test_a_game_that_has_ended_holds_too(played):
    hand = Hand(played)
    hand.ask(hand.at + 1, "operator", 1, End())
    assert found(played) == []


def keep(game: Game, end: int) -> None:
    rules = ruleset_of(game)
    snapshots.keep(game.pk, Replay(rules, game.line).follow(read(game.pk, rules)[:end]).frozen())


def test_a_snapshot_that_is_what_the_log_says_has_nothing_to_say(played):
    with scope.tenant(played.tenant_id):
        keep(played, 8)
    assert found(played) == []


@pytest.mark.control("P2")
def test_a_snapshot_that_is_not_what_the_log_says_is_found(played):
    with scope.tenant(played.tenant_id):
        keep(played, 8)
        Snapshot.objects.update(seq=7)
    assert any("its snapshot is not what the log says at event 7." in sentence for sentence in found(played))
    with scope.tenant(played.tenant_id):
        Snapshot.objects.update(seq=99)
    assert any("its snapshot is of event 99, and the last event is" in sentence for sentence in found(played))
