"""A mail for each thing worth telling: once, in the game's language, tried again when the server refuses, and never with a code."""

import re

import pytest
from django.core import mail as outbox
from django.db import transaction
from django_q.models import OrmQ

from games.models import Claim, ClaimMail, Game
from games.winners import claims, mail, rules
from games.winners.claims import Given
from scheduler import winners

GIVEN = Given("Ana Martin", "ana@home.test")


def work(won):
    """What the queue does, on what stands in the rows."""
    return mail.deliver(won.tenant.pk, list(ClaimMail.objects.values_list("pk", flat=True)))


class Refusing:
    """A server that is down so many times."""

    def __init__(self, times):
        self.times, self.taken = times, []

    def send_messages(self, messages):
        if self.times:
            self.times -= 1
            raise OSError("connection refused")
        self.taken += messages
        return len(messages)


def test_who_left_an_address_is_told_of_his_win_once(won):
    claims.open_claim(won.awards[0])
    assert work(won) == 1
    assert work(won) == 0
    [sent] = outbox.outbox
    assert sent.to == ["ana@example.com"]
    assert sent.subject == "Gagné\u202f: Mug d’été"


def test_who_left_none_gets_none_until_he_claims(won):
    trip = claims.open_claim(won.awards[2])
    assert not ClaimMail.objects.filter(claim=trip).exists()
    claims.claim(trip, Given("Bo", "bo@home.test"), won.clock.at)
    assert list(ClaimMail.objects.filter(claim=trip).values_list("kind", "email")) == [("code", "bo@home.test")]


def test_a_mail_carries_a_link_that_opens_the_page_and_no_code(won, client):
    claims.claim(won.claim, GIVEN, won.clock.at)
    work(won)
    for sent in outbox.outbox:
        html, kind = sent.alternatives[0]
        assert kind == "text/html"
        for body in (sent.body, html, sent.subject):
            assert "mug-0-win" not in body
        link = re.search(r"http://\S+?(/t/\S+)", sent.body)[1]
        assert b"mug-0-win" in client.get(link).content
    assert len(outbox.outbox) == 2


def test_it_speaks_the_language_of_the_game(won):
    Game.objects.filter(pk=won.game.pk).update(language="en")
    work(won)
    assert outbox.outbox[0].subject == "You won: Mug d’été"
    assert "This link is yours alone" in outbox.outbox[0].body


def test_the_task_is_written_in_the_transaction_of_the_claim(won):
    before = OrmQ.objects.count()
    with transaction.atomic():
        claims.claim(won.claim, GIVEN, won.clock.at)
        transaction.set_rollback(True)
    assert OrmQ.objects.count() == before
    won.claim.refresh_from_db()
    claims.claim(won.claim, GIVEN, won.clock.at)
    assert OrmQ.objects.count() == before + 1


def test_a_server_that_refuses_is_asked_again_later(won):
    server, row = Refusing(1), ClaimMail.objects.select_related("claim__award", "claim__game__tenant").get()
    assert not mail.send(row, server, won.clock.at)
    row.refresh_from_db()
    assert (row.tries, row.sent_at) == (1, None)
    assert "connection refused" in row.problem
    assert not mail.send(row, server, won.clock.at), "not at once"
    assert mail.due(won.clock.at, 10) == []
    won.clock.on(minutes=1)
    assert mail.due(won.clock.at, 10) == [(won.tenant.pk, row.pk)]
    assert mail.send(row, server, won.clock.at)
    row.refresh_from_db()
    assert (row.problem, row.sent_at) == ("", won.clock.at)
    assert server.taken[0].extra_headers["Message-ID"] == f"<win-{won.awards[0].public_id}-1@so-buzz>"


def test_of_two_workers_one_has_it(won):
    one, two = (ClaimMail.objects.get() for _ in range(2))
    assert mail.take(one, won.clock.at)
    assert not mail.take(two, won.clock.at)


def test_after_the_last_try_nobody_tries_again(won):
    ClaimMail.objects.update(tries=len(rules.WAITS) + 1)
    won.clock.on(days=30)
    assert mail.due(won.clock.at, 10) == []


def test_who_forgets_is_reminded_once_before_the_deadline(won):
    trip = claims.open_claim(won.awards[2])
    won.clock.on(days=4, hours=23)
    assert winners.remind() == 0
    won.clock.on(hours=2)
    assert winners.remind() == 1
    assert winners.remind() == 0
    assert set(ClaimMail.objects.filter(kind="reminder").values_list("claim", flat=True)) == {won.claim.pk}, "not who has no address"
    assert Claim.objects.get(pk=trip.pk).state == rules.WON


def test_who_has_claimed_is_not_reminded(won):
    claims.claim(won.claim, GIVEN, won.clock.at)
    won.clock.on(days=6)
    assert winners.remind() == 0


@pytest.mark.django_db(transaction=True)
def test_the_sweep_brings_back_what_a_dead_worker_left(won):
    row = ClaimMail.objects.get()
    assert mail.take(row, won.clock.at)
    OrmQ.objects.all().delete()
    assert winners.send() == 0
    won.clock.on(minutes=2)
    assert winners.send() == 1
    assert OrmQ.objects.count() == 1
    assert work(won) == 1
