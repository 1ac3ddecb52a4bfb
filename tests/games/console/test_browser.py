"""The console in a real browser: numbers move, two hosts work at once, hands stay on the keyboard, a lost server is survived."""

import re

import pytest
from playwright.async_api import expect

from tests.e2e.people import DESK, PHONE, buzz, join, sign_in, watched
from tests.games.console.hosting import PLAY, host, press


@pytest.mark.contract("C5")
async def test_the_dashboard_moves_while_somebody_plays(new_site, new_context):
    site = new_site()
    client, complaints = await watched(await new_context(**DESK))
    await sign_in(client, site.url, "analyst@demo.test")
    await expect(client.get_by_role("heading", name="One game live")).to_be_visible()
    await expect(client.locator("[data-number=players]")).to_have_text("0")
    player, _ = await watched(await new_context(**PHONE))
    await join(player, site.url + PLAY, "Camille")
    await expect(client.locator("[data-number=players]")).to_have_text("1")
    await expect(client.locator("[data-present]")).to_contain_text("1 connected")

    await client.locator(".live-tile").click()
    await expect(client.locator("[data-number=present]")).to_have_text("1")
    await buzz(player)
    await expect(client.locator("[data-number=plays]")).to_have_text("1")
    await expect(client.locator("[data-step=played] [data-value]")).to_have_text("1", timeout=4_000)
    won = await client.locator("[data-number=won]").inner_text()
    await expect(client.locator(".bar-won")).to_have_count(int(won))
    await expect(client.locator("[data-plot] circle")).to_have_count(1)
    await client.get_by_role("button", name="See as a table").click()
    await expect(client.locator("#table tbody tr").first).to_contain_text(re.compile(r"1.*1"))
    await expect(client.get_by_role("link", name="Host live")).to_have_count(0)
    assert complaints == []


@pytest.mark.contract("C7")
async def test_two_hosts_work_at_once_and_see_who_did_what(new_site, new_context):
    site = new_site()
    one, first = await host(new_context, site)
    two, second = await host(new_context, site, "moderator")

    await press(one)
    await expect(two.locator("#state")).to_have_text("Paused")
    await expect(two.locator("#log li").first).to_contain_text("Inès Valmont")
    await expect(one.locator("#log li").first).to_contain_text("You")

    await press(two)
    await expect(one.locator("#state")).to_have_text("Live")
    await one.keyboard.press("l")
    await expect(two.locator("#entrance")).not_to_be_checked()
    await expect(two.locator("#state")).to_have_text("Live, entrance closed")
    assert first + second == []

    await two.context.set_offline(True)
    await expect(two.locator("#conn")).to_have_attribute("data-state", "back")
    await press(two)
    await press(one)
    await expect(one.locator("#state")).to_have_text("Paused, entrance closed")
    await two.context.set_offline(False)
    await expect(two.locator("#toasts")).to_contain_text("Inès Valmont was quicker: Game paused", timeout=35_000)
    await expect(two.locator("#log li", has_text="Game paused")).to_have_count(2)


@pytest.mark.contract("C7")
async def test_a_player_is_sent_out_and_another_for_good_by_keyboard(new_site, new_context):
    site = new_site()
    page, complaints = await host(new_context, site)
    phones = {}
    for name in ("Théo", "Noor"):
        phones[name], _ = await watched(await new_context(**PHONE))
        await join(phones[name], site.url + PLAY, name)
        await expect(page.locator("#players li").first).to_contain_text(name)

    await page.keyboard.press("/")
    await page.keyboard.type("théo")
    await expect(page.locator("#players li")).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("k")
    await expect(page.get_by_role("dialog")).to_contain_text("Remove Théo?")
    await page.keyboard.press("Escape")
    await expect(page.locator("#players li")).to_be_focused()
    await page.get_by_role("button", name="Remove Théo").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Remove Théo?")
    await page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    await expect(page.locator("#toasts")).to_contain_text("Théo is out, and may come back.")
    await expect(phones["Théo"].get_by_text("The host removed you.")).to_be_visible()

    await page.locator("#players-q").fill("noor")
    await expect(page.locator("#players li b")).to_have_text("Noor")
    await page.locator("#players li").focus()
    await page.keyboard.press("x")
    await expect(page.get_by_role("dialog")).to_contain_text("Exclude Noor?")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#players li")).to_contain_text("excluded")
    await expect(phones["Noor"].get_by_text("You can no longer take part.")).to_be_visible()
    assert complaints == []


