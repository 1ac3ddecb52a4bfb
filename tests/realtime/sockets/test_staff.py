"""The sockets of a tenant's people: who may, what they see, and what the others never see."""

import asyncio
import json

import pytest

OPERATE, STATS = "operate/demo/instant-win/", "stats/demo/"
WHO = {
    "the owner": ("owner@demo.test", None, None),
    "a moderator": ("moderator@demo.test", None, None),
    "an analyst": ("analyst@demo.test", 4403, None),
    "another tenant's owner": ("owner@other.test", 4404, 4404),
}


@pytest.mark.promise("P20")
@pytest.mark.parametrize(("email", "operate", "stats"), WHO.values(), ids=WHO)
async def test_people_enter_by_their_role_in_this_tenant(board, email, operate, stats):
    for path, code in ((OPERATE, operate), (STATS, stats)):
        async with board.connect(path, cookie=board.session(email)) as client:
            if code is None:
                assert (await client.hello())["t"] in {"snapshot", "stats"}
            else:
                await client.send({"t": "hello"})
                assert await client.closed_in_silence() == code


COOKIES = {
    "none": "",
    "a session that is none": "session=abcdefghijklmnopqrstuvwxyz012345",
    "null bytes": 'session="\\000\\000\\000\\000\\000\\000\\000\\000\\000"',
    "signs": "session=%F0%9F%90%9D-'--",
    "very much": f"session={'a' * 3000}",
}


@pytest.mark.parametrize("cookie", COOKIES.values(), ids=COOKIES)
async def test_nobody_is_not_signed_in(board, cookie):
    for path in (OPERATE, STATS):
        async with board.connect(path, headers={"Cookie": cookie, "Origin": board.origin}) as client:
            await client.send({"t": "hello"})
            assert await client.closed_in_silence() == 4401


async def test_a_session_counts_on_our_own_pages_alone(board):
    for path in (OPERATE, STATS):
        async with board.connect(path, headers={"Cookie": board.session("owner@demo.test")}) as client:
            await client.send({"t": "hello"})
            assert await client.closed_in_silence() == 4401


async def test_a_players_cookie_and_ticket_open_no_door_of_the_staff(board):
    game = board.game()
    joined = board.join(game)
    async with board.connect(f"operate/demo/{game}/", cookie=joined.cookie) as client:
        await client.send({"t": "hello"})
        assert await client.closed_in_silence() == 4401
    async with board.connect(f"operate/demo/{game}/") as client:
        await client.send({"t": "hello", "ticket": joined.ticket})
        assert await client.closed_in_silence() == 4403


async def test_a_program_comes_with_a_ticket_for_its_token_once(board):
    token = board.bearer("moderator@demo.test")
    game = board.game()
    ticket = board.post(f"t/demo/games/{game}/operate", {}, token).json()["ticket"]
    async with board.connect(f"operate/demo/{game}/") as client:
        assert (await client.hello(ticket))["t"] == "snapshot"
        assert (await client.ask("pause"))["events"][0]["t"] == "paused"
        async with board.connect(f"operate/demo/{game}/") as second:
            await second.send({"t": "hello", "ticket": ticket})
            assert await second.closed_in_silence() == 4401
    ticket = board.post("t/demo/ticket", {}, token).json()["ticket"]
    async with board.connect(STATS) as client:
        assert (await client.hello(ticket))["t"] == "stats"
    ticket = board.post("t/demo/ticket", {}, token).json()["ticket"]
    async with board.connect("stats/other/") as client:
        await client.send({"t": "hello", "ticket": ticket})
        assert await client.closed_in_silence() == 4401


async def test_who_signs_out_is_out_within_two_seconds_on_all_his_sockets(board):
    cookie = board.session("moderator@demo.test")
    async with board.connect(OPERATE, cookie=cookie) as operator, board.connect(STATS, cookie=cookie) as dashboard:
        await operator.hello()
        await dashboard.hello()
        await asyncio.to_thread(board.sign_out, "moderator@demo.test")
        async with asyncio.timeout(2):
            assert (await operator.closed(), await dashboard.closed()) == (4401, 4401)


