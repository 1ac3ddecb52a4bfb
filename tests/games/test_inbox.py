"""Letters from where no node is: they wait in the database until the clock brings them."""

from __future__ import annotations

import pytest
from django.db import transaction

from games import inbox
from games.lifecycle import Admit, End, Pause
from games.mechanic import Tick
from games.models import Inbox
from tenants import scope
from tests.games.published import published


def put(game, command, ref, **who):
    with scope.tenant(game.tenant_id):
        inbox.put(game, command, ref, **who)


def waiting(limit=100):
    with scope.platform():
        return [(letter.game, letter.ref) for letter in inbox.waiting(limit)]


def test_a_letter_waits_with_all_that_a_node_would_say(tenant, game):
    put(game, End("withdrawn"), "app", role="operator", by=7)
    with scope.platform():
        (letter,) = inbox.waiting(10)
    assert letter[1:] == (tenant.pk, game.pk, "operator", 7, "app", {"t": "end", "reason": "withdrawn"})


def test_the_same_ref_is_the_same_letter_and_breaks_nothing(tenant, game):
    put(game, Admit(1), "one")
    with scope.tenant(tenant.pk), transaction.atomic():
        inbox.put(game, Admit(2), "one")
        inbox.put(game, Admit(3), "two")
    with scope.tenant(tenant.pk):
        assert [command["player"] for command in Inbox.objects.order_by("pk").values_list("command", flat=True)] == [1, 3]


def test_a_letter_goes_out_with_the_transaction_it_was_written_in_or_never(game):
    with transaction.atomic():
        put(game, Tick(), "lost")
        transaction.set_rollback(True)
    assert waiting() == []


def test_a_letter_of_a_role_that_may_not_ask_for_it_is_not_written(game):
    with pytest.raises(ValueError, match="Pause is for operator, not for system"):
        put(game, Pause(), "p")
    assert waiting() == []


def test_a_game_gets_its_letters_one_after_the_other_and_games_do_not_wait_for_each_other(tenant, other, game):
    theirs = published(other)
    for ref in ("first", "second"):
        put(game, Tick(), ref)
        put(theirs, Tick(), ref)
    assert waiting() == [(game.pk, "first"), (theirs.pk, "first")]
    assert waiting(limit=1) == [(game.pk, "first")]
    with scope.tenant(tenant.pk):
        inbox.delivered(Inbox.objects.get(game=game, ref="first").pk)
    assert waiting() == [(theirs.pk, "first"), (game.pk, "second")]


def test_a_task_that_runs_again_after_its_letter_was_delivered_sends_no_second_one(tenant, game):
    put(game, Admit(1), "task 7")
    with scope.tenant(tenant.pk):
        inbox.delivered(Inbox.objects.get().pk)
    put(game, Admit(1), "task 7")
    assert waiting() == []
    put(game, Admit(1), "task 8")
    assert waiting() == [(game.pk, "task 8")]


def test_games_that_are_left_out_make_room_for_others(other, game):
    theirs = published(other)
    for each in (game, theirs):
        put(each, Tick(), "r")
    with scope.platform():
        assert [letter.game for letter in inbox.waiting(1, [game.pk])] == [theirs.pk]
        assert inbox.waiting(1, [game.pk, theirs.pk]) == []


def test_nobody_clears_the_letters_of_another_tenant(tenant, other, game):
    put(game, Tick(), "mine")
    with scope.tenant(tenant.pk):
        row = Inbox.objects.get().pk
    with scope.tenant(other.pk):
        inbox.delivered(row)
    assert waiting() == [(game.pk, "mine")]


def test_what_waits_is_found_in_one_query(game, other, django_assert_num_queries):
    for each in (game, published(other), published(other, "more")):
        put(each, Tick(), "r")
    with scope.platform():
        inbox.waiting(10)
        with django_assert_num_queries(1):
            assert len(inbox.waiting(10)) == 3
