"""The people of the browser tests: how they look, and what they do with a page."""

import re
import time

import httpx
from playwright.async_api import BrowserContext, Error, Page, expect

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "en-GB", "color_scheme": "light"}
DESK = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", "color_scheme": "light"}
WALL = {"viewport": {"width": 1920, "height": 1080}, "locale": "fr-FR", "color_scheme": "light"}
PASSWORD = "so-buzz-demo"


async def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and what its console complained of."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


async def without_cookies(context: BrowserContext) -> None:
    """An in-app browser that keeps no cookie: what the API sets never arrives.

    Only the API's answers go through our hands: Chromium lets no page that a test has served open a socket to this machine.
    """

    async def strip(route) -> None:
        try:
            answer = await route.fetch()
        except Error:  # the server was killed meanwhile: the page is told so, as it would be without us
            await route.abort()
            return
        await context.clear_cookies()
        headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        await route.fulfill(response=answer, headers=headers)

    await context.route(re.compile(r"/api/"), strip)


async def join(page: Page, url: str, name: str) -> None:
    await page.goto(url)
    await page.get_by_label("Your first name").fill(name)
    await page.get_by_role("button", name="Play").click()
    await expect(page.locator(".buzzer")).to_be_visible()


async def buzz(page: Page) -> None:
    await page.locator(".buzzer").click()


def host(base: str, command: str, **fields: object) -> None:
    """One press of a moderator's button, without a console."""
    signed = httpx.post(f"{base}/api/v1/tokens", json={"email": "moderator@demo.test", "password": PASSWORD}).json()
    asked = {"t": command, "ref": f"{command}-{time.monotonic_ns()}", **fields}
    headers = {"Authorization": f"Bearer {signed['token']}"}
    httpx.post(f"{base}/api/v1/t/demo/games/instant-win/commands", json=asked, headers=headers).raise_for_status()


async def sign_in(page: Page, base: str, email: str, to: str = "/console/") -> None:
    await page.goto(f"{base}/console/login/?next={to}")
    await page.locator("input[type=email]").fill(email)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button").first.click()
    await page.wait_for_url(f"{base}{to}")


async def come_back(page: Page) -> None:
    """Does not wait for the page's own next try, unless that is quicker."""
    await page.get_by_role("button", name="Try again now").evaluate_all("buttons => buttons.forEach((button) => button.click())")
    await expect(page.locator("#conn")).to_have_attribute("data-state", "on", timeout=35_000)
