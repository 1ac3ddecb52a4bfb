"""Who comes to a game, and what he is told first."""

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from realtime.refusals import word


@pytest.mark.parametrize("coding", ["json", "msgpack", "none"])
async def test_a_player_is_shown_the_game_and_himself(board, coding):
    game = board.game()
    joined = board.join(game, "Ana M.")
    async with board.connect(f"play/demo/{game}/", coding) as client:
        snapshot = await client.hello(joined.ticket)
    assert set(snapshot) == {"t", "line", "seq", "now", "running", "everyone", "you", "names"}
    assert (snapshot["running"], snapshot["everyone"]["phase"]) == (True, "open")
    assert snapshot["everyone"]["mechanic"]["prizes"][0]["id"] == "mug"
    assert (snapshot["you"]["player"], snapshot["you"]["name"], snapshot["you"]["mechanic"]["plays_left"]) == (joined.player, "Ana M.", 100)


async def test_a_play_is_answered_and_changes_what_is_his(board):
    game = board.game()
    async with board.player(game) as client:
        reply = await client.play("c7d0")
    assert set(reply) == {"t", "ref", "events", "you", "names"}
    assert (reply["ref"], reply["events"][0]["t"], reply["events"][0]["prize"]) == ("c7d0", "won", "mug")
    assert (reply["you"]["mechanic"]["plays_left"], len(reply["you"]["mechanic"]["won"])) == (99, 1)


async def test_a_cookie_speaks_for_its_player_on_our_own_pages(board):
    game = board.game()
    joined = board.join(game)
    async with board.connect(f"play/demo/{game}/", cookie=joined.cookie) as client:
        assert (await client.hello())["you"]["player"] == joined.player
        assert (await client.play())["events"]


async def test_without_an_origin_a_cookie_says_nothing(board):
    game = board.game()
    joined = board.join(game)
    async with board.connect(f"play/demo/{game}/", headers={"Cookie": joined.cookie}) as client:
        assert (await client.hello())["you"] is None


async def test_a_spectator_looks_on_and_may_not_command(board):
    game = board.game()
    async with board.connect(f"play/demo/{game}/") as client:
        assert (await client.hello())["you"] is None
        assert (await client.play("r"))["error"]["code"] == "not_yours"
        assert (await client.ask("pause"))["error"]["code"] == "not_yours"


async def test_a_ticket_opens_one_socket(board):
    game = board.game()
    joined = board.join(game)
    async with board.connect(f"play/demo/{game}/") as client:
        assert (await client.hello(joined.ticket))["you"]["player"] == joined.player
        async with board.connect(f"play/demo/{game}/") as second:
            await second.send({"t": "hello", "ticket": joined.ticket})
            assert await second.closed_in_silence() == 4401
        fresh = board.ticket(game, joined.token)
    async with board.connect(f"play/demo/{game}/") as again:
        assert (await again.hello(fresh))["you"]["player"] == joined.player


@pytest.mark.parametrize("ticket", ["", "x", "a.b.c", "\x00", "é" * 900, "eyJ9:1xVhqA:LEx9"])
async def test_a_ticket_that_we_did_not_make_opens_nothing(board, ticket):
    async with board.connect("play/demo/instant-win/") as client:
        await client.send({"t": "hello", "ticket": ticket})
        assert await client.closed_in_silence() == 4401


async def test_a_ticket_for_another_game_or_tenant_opens_nothing(board):
    mine, yours = board.game(), board.game()
    for ticket in (board.join(yours).ticket, board.join("secret", tenant="other").ticket, board.join(mine).token):
        async with board.connect(f"play/demo/{mine}/") as client:
            await client.send({"t": "hello", "ticket": ticket})
            assert await client.closed_in_silence() == 4401


async def test_a_second_socket_of_a_player_replaces_the_first(board):
    game = board.game()
    joined = board.join(game)
    async with board.player(game, joined) as first, board.connect(f"play/demo/{game}/") as spectator:
        await spectator.hello()
        async with board.player(game, joined) as second:
            assert await first.closed() == 4409
            assert (await second.play())["events"]
        assert (await spectator.ask("play"))["error"]["code"] == "not_yours"


async def test_an_unknown_subprotocol_is_refused(board):
    with pytest.raises(InvalidStatus) as refused:
        async with connect(f"{board.site.sockets}/play/demo/instant-win/", subprotocols=["sobuzz.v9.cbor"]):
            pass
    assert refused.value.response.status_code == 403


# When the game does not run


async def test_a_game_that_has_not_begun_or_is_over_shows_itself_and_takes_nothing(board):
    async with board.player("later") as client:
        assert (await client.play())["error"]["code"] == "not_open"
    async with board.connect("play/demo/over/") as client:
        snapshot = await client.hello()
        assert (snapshot["everyone"]["phase"], snapshot["running"]) == ("ended", False)
    assert board.post("t/demo/games/over/join", {"nickname": "Ana"}).json()["error"]["code"] == "ended"