@pytest.mark.contract("C7")
async def test_an_end_names_what_is_lost_and_is_final(new_site, new_context):
    site = new_site()
    page, complaints = await host(new_context, site)
    await page.keyboard.press("e")
    await expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"[\d,]+ prizes will not be given\. It cannot be opened again\."))
    await page.keyboard.press("Escape")
    await expect(page.locator("#state")).to_have_text("Live")
    await page.keyboard.press("e")
    await page.get_by_role("button", name="Close the game").last.click()
    await expect(page.locator("#state")).to_have_text("Over")
    await expect(page.locator("#stage")).to_contain_text(re.compile(r"It is over\..*[\d,]+ of [\d,]+ prizes were not won", re.DOTALL))
    await expect(page.get_by_role("link", name="See the proof")).to_be_visible()
    for gone in ("#main-action", "#end", "#room"):
        await expect(page.locator(gone)).not_to_be_visible()
    assert complaints == []


@pytest.mark.contract("C5")
async def test_pages_that_stand_open_speak_of_the_end_when_it_comes(new_site, new_context):
    site = new_site()
    page, complaints = await host(new_context, site)
    home = await page.context.new_page()
    await home.goto(f"{site.url}/console/")
    overview = await page.context.new_page()
    await overview.goto(page.url.removesuffix("live/"))
    await expect(overview.get_by_role("link", name="Host live")).to_be_visible()
    await expect(overview.locator("[data-conn]")).to_have_attribute("data-state", "on")
    await expect(home.locator("[data-conn]")).to_have_attribute("data-state", "on")
    await press(page)
    await expect(overview.get_by_role("link", name="Resume")).to_be_visible()
    await expect(home.locator(".live-tile")).to_contain_text("Paused")
    await page.keyboard.press("e")
    await page.get_by_role("button", name="Close the game").last.click()
    await expect(overview.get_by_role("link", name="See the proof")).to_be_visible()
    await expect(overview.locator("#numbers")).to_contain_text("Final number")
    await expect(overview.locator("#stock")).to_contain_text("What was not won")
    await expect(home.get_by_role("heading", name="No game live")).to_be_visible()
    await expect(home.locator(".live-tile")).to_have_count(0)
    assert complaints == []


async def test_hands_go_from_the_search_into_the_list_and_back(new_site, new_context):
    site = new_site()
    page, complaints = await host(new_context, site)
    player, _ = await watched(await new_context(**PHONE))
    await join(player, site.url + PLAY, "Camille")
    row = page.locator("#players li", has_text="Camille")
    await expect(row).to_be_visible()

    await page.keyboard.press("/")
    await page.keyboard.type("cam")
    await expect(page.locator("#players li")).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    await expect(row).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#players-q")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Escape")
    await expect(page.locator("#players-q")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#players-q")).to_have_value("")
    await expect(page.locator("#players-q")).not_to_be_focused()
    await page.keyboard.press("l")
    await expect(page.locator("#entrance")).not_to_be_checked()

    await page.locator("#shortcuts").focus()
    await page.keyboard.press("/")
    await page.keyboard.press("Escape")
    await expect(page.locator("#shortcuts")).to_be_focused()
    await page.keyboard.press("?")
    for key in ("L", "B", "E", "/", "↑ ↓", "K", "X", "Esc", "?"):
        await expect(page.locator("#keys-list dt").get_by_text(key, exact=True)).to_be_visible()
    assert complaints == []


async def test_the_shortcuts_are_shown_and_can_be_switched_off(site, new_context):
    page, _ = await host(new_context, site)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_contain_text("Entrance open or closed")
    await page.get_by_label("Single keys work").uncheck()
    await page.get_by_role("button", name="Back to the game").click()
    await page.keyboard.press("e")
    await expect(page.locator("#confirm")).not_to_be_visible()


@pytest.mark.fault
@pytest.mark.promise("P3")
async def test_what_a_host_pressed_while_the_server_was_away_happens_once(new_site, new_context):
    site = new_site()
    page, _ = await host(new_context, site)
    site.kill()
    await expect(page.locator("#conn")).to_have_attribute("data-state", "back")
    await press(page)
    site.start()
    await expect(page.locator("#state")).to_have_text("Paused", timeout=35_000)
    await expect(page.locator("#log")).to_contain_text("Game paused")
    await expect(page.locator("#log li", has_text="Game paused")).to_have_count(1)
