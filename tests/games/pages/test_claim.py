"""The claim page: for its winner alone, by cookie or by the key of his link; the code stands there once he has said who he is."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from games.models import Award, Claim, Handover, PrizeCode, Substitute
from games.winners import links, rules
from games.winners.claims import SYSTEM
from games.winners.succession import lapse
from tenants import identity, scope
from tests.games.console.test_home import text
from tests.games.published import fill

GIVEN = {"name": "Ana Martin", "email": "ana@home.test"}
HOME = {"street": "3 rue Haute", "postcode": "13001", "city": "Marseille", "country": "France"}


@pytest.fixture
def award(game):
    """Of player 2."""
    fill(game)
    with scope.tenant(game.tenant_id):
        PrizeCode.objects.create(game=game, prize="mug", unit=0, code="mug-0-ete")
    with scope.tenant(game.tenant_id):
        yield Award.objects.select_related("game__tenant").order_by("play").first()


@pytest.fixture
def link(award):
    return links.path(award.game, award.public_id, award.player)


def key(link):
    return link.split("key=")[1]


def test_by_his_link_a_winner_claims_and_then_sees_his_code(client, link, award):
    before = client.get(link)
    assert "Mug" in text(before)
    assert b"mug-0-ete" not in before.content
    after = client.post(link.split("?")[0], {**GIVEN, "key": key(link)}, follow=True)
    assert 'id="code">mug-0-ete<' in after.content.decode()
    assert "<svg" in after.content.decode().split('class="qr-tile"')[1]
    assert after["Cache-Control"].startswith("max-age=0")
    held = Claim.objects.get(award=award)
    assert (held.state, held.name, held.email) == (rules.CLAIMED, "Ana Martin", "ana@home.test")


def test_it_works_with_every_cookie_blocked(link):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(link.split("?")[0], {**GIVEN, "key": key(link)})
    browser.cookies.clear()
    assert b"mug-0-ete" in browser.get(answer["Location"]).content


def test_on_the_phone_that_he_plays_with_he_needs_no_key(client, award, link):
    device = identity.Device("device 2")
    client.cookies[identity.cookie_name(award.tenant_id)] = identity._sign(
        {"device": device.device, "seats": {}}, f"device.{award.tenant_id}"
    )
    assert client.get(link.split("?")[0]).status_code == 200


@pytest.mark.promise("P20")
def test_nobody_else_gets_in(client, award, link):
    bare = link.split("?")[0]
    other = links.key(award.tenant_id, award.public_id, 1)
    elsewhere = links.key(award.tenant_id + 1, award.public_id, 2)
    for wrong in ("", "?key=", "?key=2.x", "?key=x", f"?key={other}", f"?key={elsewhere}", "?key=" + "9" * 5000):
        assert client.get(bare + wrong).status_code == 404, wrong
    assert client.post(bare, {**GIVEN, "key": "2.forged"}).status_code == 404
    assert client.get(link.replace(award.public_id, "a" * 26)).status_code == 404
    with scope.tenant(award.tenant_id):
        assert not Claim.objects.exists()


def test_a_cookie_alone_claims_nothing(client, award, link):
    """Another site could send a form with it; the key stands in our page alone."""
    client.cookies[identity.cookie_name(award.tenant_id)] = identity._sign({"device": "device 2", "seats": {}}, f"device.{award.tenant_id}")
    assert client.post(link.split("?")[0], GIVEN).status_code == 404


def test_what_was_typed_stays_and_the_field_is_named(client, link):
    answer = client.post(link.split("?")[0], {"name": "Ana", "email": "ana@", "key": key(link)})
    assert answer.status_code == 422
    assert 'value="ana@"' in answer.content.decode()
    assert "This is not a complete e-mail address." in text(answer)
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_prize_that_is_sent_asks_for_an_address(client, link, award):
    Handover.objects.create(game=award.game, posted=["mug"])
    assert client.post(link.split("?")[0], {**GIVEN, "key": key(link)}).status_code == 422
    client.post(link.split("?")[0], {**GIVEN, **HOME, "key": key(link)})
    assert Claim.objects.get(award=award).address == "3 rue Haute\n13001 Marseille\nFrance"
    assert "13001 Marseille" in text(client.get(link))


def test_a_second_press_changes_nothing(client, link, award):
    for name in ("Ana Martin", "Somebody Else"):
        client.post(link.split("?")[0], {**GIVEN, "name": name, "key": key(link)})
    assert Claim.objects.get(award=award).name == "Ana Martin"


def test_after_the_deadline_it_says_so_and_takes_nothing(client, link, award):
    client.get(link)
    Claim.objects.update(due_at=timezone.now())
    assert "The time is over." in text(client.get(link))
    client.post(link.split("?")[0], {**GIVEN, "key": key(link)})
    assert Claim.objects.get(award=award).state == rules.WON
    assert b"mug-0-ete" not in client.get(link).content


def test_a_substitute_has_the_page_and_the_first_winner_no_more(client, link, award):
    client.get(link)
    Substitute.objects.create(game=award.game, player=5)
    lapse(Claim.objects.get(), SYSTEM, timezone.now())
    theirs = links.path(award.game, award.public_id, 5)
    client.post(theirs.split("?")[0], {**GIVEN, "key": key(theirs)})
    assert b"mug-0-ete" in client.get(theirs).content
    assert b"mug-0-ete" not in client.get(link).content
    assert "The time is over." in text(client.get(link))


def test_what_somebody_types_is_text(client, link):
    answer = client.post(link.split("?")[0], {"name": "<b>", "email": '"><script>', "key": key(link)})
    assert b"<script>" not in re.sub(rb"<script type.*?>", b"", answer.content)
