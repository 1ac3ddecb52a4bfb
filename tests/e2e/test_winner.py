"""From the win to the prize in somebody's hands: a phone wins and claims, a shop hands it over once."""

import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.e2e.people import DESK, PHONE, buzz, join, sign_in, watched, without_cookies

GAME = "/t/demo/instant-win/"
AUDIT = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def audited(page) -> None:
    found = await Axe().run(page, options={"runOnly": AUDIT})
    assert [each["id"] for each in found.response["violations"]] == [], (page.url, found.generate_report())


async def wins(page, site, name: str = "Camille") -> None:
    await join(page, site.url + GAME, name)
    await buzz(page)
    await page.get_by_role("link", name="Claim my prize").click()
    await expect(page.get_by_text("Claim it before")).to_be_visible()


async def claims(page, name: str = "Camille Martin") -> str:
    """By keyboard alone."""
    await page.get_by_label("First and last name").focus()
    await page.keyboard.type(name)
    await page.keyboard.press("Tab")
    await page.keyboard.type("camille@home.test")
    await page.keyboard.press("Enter")
    await expect(page.locator("#code")).to_have_text(re.compile("CLB-"))
    return await page.locator("#code").inner_text()


@pytest.mark.contract("C1")
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_win_claim_code_and_handover(new_site, new_context, theme):
    site = new_site()
    phone, complaints = await watched(
        await new_context(**{**PHONE, "color_scheme": theme}, permissions=["clipboard-read", "clipboard-write"])
    )
    await wins(phone, site)
    await audited(phone)
    code = await claims(phone)
    await audited(phone)
    await phone.get_by_role("button", name="Copy my code").click()
    await expect(phone.get_by_role("button", name="Code copied")).to_be_visible()
    assert await phone.evaluate("navigator.clipboard.readText()") == code

    shop, more = await watched(await new_context(**{**PHONE, "color_scheme": theme}))
    await sign_in(shop, site.url, "moderator@demo.test", to="/console/counter/")
    await audited(shop)
    await shop.keyboard.type(code.lower())
    await shop.keyboard.press("Enter")
    await expect(shop.get_by_role("heading", name="Valid")).to_be_visible()
    await audited(shop)
    await shop.get_by_label("Who receives it").fill("Her brother")
    await shop.keyboard.press("Enter")
    await expect(shop.get_by_role("heading", name="Handed over")).to_be_visible()
    await audited(shop)
    await shop.get_by_role("button", name="Undo, within a minute").click()
    await shop.get_by_role("button", name="Hand it over").click()

    second, _ = await watched(await new_context(**PHONE))
    await sign_in(second, site.url, "owner@demo.test", to=f"/console/counter/?code={code}")
    await expect(second.get_by_role("heading", name="Already handed over")).to_be_visible()
    await expect(second.get_by_text("by Malo Kerbrat")).to_be_visible()
    await audited(second)
    await phone.reload()
    await expect(phone.get_by_text("Received", exact=True)).to_be_visible()
    await expect(phone.get_by_text(code)).to_have_count(0)
    await audited(phone)
    assert complaints + more == []


async def test_in_an_app_that_keeps_no_cookies_the_prize_is_claimed_too(site, new_context):
    context = await new_context(**PHONE)
    await without_cookies(context)
    page, complaints = await watched(context)
    await wins(page, site, "Noé")
    await context.clear_cookies()
    assert await claims(page)
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_winner_stands_in_the_console_and_his_mails_in_the_demo(new_site, new_context, theme):
    site = new_site()
    phone, _ = await watched(await new_context(**PHONE))
    await wins(phone, site)
    await claims(phone)
    send = (
        "from django_q.models import OrmQ\nfrom games.winners import mail\nfor row in OrmQ.objects.all(): mail.deliver(*row.task['args'])"
    )
    site.manage("shell", "-v0", "-c", send)

    desk, complaints = await watched(await new_context(**{**DESK, "color_scheme": theme}))
    await sign_in(desk, site.url, "owner@demo.test", to="/console/games/")
    await desk.locator("a.game-link").first.click()
    await desk.get_by_role("link", name="Winners").click()
    await expect(desk.locator(".games-table tbody tr")).to_have_count(1)
    await audited(desk)
    await desk.locator(".games-table a.game-link").click()
    await expect(desk.get_by_text("Claimed by the winner")).to_be_visible()
    await audited(desk)
    await desk.get_by_role("link", name="Let it lapse").click()
    await expect(desk.get_by_text("for good; this cannot be undone")).to_be_visible()
    await audited(desk)
    await desk.get_by_role("link", name="Keep it").click()
    places = [desk.url, re.sub(r"[^/]+/$", "", desk.url), f"{site.url}/console/counter/", f"{site.url}/demo/mail/"]
    for width in (320, 390, 768, 1440):
        await desk.set_viewport_size({"width": width, "height": 844})
        for where in places:
            await desk.goto(where)
            assert await desk.evaluate("document.documentElement.scrollWidth") <= width, (where, width)

    await audited(desk)
    assert complaints == []  # in the frame of a mail no script runs, and the browser says so of the test's own, too
    await desk.get_by_role("link", name="Votre code").click()
    await expect(desk.frame_locator("iframe").get_by_text("Voir mon code")).to_be_visible()
    await audited(desk)
    await desk.frame_locator("iframe").get_by_role("link", name="Voir mon code").click()
    await expect(desk.locator("#code")).to_have_text(re.compile("CLB-"))
