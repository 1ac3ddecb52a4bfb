"""Rules and poster in a real browser: they fit each width, an audit finds nothing, the keyboard goes through, paper has one sheet."""

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.e2e.people import DESK, PHONE, sign_in, watched

AUDIT = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES, POSTER = "/t/demo/instant-win/rules/", "/t/demo/instant-win/poster/"


async def papers(page, site):
    await sign_in(page, site.url, "owner@demo.test")
    await page.goto(f"{site.url}/console/games/")
    return f"{await page.locator('a.game-link').get_attribute('href')}papers/"


async def test_the_papers_fit_a_phone_and_a_desk(site, new_context):
    page, complaints = await watched(await new_context(**PHONE))
    for address in (RULES, POSTER, await papers(page, site)):
        for width in (320, 390, 768, 1440):
            await page.set_viewport_size({"width": width, "height": 844})
            await page.goto(site.url + address)
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_an_audit_of_the_papers_finds_nothing(site, new_context, theme):
    page, _ = await watched(await new_context(**{**DESK, "color_scheme": theme}))
    for address in (RULES, POSTER, await papers(page, site)):
        await page.goto(site.url + address)
        found = await Axe().run(page, options={"runOnly": AUDIT})
        assert [each["id"] for each in found.response["violations"]] == [], (address, found.generate_report())


async def test_the_keyboard_reaches_the_pdf_the_versions_and_the_other_language(site, new_context):
    page, _ = await watched(await new_context(**DESK))
    await page.goto(site.url + RULES)
    reached = []
    for _ in range(12):
        await page.keyboard.press("Tab")
        reached.append(await page.evaluate("document.activeElement.getAttribute('href')"))
    assert {"?lang=fr", f"{RULES}1.pdf", f"{RULES}1.txt", RULES, "/t/demo/instant-win/proof/"} <= set(reached)


async def test_the_poster_prints_on_one_sheet_and_the_rules_without_the_page_around_them(site, new_context):
    page, _ = await watched(await new_context(**DESK))
    await page.goto(site.url + POSTER)
    printed = await page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1
    await page.goto(site.url + RULES)
    await page.emulate_media(media="print")
    assert not await page.locator(".langs").is_visible()
    assert not await page.locator(".ru-acts").is_visible()
    assert await page.locator(".ru-hash").is_visible()
