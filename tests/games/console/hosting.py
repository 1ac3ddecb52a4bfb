"""Who hosts a game in a browser."""

from playwright.async_api import Page, expect

from tests.e2e.people import DESK, sign_in, watched

PLAY = "/t/demo/instant-win/"
SPACE = " "


async def host(new_context, site, who: str = "owner") -> tuple[Page, list[str]]:
    """Somebody signed in, on the live page."""
    page, complaints = await watched(await new_context(**DESK))
    await sign_in(page, site.url, f"{who}@demo.test")
    await page.locator(".live-tile").click()
    await page.get_by_role("link", name="Host live").click()
    await expect(page.locator("#conn")).to_have_attribute("data-state", "on")
    return page, complaints


async def press(page: Page) -> None:
    """The main action. A button that has just changed its meaning is not pressed: nobody has read it yet."""
    await expect(page.locator("#main-action:enabled:not([data-calm])")).to_be_visible()
    await page.keyboard.press(SPACE)
