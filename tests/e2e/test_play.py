"""A phone joins, plays and wins; its server is killed, and it is the same player when it comes back."""

import httpx
import pytest
from playwright.async_api import expect

from tests.e2e.people import PHONE, buzz, come_back, host, join, watched, without_cookies
from tests.e2e.test_winner import claims

GAME = "/t/demo/instant-win/"


def awards(site, code: str) -> int:
    """How often this code was given, by the database itself."""
    script = (
        "from tenants import scope\nfrom games.models import Award, PrizeCode\n"
        f"with scope.platform():\n c = PrizeCode.objects.get(code={code!r})\n"
        " print(Award.objects.filter(game_id=c.game_id, prize=c.prize, unit=c.unit).count())"
    )
    return int(site.manage("shell", "-v0", "-c", script).strip())


@pytest.mark.parametrize("cookies", [True, False], ids=["with cookies", "without cookies"])
@pytest.mark.contract("C1")
@pytest.mark.promise("P1")
async def test_a_player_wins_and_is_the_same_after_the_server_was_killed(new_site, new_context, cookies):
    site = new_site()
    context = await new_context(**PHONE)
    if not cookies:
        await without_cookies(context)
    page, complaints = await watched(context)
    await join(page, site.url + GAME, "Camille")
    await buzz(page)
    ticket = page.locator(".win-ticket")
    await expect(ticket).to_be_visible()
    await page.get_by_role("link", name="Claim my prize").click()
    code = await claims(page)
    assert awards(site, code) == 1
    await page.get_by_role("link", name="Back to the game").click()
    await expect(page.locator(".win-ticket")).to_be_visible()
    assert any(each["name"].startswith("player_") for each in await context.cookies()) is cookies
    assert complaints == []

    site.kill()
    await expect(page.locator("#conn")).to_have_attribute("data-state", "back")
    site.start()
    await come_back(page)
    await page.reload()
    await page.get_by_role("link", name="Show my code").click()
    await expect(page.locator("#code")).to_have_text(code)
    assert awards(site, code) == 1


@pytest.mark.promise("P3")
async def test_a_press_while_the_server_is_away_counts_once_when_it_is_back(new_site, new_context):
    site = new_site()
    page, _ = await watched(await new_context(**PHONE))
    await join(page, site.url + GAME, "Noor")
    site.kill()
    await page.locator(".buzzer").click()
    site.start()
    await come_back(page)
    await expect(page.locator(".win-ticket")).to_be_visible(timeout=20_000)
    answer = await page.request.post(f"{site.url}/api/v1/t/demo/games/instant-win/awards", data={})
    assert len(await answer.json()) == 1


async def test_a_second_tab_takes_over_and_the_first_says_so(site, new_context):
    context = await new_context(**PHONE)
    first, _ = await watched(context)
    await join(first, site.url + GAME, "Malo")
    second, _ = await watched(context)
    await second.goto(site.url + GAME)
    await expect(second.locator(".buzzer")).to_be_visible()
    await expect(first.get_by_text("You are playing in another tab.")).to_be_visible()


async def test_a_hostile_name_is_shown_as_text_or_refused_kindly(site, new_context):
    page, complaints = await watched(await new_context(**PHONE))
    await join(page, site.url + GAME, "<b onclick=x>Zoé</b>")
    await expect(page.get_by_text("<b onclick=x>Zoé</b>").first).to_be_visible()
    async with httpx.AsyncClient(base_url=site.url) as client:
        for name in ("\u202e\u200b", "a" * 10_000, "\x00", ""):
            answer = await client.post("/api/v1/t/demo/games/instant-win/join", json={"nickname": name})
            assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_nickname")
    assert complaints == []
    assert site.complaints() == []


async def test_who_reads_french_is_spoken_to_in_french(site, new_context):
    page, _ = await watched(await new_context(**{**PHONE, "locale": "fr-FR"}))
    await page.goto(site.url + GAME)
    await expect(page.locator("html")).to_have_attribute("lang", "fr")
    await page.get_by_label("Votre prénom").fill("Inès")
    await page.keyboard.press("Enter")
    await expect(page.locator(".buzzer")).to_be_visible()
    await page.locator(".buzzer").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("h1", has_text="Gagné")).to_be_visible()


async def test_who_is_excluded_still_has_what_he_has_won(new_site, new_context):
    site = new_site()
    page, _ = await watched(await new_context(**PHONE))
    await join(page, site.url + GAME, "Banny")
    await buzz(page)
    await expect(page.locator(".win-ticket")).to_be_visible()
    host(site.url, "ban", player=1)
    for _ in range(2):
        await expect(page.get_by_role("heading", name="Your prizes")).to_be_visible()
        await expect(page.locator(".also a")).to_be_visible()
        await page.reload()
    await page.locator(".also a").click()
    assert await claims(page)
