"""A gap is seen by the client and mended by the server: the missing frames in order, or a snapshot."""

import asyncio
from contextlib import suppress
from random import Random

import pytest


async def events(client):
    frame = await client.until("events")
    return frame["since"], frame["seq"], [event["t"] for event in frame["events"]]


@pytest.mark.promise("P7")
@pytest.mark.parametrize("coding", ["json", "msgpack"])
async def test_who_comes_back_gets_the_frames_he_missed_and_then_his_own(board, coding):
    game = board.game()
    joined = board.join(game)
    async with board.operator(game) as host, board.connect(f"play/demo/{game}/") as spectator:
        await spectator.hello()
        async with board.player(game, joined, coding=coding) as client:
            await client.play("before")
            seq, line = (await host.ask("pause"))["t"] and (await client.until("events"))["seq"], client.line
        await host.ask("resume")
        await host.ask("lock", locked=True)
        async with board.connect(f"play/demo/{game}/", coding) as client:
            await client.send({"t": "hello", "line": line, "seq": seq, "ticket": board.ticket(game, joined.token)})
            frames = [await client.receive() for _ in range(3)]
        await host.ask("lock", locked=False)
    assert [frame["t"] for frame in frames] == ["events", "events", "you"]
    assert [event["t"] for frame in frames[:2] for event in frame["events"]] == ["resumed", "locked"]
    assert (frames[0]["since"], frames[1]["since"], frames[2]["seq"]) == (seq, frames[0]["seq"], frames[1]["seq"])
    assert (frames[2]["you"]["player"], len(frames[2]["you"]["mechanic"]["won"])) == (joined.player, 1)


@pytest.mark.promise("P7")
async def test_who_missed_nothing_gets_his_own_alone(board):
    game = board.game()
    joined = board.join(game)
    async with board.connect(f"play/demo/{game}/") as spectator:
        await spectator.hello()
        async with board.operator(game) as host, board.player(game, joined):
            await host.ask("pause")
            kinds: list[str] = []
            while kinds != ["paused"]:
                _, seq, kinds = await events(spectator)
            async with board.player(game, joined) as client:
                await client.send({"t": "resume", "line": client.line, "seq": seq})
                assert (await client.until("you", "snapshot", "events"))["t"] == "you"


@pytest.mark.promise("P7")
@pytest.mark.parametrize("where", [{"line": None, "seq": None}, {"line": "zzzzzz", "seq": 1}, {"seq": 10**9}, {"seq": -1}, {"seq": 0}])
async def test_where_frames_are_missing_there_is_a_snapshot(board, where):
    async with board.connect("play/demo/instant-win/") as client:
        line = (await client.hello())["line"]
        await client.send({"t": "resume", "line": line, **where})
        assert (await client.until("you", "snapshot", "events"))["t"] == "snapshot"


@pytest.mark.promise("P7")
async def test_frames_lead_on_from_a_snapshot_also_when_private_things_happened_between(board):
    game = board.game()
    async with board.operator(game) as host, board.player(game) as player:
        await player.play()
        async with board.connect(f"play/demo/{game}/") as spectator:
            snapshot = await spectator.hello()
            await player.play()
            await host.ask("pause")
            since, _, kinds = await events(spectator)
            assert (since, kinds) == (snapshot["seq"], ["paused"])
        async with board.operator(game) as another:
            assert another.snapshot["seq"] > snapshot["seq"], "operators are told more, and count by themselves"


@pytest.mark.promise("P7")
async def test_a_crowd_that_comes_while_things_happen_ends_where_the_game_is(board):
    """Snapshot and frames together are the truth, whenever one comes (Zulip's test of events)."""
    game = board.game()
    async with board.operator(game) as host:
        states = []
        for round_ in range(6):
            async with board.connect(f"play/demo/{game}/", "msgpack" if round_ % 2 else "json") as client:
                await client.send({"t": "hello"})
                await host.ask("pause" if round_ % 2 == 0 else "resume")
                snapshot = await client.until("snapshot")
                running, seq = snapshot["running"], snapshot["seq"]
                while running != bool(round_ % 2):
                    frame = await client.until("events")
                    assert frame["since"] == seq
                    running, seq = frame["running"], frame["seq"]
                states.append((running, seq))
        async with board.connect(f"play/demo/{game}/") as last:
            now = await last.hello()
    assert states[-1] == (now["running"], now["seq"])


async def test_a_ping_and_the_presence_come_by_themselves(board):
    game = board.game()
    async with board.player(game) as client:
        assert (await client.until("presence"))["players"] == 1
        async with board.player(game) as second, board.connect(f"play/demo/{game}/") as spectator:
            await spectator.hello()
            assert (await second.until("presence"))["players"] in (1, 2)
            while (await client.until("presence"))["players"] != 2:
                pass
        while (await client.until("presence"))["players"] != 1:
            pass


class Viewer:
    """Keeps the client's whole rule, and is cut off again and again."""

    def __init__(self, board, path, rng):
        self.board, self.path, self.rng = board, path, rng
        self.line = self.seq = None
        self.locked, self.cuts, self.frames = None, 0, 0

    async def watch(self, until):
        while not until.is_set() or self.seq is None:
            await self.look(self.rng.uniform(0.05, 0.5))
            self.cuts += 1

    async def look(self, seconds):
        async with self.board.connect(self.path, self.rng.choice(["json", "msgpack"])) as client:
            await client.send({"t": "hello", "line": self.line, "seq": self.seq})
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    while True:
                        await self.take(client, await client.receive())

    async def take(self, client, frame):
        if frame["t"] == "snapshot":
            self.line, self.seq, self.locked = frame["line"], frame["seq"], frame["everyone"]["locked"]
        elif frame["t"] == "events" and frame["since"] == self.seq:
            self.seq, self.frames = frame["seq"], self.frames + 1
            self.locked = next((event["locked"] for event in reversed(frame["events"]) if event["t"] == "locked"), self.locked)
        elif frame["t"] == "events" and frame["seq"] > self.seq:
            await client.send({"t": "resume", "line": self.line, "seq": self.seq})


@pytest.mark.fault
@pytest.mark.promise("P7")
async def test_a_crowd_that_is_cut_off_again_and_again_knows_the_same_in_the_end(board, figure):
    game, over = board.game(), asyncio.Event()
    viewers = [Viewer(board, f"play/demo/{game}/", Random(number)) for number in range(12)]
    async with board.operator(game) as host:
        watching = [asyncio.create_task(viewer.watch(over)) for viewer in viewers]
        for number in range(21):
            assert "error" not in await host.ask("lock", locked=number % 2 == 0)
            await asyncio.sleep(0.1)
        over.set()
        await asyncio.gather(*watching)
        async with board.connect(f"play/demo/{game}/") as fresh:
            last = await fresh.hello()
    await asyncio.gather(*[viewer.look(0.3) for viewer in viewers])
    assert {(viewer.line, viewer.seq, viewer.locked) for viewer in viewers} == {(last["line"], last["seq"], True)}
    figure("cuts", sum(viewer.cuts for viewer in viewers))
    figure("frames applied", sum(viewer.frames for viewer in viewers))
