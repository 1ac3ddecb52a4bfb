"""A game that waits, rests, lets nobody in or is over says so, on the phone and on the big screen, while people look."""

import re

from playwright.async_api import Page, expect

from tests.e2e.people import PHONE, WALL, buzz, host, join, watched
from tests.e2e.test_winner import claims, wins

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


async def test_after_the_last_try_was_won_the_player_knows_when_he_may_play_again(new_site, new_context):
    site = new_site()
    page, _ = await watched(await new_context(**PHONE))
    await join(page, site.url + GAME, "Camille")
    for left in (2, 1):
        await buzz(page)
        await page.get_by_role("button", name=re.compile(f"Play again, {left} tr")).click()
    await buzz(page)
    await expect(page.locator(".next")).to_have_text(
        re.compile("No try left for now. Your next one comes tomorrow at .*, Paris time, on this page.")
    )
    host(site.url, "end")
    await expect(page.locator(".next")).to_have_text("The game is over. Thank you for playing.")
    await expect(page.locator(".win-ticket")).to_be_visible()


async def test_a_break_takes_the_way_back_from_a_ticket_and_gives_it_again(new_site, new_context):
    site = new_site()
    page, _ = await watched(await new_context(**PHONE))
    await join(page, site.url + GAME, "Camille")
    await buzz(page)
    again = page.get_by_role("button", name="Play again, 2 tries left")
    await expect(again).to_be_visible()
    host(site.url, "pause")
    await expect(page.locator(".next")).to_have_text("Short break. The game goes on by itself.")
    await expect(again).to_have_count(0)
    host(site.url, "resume")
    await expect(again).to_be_visible()


async def test_a_browser_that_does_not_copy_says_so_and_selects_the_code(site, new_context):
    context = await new_context(**PHONE)
    await context.add_init_script(REFUSING)
    page, _ = await watched(context)
    await wins(page, site, "Malo")
    code = await claims(page)
    await page.get_by_role("button", name="Copy my code").click()
    await expect(page.get_by_text("This browser does not let us copy.")).to_be_visible()
    assert await page.evaluate("getSelection().toString()") == code


async def test_the_big_screen_lives_from_the_opening_and_ends_with_what_was_won(new_site, new_context):
    site = new_site()
    wall, complaints = await watched(await new_context(**WALL))
    await wall.goto(site.url + GAME + "screen/")
    await expect(wall.locator("#eyebrow")).to_have_text(re.compile(r"en direct, encore \d"))
    await expect(wall.locator(".s-lists li").first).to_contain_text("Week-end à Marseille")
    await expect(wall.locator(".s-hint")).to_contain_text("HOST=0.0.0.0 make run")
    for name in ("Camille", "Noor"):
        page, _ = await watched(await new_context(**PHONE))
        await join(page, site.url + GAME, name)
        await buzz(page)
        await expect(page.locator(".win-ticket")).to_be_visible()
    await expect(wall.locator("#present")).to_have_text("2")

    host(site.url, "end")
    await expect(wall.locator("#headline")).to_have_text("Merci\u202f!")
    await expect(wall.locator(".s-left")).to_contain_text("2cadeaux gagnés")
    winners = wall.locator("section", has_text="Les derniers gagnants")
    await expect(winners.locator("li b")).to_have_text(["Noor", "Camille"])
    await expect(wall.locator(".s-check")).to_contain_text("/t/demo/instant-win/proof")
    await expect(wall.locator(".lobby-code")).to_be_hidden()
    await expect(wall.locator("#count")).to_have_text("2 joueurs")
    assert complaints == []


async def test_a_name_that_was_removed_is_free_for_whoever_comes_also_for_who_had_it(new_site, new_context):
    site = new_site()
    first, _ = await watched(await new_context(**PHONE))
    await join(first, site.url + GAME, "Kicko")
    host(site.url, "kick", player=1)
    await expect(first.get_by_role("heading", name="The host removed you.")).to_be_visible()
    second, _ = await watched(await new_context(**PHONE))
    await join(second, site.url + GAME, "Kicko")
    await expect(second.get_by_role("heading", name="Your turn, Kicko.")).to_be_visible()
    await first.get_by_role("button", name="Come back").click()
    await expect(first.get_by_role("heading", name="Your turn, Kicko.")).to_be_visible()
