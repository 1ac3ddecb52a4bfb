"""The console's pages in a real browser: they fit every width, an audit finds nothing, they are right without scripts."""

import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.e2e.people import DESK, PHONE, sign_in, watched

AUDIT = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def test_the_pages_fit_a_phone_and_a_desk(site, new_context):
    page, complaints = await watched(await new_context(**PHONE))
    await sign_in(page, site.url, "owner@demo.test")
    await page.goto(f"{site.url}/console/games/")
    game = await page.locator("a.game-link").get_attribute("href")
    for width in (320, 390, 768, 1024, 1440):
        await page.set_viewport_size({"width": width, "height": 844})
        for address in ("/console/", "/console/games/", game, f"{game}live/"):
            await page.goto(site.url + address)
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_an_audit_of_every_page_finds_nothing(site, new_context, theme):
    page, _ = await watched(await new_context(**{**DESK, "color_scheme": theme}))
    await sign_in(page, site.url, "owner@demo.test")
    await page.goto(f"{site.url}/console/games/")
    game = await page.locator("a.game-link").get_attribute("href")
    for address, opened in (("/console/", ".account summary"), ("/console/games/", None), (game, "[data-toggle]"), (f"{game}live/", None)):
        await page.goto(site.url + address)
        if address != "/console/games/":
            await expect(page.locator("#conn, [data-conn]")).to_have_attribute("data-state", "on")
        if opened:
            await page.locator(opened).first.click()
        found = await Axe().run(page, options={"runOnly": AUDIT})
        assert [each["id"] for each in found.response["violations"]] == [], (address, found.generate_report())


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_who_hosts_the_platform_sees_what_runs_and_an_audit_finds_nothing(site, new_context, theme):
    page, complaints = await watched(await new_context(**{**DESK, "color_scheme": theme}))
    await sign_in(page, site.url, "operator@platform.test", "/console/platform/")
    await expect(page.locator("#health .tag-good")).to_have_count(3)
    await expect(page.locator("#engines")).to_contain_text(re.compile(r"Process \d+"))
    await expect(page.locator("#spaces tbody tr")).to_have_count(2)
    found = await Axe().run(page, options={"runOnly": AUDIT})
    assert [each["id"] for each in found.response["violations"]] == [], found.generate_report()
    await page.set_viewport_size({"width": 320, "height": 844})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320
    assert complaints == []


async def test_without_scripts_the_numbers_and_the_table_are_there(site, new_context):
    context = await new_context(**DESK, java_script_enabled=False)
    page, _ = await watched(context)
    await sign_in(page, site.url, "analyst@demo.test")
    await expect(page.get_by_role("heading", name="One game live")).to_be_visible()
    await page.locator(".live-tile").click()
    await expect(page.locator("#table")).to_be_visible()
    await expect(page.locator("[data-plot]")).not_to_be_visible()


async def test_a_chart_stays_as_high_as_it_was_when_the_window_grows_wider(site, new_context):
    page, _ = await watched(await new_context(**DESK))
    await sign_in(page, site.url, "analyst@demo.test")
    await page.locator(".live-tile").click()
    drawn = (
        "([plot, width]) => innerWidth === width && plot.querySelector('svg')?.getAttribute('viewBox') === `0 0 ${plot.clientWidth} 296`"
    )
    for width in (660, 980):
        await page.set_viewport_size({"width": width, "height": 900})
        plot = await page.locator("[data-plot]").element_handle()
        await page.wait_for_function(drawn, arg=[plot, width])
