"""From signing in to the first play, in a real browser: by hand, by keyboard, with another editor, and through an outage."""

import time

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.e2e.people import DESK, PHONE, buzz, join, sign_in, watched
from tests.games.console.test_browser_pages import AUDIT

NEWCOMER = 120  # seconds from the door to a running game


async def drafting(page: Page, site, who: str = "owner") -> str:
    """A new draft is open; answers its address."""
    await sign_in(page, site.url, f"{who}@demo.test")
    await page.get_by_role("link", name="New game").click()
    await page.get_by_role("button", name="Instant win").click()
    await expect(page.get_by_role("heading", name="Instant win")).to_be_visible()
    return page.url


async def settled(page: Page) -> None:
    await expect(page.locator("#saved")).to_contain_text("Saved,")


async def test_a_newcomer_has_a_running_game_within_two_minutes(new_site, new_context):
    site = new_site()
    page, complaints = await watched(await new_context(**DESK))
    begun = time.monotonic()
    await drafting(page, site)
    await page.get_by_label("Title").fill("Lemon days")
    await page.get_by_label("Headline").fill("Squeeze your luck")
    await page.get_by_label("What can be won").first.fill("A lemon")
    await expect(page.frame_locator("iframe:not(.coming)").get_by_role("heading", name="Squeeze your luck")).to_be_visible()
    await page.get_by_role("button", name="Publish…").click()
    await expect(page.get_by_text("A lemon, How many: 100")).to_be_visible()
    await page.get_by_role("button", name="Seal and open now").click()
    await expect(page.get_by_role("heading", name="Lemon days")).to_be_visible()
    play = await page.get_by_role("link", name="Play page").get_attribute("href")
    await expect(page.locator("#state")).to_contain_text("Live", timeout=30_000)
    assert time.monotonic() - begun < NEWCOMER

    player, more = await watched(await new_context(**PHONE))
    await player.goto(play)
    await expect(player.get_by_role("heading", name="Squeeze your luck")).to_be_visible()
    await join(player, play, "Camille")
    await buzz(player)
    await expect(page.locator("[data-number=plays]")).to_have_text("1")
    assert complaints + more == []


async def test_what_is_typed_is_kept_and_each_error_stands_at_its_field(new_site, new_context):
    site = new_site()
    page, complaints = await watched(await new_context(**DESK))
    address = await drafting(page, site)
    many = page.get_by_label("How many").first
    await many.fill("a lot")
    await settled(page)
    await page.get_by_label("Headline").focus()
    await expect(page.get_by_text("Write a whole number, such as 20.")).to_be_visible()
    await expect(many).to_have_attribute("aria-invalid", "true")
    await page.goto(address)
    await expect(many).to_have_value("a lot")
    await many.fill("12")
    await expect(page.get_by_text("Write a whole number, such as 20.")).to_be_hidden()
    assert complaints == []


async def test_prizes_are_added_moved_and_removed_by_keyboard_alone(new_site, new_context):
    site = new_site()
    page, complaints = await watched(await new_context(**DESK))
    await drafting(page, site)
    await page.get_by_role("button", name="Add a prize").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("What can be won")).to_have_count(4)
    await expect(page.get_by_label("What can be won").nth(3)).to_be_focused()
    await page.keyboard.type("A hat")
    await page.get_by_role("button", name="Move Prize 4 up").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("What can be won").nth(2)).to_have_value("A hat")
    await expect(page.get_by_role("button", name="Move Prize 3 up")).to_be_focused()
    await page.get_by_role("button", name="Remove Prize 1").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("What can be won")).to_have_count(3)
    await expect(page.get_by_role("button", name="Remove Prize 1")).to_be_focused()
    assert complaints == []


