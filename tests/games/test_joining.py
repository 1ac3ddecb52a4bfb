"""Who joins gets a number: once for a device, without holes, and an address has one player."""

import hashlib

import pytest

from games.joining import GameOver, Joining, NoAddress, join
from games.models import Game, Player
from tenants import scope
from tenants.models import Consent, Contact
from tests.games.published import at_once, published


def enter(game, device, name="Ana", email="", purposes=()):
    with scope.tenant(game.tenant_id):
        return join(game, Joining(name, device, email, purposes))


def players(game):
    with scope.tenant(game.tenant_id):
        return list(Player.objects.filter(game=game).order_by("number"))


def test_numbers_begin_with_one_in_each_game(tenant, game):
    second = published(tenant, "second")
    assert [enter(game, "a")[0].number, enter(game, "b")[0].number, enter(second, "a")[0].number] == [1, 2, 1]


def test_a_device_that_joins_twice_is_one_player(game):
    first, is_new = enter(game, "a", "Ana")
    again, is_new_again = enter(game, "a", "Somebody else")
    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert [player.name for player in players(game)] == ["Ana"]


def test_two_players_may_have_one_name(game):
    assert enter(game, "a", "Ana")[0] != enter(game, "b", "Ana")[0]


@pytest.mark.django_db(transaction=True)
def test_twenty_who_join_at_once_have_twenty_numbers_without_a_hole(tenant):
    game = published(tenant)
    at_once(20, lambda place: enter(game, f"device {place}"))
    assert [player.number for player in players(game)] == list(range(1, 21))
    with scope.tenant(tenant.pk):
        assert Game.objects.get(pk=game.pk).numbers == 20


@pytest.mark.django_db(transaction=True)
def test_one_device_that_joins_in_twenty_tabs_at_once_is_one_player(tenant):
    game = published(tenant)
    assert {player.number for player, _ in at_once(20, lambda _: enter(game, "a", email="ana@example.com"))} == {1}
    with scope.tenant(tenant.pk):
        assert Game.objects.get(pk=game.pk).numbers == 1


@pytest.mark.django_db(transaction=True)
def test_an_address_that_joins_from_ten_devices_at_once_has_one_player_and_nine_guests(tenant):
    game = published(tenant)
    at_once(10, lambda place: enter(game, f"device {place}", email="Ana@Example.com", purposes=[("news", "Write to me.")]))
    assert [player.number for player in players(game)] == list(range(1, 11))
    assert sum(player.contact_id is not None for player in players(game)) == 1
    with scope.tenant(tenant.pk):
        assert Contact.objects.count() == 1
        assert Consent.objects.count() == 1


def test_an_address_may_play_in_each_game_of_a_tenant(tenant, game):
    second = published(tenant, "second")
    for each in (game, second):
        assert enter(each, "a", email="ana@example.com")[0].contact.email == "ana@example.com"


def test_who_gives_the_address_of_a_player_on_another_device_is_a_guest_and_agrees_to_nothing_in_its_name(game):
    enter(game, "a", email="ana@example.com")
    guest, is_new = enter(game, "b", email=" ANA@example.com ", purposes=[("news", "Write to me.")])
    assert (guest.contact, is_new) == (None, True)
    with scope.tenant(game.tenant_id):
        assert not Consent.objects.exists()


def test_a_consent_is_kept_with_the_hash_of_its_words(game):
    enter(game, "a", email="ana@example.com", purposes=[("news", "Write to me."), ("partners", "Tell others.")])
    with scope.tenant(game.tenant_id):
        kept = list(Consent.objects.order_by("pk"))
    assert [consent.purpose for consent in kept] == ["news", "partners"]
    assert kept[0].text_hash == hashlib.sha256(b"Write to me.").hexdigest()


@pytest.mark.parametrize("email", ["", "  "])
def test_a_guest_cannot_agree_to_anything_for_nobody_could_show_who_did(game, email):
    with pytest.raises(NoAddress):
        enter(game, "a", email=email, purposes=[("news", "Write to me.")])
    assert players(game) == []
    assert enter(game, "a")[0].number == 1


def test_nobody_new_comes_into_a_game_that_is_over_but_who_played_comes_back(game):
    known, _ = enter(game, "a")
    with scope.tenant(game.tenant_id):
        Game.objects.filter(pk=game.pk).update(phase="ended")
    with pytest.raises(GameOver):
        enter(game, "b")
    assert enter(game, "a") == (known, False)
    with scope.tenant(game.tenant_id):
        assert Game.objects.get(pk=game.pk).numbers == 1


def test_who_could_not_be_stored_has_taken_no_number(game, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(Player.objects.model, "save", fail)
        with pytest.raises(RuntimeError):
            enter(game, "a")
    assert enter(game, "a")[0].number == 1
