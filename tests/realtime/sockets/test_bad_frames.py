"""Frames that should not have been sent: a code each, nothing in the log, and nobody else notices."""

import json

import pytest

from realtime.codec import LARGEST
from tests.realtime.sockets.board import Board

HELLO = '{"t":"hello"}'
BAD = {
    "not JSON": "{",
    "nothing": " ",
    "not a map": '["hello"]',
    "no word": "{}",
    "a word that is none": '{"t":1}',
    "not a number": '{"t":"hello","seq":NaN}',
    "a number beyond all": '{"t":"hello","seq":1e999}',
    "a name twice": '{"t":"hello","t":"hello"}',
    "too deep": '{"t":"hello","x":' + "[" * 3000 + "]" * 3000 + "}",
    "an unknown field": '{"t":"hello","admin":true}',
    "a wrong type": '{"t":"hello","seq":"1"}',
    "too large": json.dumps({"t": "hello", "x": "x" * LARGEST}),
    "much too large for us, not for the server": json.dumps({"t": "hello", "x": "x" * 60_000}),
    "bytes on a text socket": b'{"t":"hello"}',
    "another frame first": '{"t":"play","ref":"r"}',
    "a resume first": '{"t":"resume","line":null,"seq":null}',
}
BAD_LATER = {
    "a second hello": HELLO,
    "a command without a ref": '{"t":"play"}',
    "a ref that is none": '{"t":"play","ref":7}',
    "a ref too long": json.dumps({"t": "play", "ref": "x" * 37}),
    "an empty ref": '{"t":"play","ref":""}',
    "half a letter": '{"t":"play","ref":"\\ud800"}',
    "a frame of the server's": '{"t":"snapshot","line":"x","seq":99}',
}


@pytest.mark.promise("P24")
@pytest.mark.parametrize("frame", BAD.values(), ids=BAD)
async def test_a_bad_first_frame_closes_with_4400(board, frame):
    async with board.connect("play/demo/instant-win/") as client:
        await client.socket.send(frame)
        assert await client.closed_in_silence() == 4400


@pytest.mark.promise("P24")
@pytest.mark.parametrize("frame", BAD_LATER.values(), ids=BAD_LATER)
async def test_a_bad_frame_later_closes_with_4400_too(board, frame):
    async with board.connect("play/demo/instant-win/") as client:
        await client.hello()
        await client.socket.send(frame)
        assert await client.closed() == 4400


@pytest.mark.promise("P24")
@pytest.mark.parametrize(
    "data", [b"", b"\xc1", b"\x81\xa1t\xc4\x05hello", b"\x82\xa1t\xa5hello\xa1t\xa5hello", b"\xdf\xff\xff\xff\xff", b"\x91" * 5000]
)
async def test_bad_messagepack_closes_with_4400(board, data):
    async with board.connect("play/demo/instant-win/", "msgpack") as client:
        await client.socket.send(data)
        assert await client.closed_in_silence() == 4400


@pytest.mark.parametrize("word", ["tick", "admit", "fly", "__init__", "close", "websocket.disconnect"])
async def test_an_unknown_command_is_an_answer_not_an_end(board, word):
    game = board.game() if word == "tick" else "instant-win"
    async with board.player(game) as client:
        error = (await client.ask(word, player=1))["error"]
        assert (error["code"], error["retry"]) == ("unknown_command", None)
        assert (await client.play())["events"], "the socket goes on"


async def test_a_command_with_a_wrong_field_is_an_answer_not_an_end(board):
    async with board.player("instant-win") as client:
        assert (await client.ask("play", prize="mug"))["error"]["code"] == "bad_command"
        assert "error" not in await client.play()


async def test_an_operators_command_of_a_player_is_not_his(board):
    async with board.player("instant-win") as client:
        for word, fields in (("end", {}), ("pause", {}), ("resume", {}), ("kick", {"player": 1}), ("ban", {"player": 1}), ("lock", {})):
            assert (await client.ask(word, **fields))["error"]["code"] == "not_yours"
    async with board.operator("instant-win") as host:
        assert (await host.play())["error"]["code"] == "not_yours"


async def test_who_sends_nonsense_again_and_again_is_shown_out(board):
    async with board.connect("play/demo/instant-win/") as client:
        await client.hello()
        for number in range(25):
            if number % 10 == 9:
                await client.socket.send('{"t":"pong"}')
            await client.send({"t": "fly", "ref": f"r{number}"})
        assert await client.closed() in {4400, 4429}


async def test_too_fast_is_4429(board):
    async with board.connect("play/demo/instant-win/") as client:
        await client.hello()
        for _ in range(40):
            await client.send({"t": "pong"})
        assert await client.closed() == 4429


async def test_a_burst_and_the_lasting_rate_are_not_too_fast(board):
    async with board.player("instant-win") as client:
        for _ in range(17):
            await client.send({"t": "pong"})
        assert "error" not in await client.play()


async def test_more_than_eight_open_commands_wait_their_turn(board: Board):
    game = board.game()
    async with board.player(game) as client:
        for number in range(12):
            await client.send({"t": "play", "ref": f"r{number}"})
        replies = [await client.until("reply") for _ in range(12)]
        refused = [reply for reply in replies if "error" in reply]
        assert {reply["error"]["code"] for reply in refused} <= {"too_many_open"}
        assert all(reply["error"]["retry"] == 1 for reply in refused)
        assert len({reply["ref"] for reply in replies}) == 12
        for reply in refused:
            assert (await client.play(reply["ref"]))["events"], "a refusal may be asked again"


@pytest.mark.promise("P3")
async def test_the_same_ref_again_is_the_same_play_on_every_socket_and_in_every_coding(board):
    game = board.game()
    joined = board.join(game)
    async with board.player(game, joined) as client:
        first = await client.play("same")
        second = await client.play("same")
    async with board.player(game, joined, coding="msgpack") as client:
        third = await client.play("same")
    assert first == second == third
    assert first["events"][0]["t"] == "won"
    assert len(first["you"]["mechanic"]["won"]) == 1


@pytest.mark.promise("P24")
async def test_what_one_client_does_no_other_notices(board):
    game = board.game()
    async with board.player(game) as good:
        for frame in BAD.values():
            async with board.connect(f"play/demo/{game}/") as bad:
                await bad.socket.send(frame)
                await bad.closed()
        assert (await good.play())["events"]
