"""Cookies, tokens and tickets: each for one use, one tenant and its time."""

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tenants import identity
from tenants.identity import BadTicket, Device, Identity, Seat

PLAYER = Identity(tenant=1, role="player", player=17)


def kept(tenant: int, device: Device, **extra: str) -> dict[str, str]:
    response = HttpResponse()
    identity.write_device(RequestFactory().get("/", **extra), response, tenant, device)
    return {name: morsel.value for name, morsel in response.cookies.items()}


def test_a_device_comes_back_as_it_was_written() -> None:
    device = Device().with_player(5, "l1", 17).with_player(6, "l2", 2)
    assert identity.read_device(kept(1, device), 1) == device
    assert len(device.device) == 32


def test_two_devices_are_never_the_same() -> None:
    assert Device().device != Device().device


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    response = HttpResponse()
    identity.write_device(RequestFactory().get("/", secure=True), response, 1, Device())
    cookie = response.cookies["player_1"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Lax", "/")


@pytest.mark.promise("P20")
def test_a_cookie_of_one_tenant_is_worth_nothing_at_another() -> None:
    cookies = kept(1, Device().with_player(5, "l1", 17))
    assert identity.read_device(cookies, 2) is None
    assert identity.read_device({"player_2": cookies["player_1"]}, 2) is None


def test_a_cookie_never_outgrows_what_a_browser_keeps() -> None:
    device = Device()
    for game in range(10**9, 10**9 + 500):
        device = device.with_player(game, "abcdef", 10**6)
    assert len(kept(1, device)["player_1"]) < 3900
    assert device.number(10**9 + 499, "abcdef") == 10**6


def test_playing_again_keeps_the_place() -> None:
    device = Device("d").with_player(1, "l", 1).with_player(2, "l", 2).with_player(1, "l", 9)
    assert list(device.seats.items()) == [(2, Seat(2, "l")), (1, Seat(9, "l"))]


def test_a_number_counts_on_its_own_line_alone() -> None:
    device = Device().with_player(5, "before", 17)
    assert (device.number(5, "before"), device.number(5, "after"), device.number(6, "before")) == (17, 0, 0)


def test_a_cookie_without_lines_keeps_its_device() -> None:
    signed = signing.dumps({"device": "d", "players": {"5": 17}}, salt="sobuzz.device.1")
    assert identity.read_device({"player_1": signed}, 1) == Device("d")


def test_a_token_names_its_player_in_its_game_alone() -> None:
    token = identity.player_token(1, 5, 17, "d")
    assert identity.read_player_token(token, 1, 5) == (17, "d")
    assert identity.read_player_token(token, 1, 6) is None
    assert identity.read_player_token(token, 2, 5) is None


def test_a_ticket_tells_who_for_which_game_and_until_when() -> None:
    ticket = identity.read_ticket(identity.make_ticket(PLAYER, 5, now=100.0), 1, 5, now=129.9)
    assert (ticket.identity, ticket.game, ticket.expires_at) == (PLAYER, 5, 130.0)
    assert len(ticket.jti) == 32


@pytest.mark.parametrize(("tenant", "game", "now"), [(1, 5, 130.0), (1, 6, 100.0), (2, 5, 100.0)])
def test_a_ticket_is_refused_when_over_or_for_another_door(tenant: int, game: int, now: float) -> None:
    with pytest.raises(BadTicket):
        identity.read_ticket(identity.make_ticket(PLAYER, 5, now=100.0), tenant, game, now=now)


def test_each_ticket_has_its_own_number() -> None:
    first, second = (identity.read_ticket(identity.make_ticket(PLAYER, 5), 1, 5) for _ in range(2))
    assert first.jti != second.jti


def test_none_passes_for_another() -> None:
    token, ticket, cookie = identity.player_token(1, 5, 17, "d"), identity.make_ticket(PLAYER, 5), kept(1, Device())["player_1"]
    assert identity.read_player_token(ticket, 1, 5) is None
    assert identity.read_player_token(cookie, 1, 5) is None
    assert identity.read_device({"player_1": token}, 1) is None
    with pytest.raises(BadTicket):
        identity.read_ticket(token, 1, 5)


@given(st.text(max_size=200))
def test_what_we_have_not_signed_is_read_as_nothing(text: str) -> None:
    assert identity.read_player_token(text, 1, 5) is None
    assert identity.read_device({"player_1": text}, 1) is None
    with pytest.raises(BadTicket):
        identity.read_ticket(text, 1, 5)


def test_an_endless_text_is_not_even_looked_at() -> None:
    assert identity.read_player_token("a" * 10_000_000, 1, 5) is None


def test_a_token_outlives_a_change_of_the_secret(settings) -> None:
    token = identity.player_token(1, 5, 17, "d")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret, as long as it has to be, for tests"
    assert identity.read_player_token(token, 1, 5) == (17, "d")