async def test_operators_command_by_rest_as_on_their_socket(board):
    game, token = board.game(), board.bearer("moderator@demo.test")
    async with board.connect(f"play/demo/{game}/") as client:
        await client.hello()
        path = f"t/demo/games/{game}/commands"
        answer = board.post(path, {"t": "pause", "ref": "a"}, token)
        assert answer.status_code == 200, answer.text
        assert answer.json()["events"][0]["t"] == "paused"
        assert (await client.until("events"))["events"][0]["t"] == "paused"
        assert board.post(path, {"t": "pause", "ref": "a"}, token).status_code == 200, "the same ref again"
        again = board.post(path, {"t": "pause", "ref": "b"}, token)
        assert (again.status_code, again.json()["error"]["code"]) == (409, "not_now")
    for body in ({"t": "fly", "ref": "c"}, {"t": "kick", "ref": "d"}, {"t": "pause"}, {"t": "pause", "ref": 7}, {"ref": "e"}):
        assert board.post(path, body, token).status_code == 400
    assert board.post(path, {"t": "pause", "ref": "f"}, board.bearer("analyst@demo.test")).status_code == 403
    assert board.post(path, {"t": "pause", "ref": "f"}, board.bearer("owner@other.test")).status_code == 404
    assert board.post(path, {"t": "pause", "ref": "f"}).status_code == 401


async def test_a_token_opens_what_it_was_made_for(board):
    game = board.game()
    watching, operating = (board.bearer("owner@demo.test", scopes=[scope]) for scope in ("watch", "operate"))
    for path, body in ((f"t/demo/games/{game}/commands", {"t": "pause", "ref": "a"}), (f"t/demo/games/{game}/operate", {})):
        refused = board.post(path, body, watching)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "out_of_scope")
        assert board.post(path, body, operating).status_code == 200
    assert board.post("t/demo/ticket", {}, operating).status_code == 403
    ticket = board.post("t/demo/ticket", {}, watching).json()["ticket"]
    async with board.connect(STATS) as client:
        assert (await client.hello(ticket))["t"] == "stats"


async def test_operators_see_what_everyone_does_not(board):
    game = board.game()
    joined = board.join(game, "Ana")
    async with board.operator(game) as host, board.connect(f"play/demo/{game}/") as spectator:
        await spectator.hello()
        async with board.player(game, joined) as player:
            won = (await player.play())["events"][0]
            frame = await host.until("events")
            while frame["events"][0]["t"] != "won":
                frame = await host.until("events")
            assert (frame["events"][0]["player"], frame["events"][0]["prize"]) == (joined.player, won["prize"])
            assert frame["names"] == {str(joined.player): "Ana"}
            await host.ask("lock", locked=True)
            kinds: list[str] = []
            while "locked" not in kinds:
                kinds += [event["t"] for event in (await spectator.until("events"))["events"]]
    assert kinds == ["joined", "locked"], "nothing of the win"


@pytest.mark.contract("C5")
async def test_a_dashboard_moves_with_each_play_and_shows_whole_values(board):
    game = board.game()
    async with board.connect(STATS, cookie=board.session("analyst@demo.test")) as client:
        await client.send({"t": "hello"})
        async with board.player(game) as player:
            await player.play()
            await player.play()
            found = await client.until_all(
                {
                    "stats": lambda frame: frame["t"] == "stats" and (frame["plays"], frame["players"]) == (2, 1),
                    "presence": lambda frame: frame["t"] == "presence" and frame["players"] == 1,
                }
            )
    stats, public = found["stats"], found["stats"]["game"]
    assert set(stats) == {"t", "game", "now", "phase", "plays", "won", "players", "per_minute", "stock"}
    assert sum(minute["plays"] for minute in stats["per_minute"]) == 2
    assert stats["stock"] == {"mug": 20 - stats["won"]}
    async with board.connect(STATS, cookie=board.session("analyst@demo.test")) as again:
        await again.send({"t": "hello"})
        frame = await again.until("stats")
        while frame["game"] != public:
            frame = await again.until("stats")
        assert (frame["plays"], frame["players"]) == (2, 1), "a newcomer is shown the same"


@pytest.mark.promise("P20")
async def test_a_dashboard_shows_nothing_of_another_tenant(board):
    theirs = board.join("secret", tenant="other")
    async with board.connect(STATS, cookie=board.session("owner@demo.test")) as mine:
        first = await mine.hello()
        async with board.connect("play/other/secret/") as player:
            await player.hello(theirs.ticket)
            await player.play()
            async with board.connect("stats/other/", cookie=board.session("owner@other.test")) as other:
                secret = await other.hello()
                while secret["plays"] == 0:
                    secret = await other.until("stats")
        game = board.game()
        async with board.player(game) as player:
            await player.play()
            seen = [first]
            while seen[-1]["t"] != "stats" or seen[-1]["plays"] != 1 or seen[-1]["players"] != 1:
                seen.append(await mine.receive())
    assert secret["game"] not in json.dumps(seen)


async def test_nothing_can_be_asked_on_a_dashboards_socket(board):
    async with board.connect(STATS, cookie=board.session("owner@demo.test")) as client:
        await client.hello()
        await client.send({"t": "play", "ref": "r"})
        assert await client.closed() == 4400
