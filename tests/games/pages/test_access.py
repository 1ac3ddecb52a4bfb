"""Every public page for who cannot see it, cannot hold a mouse, or is made dizzy by motion; by a real browser."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "fr-FR"}
GAME = "/t/demo/instant-win/"
PAGES = ["/", "/t/demo/", GAME, f"{GAME}proof/", f"{GAME}screen/"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


async def faults(page: Page) -> list[tuple[str, object]]:
    found = await Axe().run(page, options=RULES)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_no_public_page_fails_the_audit(site, new_context, theme):
    page = await (await new_context(**PHONE, color_scheme=theme, reduced_motion="reduce")).new_page()
    for path in PAGES:
        await page.goto(site.url + path)
        assert (path, await faults(page)) == (path, [])
        assert (path, await page.evaluate("document.documentElement.scrollWidth - innerWidth")) == (path, 0)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_whole_game_without_a_mouse(site, new_context, theme):
    page = await (await new_context(**PHONE, color_scheme=theme, reduced_motion="reduce")).new_page()
    await page.goto(site.url + GAME)
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.locator("#nick").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#nick-error")).to_have_text("Dites-nous votre prénom\u202f: deux lettres suffisent.")
    await expect(page.locator("#nick")).to_be_focused()
    await page.keyboard.type("Noor")
    await page.keyboard.press("Enter")
    await expect(page.locator("#game h1")).to_be_focused()
    assert await faults(page) == []
    await page.keyboard.press("Tab")
    await expect(page.locator(".buzzer")).to_be_focused()
    await page.keyboard.press("Space")
    await expect(page.locator("#game h1.hero")).to_be_focused()
    await expect(page.locator("#say")).not_to_be_empty()
    assert await faults(page) == []


async def test_the_card_of_a_lost_network_says_what_is_kept_and_leaves_nothing_behind_it_usable(site, new_context):
    context = await new_context(**PHONE)
    page = await context.new_page()
    await page.goto(site.url + GAME)
    await page.locator("#nick").fill("Malo")
    await page.keyboard.press("Enter")
    await expect(page.locator(".buzzer")).to_be_visible()
    await context.set_offline(True)
    await expect(page.locator(".keep li").first).to_have_text("Votre prénom, Malo")
    assert await page.locator("#main").evaluate("main => main.inert")
    assert await faults(page) == []
    await context.set_offline(False)
    await expect(page.locator(".keep")).to_have_count(0)
    await expect(page.locator("#conn")).to_have_text("Connecté")
    assert not await page.locator("#main").evaluate("main => main.inert")
