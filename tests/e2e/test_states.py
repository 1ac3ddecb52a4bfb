"""A game that waits, rests, lets nobody in or is over says so, on the phone and on the big screen, while people look."""

import re

from playwright.async_api import Page, expect

from tests.e2e.people import PHONE, WALL, buzz, host, join, watched

GAME = "/t/demo/instant-win/"
REFUSING = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));"


async def outside(new_context, site) -> tuple[Page, list[str]]:
    page, complaints = await watched(await new_context(**PHONE))
    await page.goto(site.url + GAME)
    await expect(page.locator("#conn")).to_have_text("Live")
    return page, complaints


async def test_a_locked_entrance_is_told_before_a_name_is_typed_and_opens_before_the_eyes(new_site, new_context):
    site = new_site()
    early, complaints = await outside(new_context, site)
    await early.locator("#nick").fill("Camille")
    host(site.url, "lock")
    closed = early.get_by_role("heading", name="The entrance is closed.")
    await expect(closed).to_be_visible()
    await expect(closed).to_be_focused()
    await expect(early.locator("#nick")).to_be_hidden()
    await expect(early.locator("#say")).to_contain_text("The entrance is closed.")

    late, _ = await watched(await new_context(**PHONE))
    await late.goto(site.url + GAME)
    await expect(late.get_by_role("heading", name="The entrance is closed.")).to_be_visible()
    await expect(late.locator("#conn")).to_have_text("Closed")

    host(site.url, "lock", locked=False)
    await expect(early.locator("#nick")).to_have_value("Camille")
    await early.get_by_role("button", name="Play").click()
    await expect(early.locator(".buzzer")).to_be_visible()
    await expect(late.locator("#nick")).to_be_visible()
    assert complaints == []


async def test_a_break_and_the_end_are_told_at_the_entrance(new_site, new_context):
    site = new_site()
    page, _ = await outside(new_context, site)
    host(site.url, "pause")
    await expect(page.locator(".gate-note:visible")).to_have_text("The clock is stopped for everyone. Come in, it goes on by itself.")
    await expect(page.locator("#say")).to_have_text(re.compile(r"^Short break\. The clock is stopped"))
    await expect(page.get_by_role("button", name="Take my place")).to_be_visible()
    host(site.url, "end")
    await expect(page.get_by_role("heading", name="It's over.")).to_be_visible()
    await expect(page.locator("#nick")).to_be_hidden()
    await page.get_by_role("link", name="See the proof").click()
    await expect(page.get_by_role("heading", name="Check for yourself.")).to_be_visible()


async def test_who_cannot_look_on_can_still_join(site, new_context):
    """The entrance needs no socket: in a full hall those who only look are asked to wait."""
    context = await new_context(**PHONE)
    turned_away: list[str] = []

    async def refuse(socket) -> None:
        turned_away.append(socket.url)
        await socket.close(code=4429)

    await context.route_web_socket(re.compile("/ws/play/"), refuse)
    page, _ = await watched(context)
    await page.goto(site.url + GAME)
    await page.locator("#nick").fill("Noor")
    assert turned_away
    await expect(page.locator("#conn")).to_have_text(re.compile("Live|Soon"))  # as the page was made, and nothing of a network
    await expect(page.locator(".keep")).to_have_count(0)
    await page.keyboard.press("Enter")
    await expect(page.locator("#join")).to_be_hidden()
