"""A game's pages in a real browser: walked by keyboard, audited, fitting each width, and files that arrive."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.e2e.people import DESK, PHONE, buzz, join, sign_in, watched
from tests.games.console.hosting import PLAY
from tests.games.console.test_browser_pages import AUDIT

PAGES = ("", "players/", "prizes/", "results/", "proof/", "export/")


async def opened(new_context, site, who: str = "owner", **look) -> tuple[Page, list[str], str]:
    """Somebody signed in, on the overview of the demo's game."""
    page, complaints = await watched(await new_context(**{**DESK, **look}))
    await sign_in(page, site.url, f"{who}@demo.test")
    await page.goto(f"{site.url}/console/games/")
    game = await page.locator("a.game-link").get_attribute("href")
    await page.goto(site.url + game)
    return page, complaints, site.url + game


@pytest.mark.contract("C4")
async def test_a_player_is_found_and_taken_away_as_a_file(new_site, new_context):
    site = new_site()
    phone, _ = await watched(await new_context(**PHONE))
    await join(phone, site.url + PLAY, "Camille")
    await buzz(phone)
    await expect(phone.locator(".win-ticket")).to_be_visible()
    page, complaints, _ = await opened(new_context, site, "analyst")
    await page.get_by_role("navigation", name="Pages of the game").get_by_role("link", name="Players").click()
    await page.get_by_label("Name, number or e-mail").fill("cami")
    await page.keyboard.press("Enter")
    await expect(page.locator("tbody tr")).to_have_count(1)
    await expect(page.locator("tbody tr")).to_contain_text(re.compile(r"Camille.*1.*1"))
    await page.get_by_role("link", name="Prizes").click()
    await expect(page.locator("tbody tr")).to_contain_text("Camille")

    await page.get_by_role("link", name="Export").click()
    for form in ("CSV", "Excel", "JSON Lines"):
        async with page.expect_download() as arriving:
            await page.get_by_role("link", name=f"Players: {form}").click()
        download = await arriving.value
        data = Path(await download.path()).read_bytes()
        assert data.startswith(b"PK") if form == "Excel" else b"Camille" in data
    await page.reload()
    taken = page.locator("tbody tr")
    await expect(taken).to_have_count(3)
    await expect(taken.first).to_contain_text(re.compile(r"Sacha Lenoir.*Players.*JSON Lines.*1"))
    assert complaints == []


async def test_the_tabs_are_walked_by_keyboard(site, new_context):
    page, _, game = await opened(new_context, site)
    await page.get_by_role("navigation", name="Pages of the game").get_by_role("link").first.focus()
    for _ in range(3):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{game}results/")
    current = page.locator(".tabs [aria-current=page]")
    await expect(current).to_have_text("Results")
    await current.focus()
    assert await current.evaluate("link => getComputedStyle(link).outlineStyle") != "none"
    await page.get_by_role("link", name="Games", exact=True).last.click()
    await page.wait_for_url(re.compile("/console/games/$"))


async def test_the_pages_of_a_game_fit_each_width(site, new_context):
    page, complaints, game = await opened(new_context, site)
    for width in (320, 390, 768, 1024, 1440):
        await page.set_viewport_size({"width": width, "height": 844})
        for part in PAGES:
            await page.goto(game + part)
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, (part, width)
    assert complaints == []


async def test_on_a_phone_the_open_tab_is_in_sight(site, new_context):
    page, _, game = await opened(new_context, site, **PHONE)
    await page.goto(f"{game}export/")
    await expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_an_audit_of_a_games_pages_finds_nothing(site, new_context, theme):
    page, _, game = await opened(new_context, site, color_scheme=theme)
    for part in PAGES[1:]:
        await page.goto(game + part)
        found = await Axe().run(page, options={"runOnly": AUDIT})
        assert [each["id"] for each in found.response["violations"]] == [], (part, found.generate_report())