async def test_a_week_is_drawn_with_keys_and_with_the_mouse(new_site, new_context):
    site = new_site()
    page, complaints = await watched(await new_context(**DESK))
    address = await drafting(page, site)
    await page.get_by_text("When people win").click()
    await page.get_by_label("Drawn by hand").check()
    await page.get_by_role("gridcell", name="Monday, 0 h").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("9")
    await expect(page.get_by_role("gridcell", name="Tuesday, 1 h: 100")).to_be_focused()
    await page.get_by_role("gridcell", name="Sunday, 3 h").click()
    await expect(page.get_by_role("gridcell", name="Sunday, 3 h: 70")).to_be_visible()
    await settled(page)
    await page.goto(address)
    await page.get_by_text("When people win").click()
    await expect(page.get_by_role("gridcell", name="Tuesday, 1 h: 100")).to_be_visible()
    assert complaints == []


async def test_of_two_editors_the_second_is_told_and_may_keep_what_he_typed(new_site, new_context):
    site = new_site()
    one, _ = await watched(await new_context(**DESK))
    address = await drafting(one, site)
    two, _ = await watched(await new_context(**DESK))
    await sign_in(two, site.url, "owner@demo.test")
    await two.goto(address)
    await one.get_by_label("Title").fill("First")
    await settled(one)
    await expect(one.get_by_role("heading", name="First")).to_be_visible()
    await two.get_by_label("Title").fill("Second")
    await expect(two.get_by_text("You have changed this draft in another window.")).to_be_visible()
    await expect(two.get_by_role("row", name="Title First Second")).to_be_visible()
    await two.get_by_role("button", name="Keep mine").click()
    await settled(two)
    await one.goto(address)
    await expect(one.get_by_label("Title")).to_have_value("Second")


@pytest.mark.fault
async def test_what_was_typed_while_the_network_was_away_is_saved_when_it_is_back(new_site, new_context):
    site = new_site()
    page, _ = await watched(await new_context(**DESK))
    address = await drafting(page, site)
    await page.context.set_offline(True)
    await page.get_by_label("Title").fill("Written in a tunnel")
    await expect(page.locator("#saved")).to_contain_text("no connection")
    await page.context.set_offline(False)
    await settled(page)
    await page.goto(address)
    await expect(page.get_by_label("Title")).to_have_value("Written in a tunnel")


async def test_a_draft_is_tried_out_as_a_player_and_the_try_out_is_gone_when_it_is_published(new_site, new_context):
    site = new_site()
    page, complaints = await watched(await new_context(**DESK))
    address = await drafting(page, site)
    await page.get_by_role("button", name="Try it out").click()
    await page.get_by_role("button", name="Open a try-out").click()
    play = await page.get_by_role("main").get_by_role("link", name="Play").get_attribute("href")
    player, _ = await watched(await new_context(**PHONE))
    await player.goto(play)
    await expect(player.get_by_text("Try-out", exact=True)).to_be_visible()
    await join(player, play, "Noor")
    await buzz(player)
    await expect(player.locator("body.won")).to_be_visible()
    await page.goto(f"{address}publish/")
    await page.get_by_role("button", name="Seal and open now").click()
    await expect(page.locator("#game")).to_be_visible()
    assert (await player.goto(play)).status == 404
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_pages_of_the_set_up_pass_an_audit_and_fit_every_screen(new_site, new_context, theme):
    site = new_site()
    page, complaints = await watched(await new_context(**{**DESK, "color_scheme": theme}))
    address = await drafting(page, site)
    await page.get_by_label("How many").first.fill("none")
    await page.get_by_label("Title").fill("Audited")
    await settled(page)
    for each in ("/console/games/new/", address, f"{address}publish/", f"{address}try/", f"{address}history/", "/console/drafts/"):
        await page.goto(each if each.startswith("http") else site.url + each)
        if each == address:
            await page.locator("details.part").evaluate_all("folds => folds.forEach((fold) => (fold.open = true))")
            await page.get_by_label("Drawn by hand").check()
            await settled(page)
        found = await Axe().run(page, options={"runOnly": AUDIT})
        assert [found["id"] for found in found.response["violations"]] == [], (each, found.generate_report())
        for width in (320, 390, 768, 1440):
            await page.set_viewport_size({"width": width, "height": 844})
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, (each, width)
    assert complaints == []
