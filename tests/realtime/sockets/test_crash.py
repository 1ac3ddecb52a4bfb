"""The server is killed or asked to leave in the middle of a game: nothing that was shown is lost, nothing is done twice."""

import asyncio
from contextlib import AsyncExitStack, suppress

import pytest
from websockets.exceptions import ConnectionClosed

from tests.realtime.sockets.board import Board, Client, Joined
from tests.servers.site import BOTH

OWNER, GAME = "owner@demo.test", "instant-win"


@pytest.fixture(params=BOTH)
def own_board(new_site, request) -> Board:
    """A board of this test alone, to be killed, with the demo's games."""
    return Board(new_site(request.param), games=0)


def awards(board: Board, token: str) -> list[dict]:
    return board.post(f"t/demo/games/{GAME}/awards", {"token": token}).json()


async def play_until_killed(board: Board, people: list[Joined], ref: str, *, at_once: bool) -> tuple[str, list[dict[str, list]]]:
    """Everybody plays "sure" and then `ref`, and the server is killed: as soon as all have asked, or when the first has heard."""
    heard = asyncio.Event()

    async def listen(client: Client) -> dict[str, list]:
        shown = {}
        with suppress(ConnectionClosed, TimeoutError):
            reply = await client.until("reply")
            shown[reply["ref"]] = reply["events"]
            heard.set()
        return shown

    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(board.player(GAME, joined)) for joined in people]
        sure = [{"sure": (await client.play("sure"))["events"]} for client in clients]
        for client in clients:
            await client.send({"t": "play", "ref": ref})
        listening = [asyncio.create_task(listen(client)) for client in clients]
        if not at_once:
            await heard.wait()
        board.site.kill()
        shown = [first | await told for first, told in zip(sure, listening, strict=True)]
    board.site.start()
    return clients[0].line, shown


@pytest.mark.fault
@pytest.mark.promise("P1")
@pytest.mark.promise("P2")
@pytest.mark.promise("P3")
@pytest.mark.promise("P7")
@pytest.mark.contract("C5")
async def test_killed_in_the_middle_of_plays_each_is_one_play_with_one_award(own_board, figure):
    """Everybody comes back as the same player and asks again with the same refs: what was shown stands, what was not happens once."""
    board = own_board
    people = [board.join(GAME, f"Ana {number}") for number in range(8)]
    line, early = await play_until_killed(board, people, "open1", at_once=True)
    _, late = await play_until_killed(board, people, "open2", at_once=False)
    won = 0
    for joined, first, second in zip(people, early, late, strict=True):
        async with board.player(GAME, joined) as client:
            assert client.line == line, "the log was not set back"
            replies = [await client.play(ref) for ref in ("sure", "open1", "open2", "sure", "open1", "open2")]
            events = dict(zip(("sure", "open1", "open2"), (reply["events"] for reply in replies), strict=False))
            assert [reply["events"] for reply in replies[3:]] == list(events.values())
            assert events | first | second == events, "what was shown is what happened"
            assert (await client.play("one more"))["error"]["code"] == "no_plays_left", "three plays a day, each counted once"
        given = awards(board, joined.token)
        assert len(given) == len({award["award"] for award in given}) == sum(each[0]["t"] == "won" for each in events.values())
        won += len(given)
    figure("plays that were open when it was killed", sum(4 - len(first) - len(second) for first, second in zip(early, late, strict=True)))
    async with board.connect("stats/demo/", cookie=board.session(OWNER)) as dashboard:
        await dashboard.send({"t": "hello"})
        stats = await dashboard.until("stats")
    assert (stats["plays"], stats["won"], stats["players"]) == (24, won, 8)
    assert sum(minute["plays"] for minute in stats["per_minute"]) == 24


@pytest.mark.fault
@pytest.mark.promise("P30")
@pytest.mark.parametrize("own_board", ["uvicorn"], indirect=True)
async def test_a_server_that_leaves_says_when_to_come_back(own_board):
    board = own_board
    joined = board.join(GAME)
    async with board.player(GAME, joined) as client, board.connect(f"play/demo/{GAME}/", "msgpack") as spectator:
        async with board.connect("stats/demo/", cookie=board.session(OWNER)) as dashboard:
            await spectator.hello()
            await dashboard.send({"t": "hello"})
            won = await client.play("before")
            stopping = asyncio.create_task(asyncio.to_thread(board.site.stop))
            byes = [await each.until("bye") for each in (client, spectator, dashboard)]
            codes = [await each.closed() for each in (client, spectator, dashboard)]
        assert await stopping == 0
    assert codes == [1012, 1012, 1012]
    assert {bye["reason"] for bye in byes} == {"deploy"}
    assert all(0.5 <= bye["after"] <= 10 for bye in byes)
    assert len({bye["after"] for bye in byes}) > 1, "not all at once"
    assert board.site.complaints() == []
    board.site.start()
    async with board.player(GAME, joined) as client:
        assert (await client.play("before"))["events"] == won["events"]