async def test_who_comes_after_the_end_with_an_old_seat_looks_on(board):
    game = board.game()
    seated, late = board.join(game), board.join(game, "Late")
    async with board.operator(game) as host, board.player(game, seated):
        await host.ask("end")
    async with board.connect(f"play/demo/{game}/") as client:
        snapshot = await client.hello(board.ticket(game, late.token))
        assert (snapshot["everyone"]["phase"], snapshot["you"]) == ("ended", None)
        assert (await client.play())["error"]["code"] == "not_joined"
    async with board.player(game, seated) as client:
        assert (await client.play())["error"]["code"] == "ended"


async def test_a_pause_stops_the_game_and_its_clock(board):
    game = board.game()
    async with board.operator(game) as host, board.player(game) as client:
        await host.ask("pause")
        paused = await client.until("events")
        assert ([event["t"] for event in paused["events"]], paused["running"]) == (["paused"], False)
        assert (await client.play())["error"]["code"] == "paused"
        await host.ask("resume")
        assert (await client.until("events"))["running"] is True
        assert (await client.play())["events"]


async def test_a_locked_game_lets_nobody_new_in(board):
    game = board.game()
    inside, outside = board.join(game), board.join(game, "Late")
    async with board.player(game, inside) as player, board.operator(game) as host:
        await host.ask("lock", locked=True)
        async with board.connect(f"play/demo/{game}/") as client:
            snapshot = await client.hello(outside.ticket)
            assert (snapshot["you"], snapshot["everyone"]["locked"]) == (None, True)
            assert (await client.play())["error"]["code"] == "not_joined"
        assert (await player.play())["events"]
        await host.ask("lock", locked=False)
    async with board.player(game, outside) as client:
        assert (await client.play())["events"]


# Out


async def test_who_is_kicked_may_come_again(board):
    game = board.game()
    joined = board.join(game)
    async with board.operator(game) as host:
        async with board.player(game, joined) as client:
            await host.ask("kick", player=joined.player)
            assert await client.closed() == 4441
        async with board.player(game, joined) as client:
            assert (await client.play())["events"]


async def test_who_is_banned_is_out_at_once_and_stays_out(board):
    game = board.game()
    joined = board.join(game)
    async with board.operator(game) as host, board.player(game, joined) as client:
        await host.ask("ban", player=joined.player)
        assert await client.closed() == 4440
    async with board.connect(f"play/demo/{game}/") as client:
        await client.send({"t": "hello", "ticket": board.ticket(game, joined.token)})
        assert await client.closed_in_silence() == 4440
    async with board.connect(f"play/demo/{game}/", cookie=joined.cookie) as client:
        assert await client.closed_in_silence() == 4440, "his cookie says enough"


# Words


@pytest.mark.parametrize(("accept", "language"), [("fr-CA,fr;q=0.9", "fr"), ("en", "en"), ("xx", "en")])
async def test_a_refusal_is_worded_in_the_language_of_the_handshake(board, accept, language):
    game = board.game()
    async with board.operator(game) as host, board.player(game, headers={"Accept-Language": accept}) as client:
        await host.ask("pause")
        assert (await client.play())["error"] == {"code": "paused", "message": word("paused", language), "retry": None}


HOSTILE = {
    "<script>alert(1)</script>": None,
    "A\u202enaM": "AnaM",
    "x" * 10_000: None,
    "An\x00a": "Ana",
    "👩‍🚀 Zoé": "👩‍🚀 Zoé",
    "Z̸̛̺a̴l̷g̵o̶" + "\u0301" * 40: ...,
    "\u200b\u200b": None,
}


@pytest.mark.parametrize("name", HOSTILE, ids=["markup", "right to left", "10 kB", "null byte", "emoji", "zalgo", "nothing"])
async def test_a_hostile_nickname_is_cleaned_or_refused_before_anyone_sees_it(board, name):
    game = board.game()
    answer = board.post(f"t/demo/games/{game}/join", {"nickname": name})
    if answer.status_code == 400:
        assert answer.json()["error"]["code"] == "bad_nickname"
        return
    async with board.operator(game) as host, board.connect(f"play/demo/{game}/") as client:
        you = (await client.hello(answer.json()["ticket"]))["you"]
        shown = (await host.until("events"))["names"]
    assert shown == {str(you["player"]): you["name"]}
    assert len(you["name"]) <= 60
    assert not set(you["name"]) & set("\x00\u202e\u200b")
    assert HOSTILE[name] in (None, ..., you["name"])
