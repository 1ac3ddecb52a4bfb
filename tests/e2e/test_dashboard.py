"""What a player does moves the client's numbers; what an operator does reaches the phone; nobody else gets in."""

import pytest
from playwright.async_api import expect

from tests.e2e.people import DESK, PHONE, WALL, buzz, join, sign_in, watched

GAME = "/t/demo/instant-win/"


async def press(page, name: str) -> None:
    """The main action ignores who cannot have read it yet."""
    button = page.get_by_role("button", name=name)
    await expect(button).not_to_have_attribute("data-calm", "")
    await button.click()


@pytest.mark.contract("C5")
@pytest.mark.contract("C12")
async def test_the_clients_numbers_move_when_a_player_plays(new_site, new_context):
    site = new_site()
    desk, complaints = await watched(await new_context(**DESK))
    await sign_in(desk, site.url, "owner@demo.test")
    tile = desk.locator(".live-tile", has_text="L’été Colibri")
    await expect(tile).to_contain_text("0 of 20,154 won")
    phone, _ = await watched(await new_context(**PHONE))
    await join(phone, site.url + GAME, "Ana")
    await buzz(phone)
    await expect(phone.locator(".win-ticket")).to_be_visible()
    await expect(tile).to_contain_text("1 of 20,154 won")
    await tile.click()
    await expect(desk.locator("h1")).to_have_text("L’été Colibri")
    await expect(desk.locator(".tile", has_text="Plays")).to_contain_text("1")
    assert complaints == []


async def test_an_operator_pauses_and_the_phone_and_the_big_screen_say_so(new_site, new_context):
    site = new_site()
    phone, _ = await watched(await new_context(**PHONE))
    await join(phone, site.url + GAME, "Ana")
    wall, _ = await watched(await new_context(**WALL))
    await wall.goto(f"{site.url}{GAME}screen/")
    desk, complaints = await watched(await new_context(**DESK))
    await sign_in(desk, site.url, "moderator@demo.test", to="/console/games/")
    await desk.get_by_role("link", name="L’été Colibri").first.click()
    await desk.get_by_role("link", name="Host").first.click()
    await expect(desk.get_by_text("1 player here")).to_be_visible()
    await press(desk, "Pause")
    await expect(phone.get_by_text("Short break.").first).to_be_visible()
    await expect(wall.get_by_text("Petite pause").first).to_be_visible()
    await press(desk, "Resume")
    await expect(phone.locator(".buzzer")).to_be_visible()
    assert complaints == []
    assert site.complaints() == []


async def test_the_big_screen_names_who_comes_and_shows_the_way_in_only_while_it_is_open(new_site, new_context):
    site = new_site()
    wall, complaints = await watched(await new_context(**WALL))
    await wall.goto(f"{site.url}{GAME}screen/")
    phone, phones = await watched(await new_context(**PHONE))
    await join(phone, site.url + GAME, "Ana")
    other, _ = await watched(await new_context(**PHONE))
    await join(other, site.url + GAME, "Malo")
    await expect(wall.locator("#names li")).to_have_text(["Malo", "Ana"])
    desk, _ = await watched(await new_context(**DESK))
    await sign_in(desk, site.url, "moderator@demo.test", to="/console/games/")
    await desk.get_by_role("link", name="L’été Colibri").first.click()
    await desk.get_by_role("link", name="Host").first.click()
    entrance = desk.get_by_role("switch", name="Entrance open")
    await expect(wall.locator(".lobby > .qr-slab")).to_be_visible()
    await entrance.click()
    await expect(wall.get_by_text("L’entrée est fermée.")).to_be_visible()
    await expect(wall.locator(".lobby > .qr-slab")).to_be_hidden()
    await expect(wall.locator(".lobby-code")).to_be_hidden()
    await entrance.click()
    await expect(wall.locator(".lobby > .qr-slab")).to_be_visible()

    await desk.get_by_role("button", name="Remove Ana, may come back").click()
    await desk.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    await expect(wall.locator("#names li")).to_have_text(["Malo"])
    await expect(phone.locator("#conn")).to_have_text("Removed")
    await phone.get_by_role("button", name="Come back").click()
    await expect(phone.get_by_text("Your turn, Ana.")).to_be_visible()
    await desk.get_by_role("button", name="Exclude Malo for good").click()
    await desk.get_by_role("dialog").get_by_role("button", name="Exclude").click()
    await expect(other.locator("#conn")).to_have_text("Excluded")
    await expect(wall.locator("#names li")).to_have_count(0)
    assert (complaints, phones) == ([], [])


async def test_a_player_changes_the_language_and_stays_who_he_is(site, new_context):
    phone, _ = await watched(await new_context(**PHONE))
    await join(phone, site.url + GAME, "Ana")
    await phone.get_by_role("link", name="Français").click()
    await expect(phone.get_by_text("À vous, Ana.")).to_be_visible()


@pytest.mark.promise("P20")
async def test_a_client_finds_nothing_of_another_client(site, new_context):
    desk, _ = await watched(await new_context(**DESK))
    await sign_in(desk, site.url, "owner@other.test")
    await expect(desk.locator("body")).not_to_contain_text("Colibri")
    context = await new_context(**DESK)
    theirs, _ = await watched(context)
    await sign_in(theirs, site.url, "owner@demo.test", to="/console/games/")
    address = await theirs.get_by_role("link", name="L’été Colibri").first.get_attribute("href")
    foreign = await desk.goto(f"{site.url}{address}")
    assert foreign.status == 404
    unknown = await desk.goto(f"{site.url}/console/games/{'a' * 26}/")
    assert unknown.status == 404
