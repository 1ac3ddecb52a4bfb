"""A log that was set back: who stood further than it goes is shown where the game stands now, on another line (decision 27)."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from random import Random

import pytest

from tests.faults.players import Player
from tests.faults.scale import SEED, lasting
from tests.faults.staff import board

pytestmark = [pytest.mark.fault, lasting(60, 120)]

MORE = 20  # events that the restored log has not


async def cries(stage, words: list[str]) -> None:
    player = Player(stage, 1, Random(SEED))
    for word in words:
        await player.ask(word, "cry", text=word)
        await asyncio.sleep(0.05)
    await player.drop()


async def shown(stage, line: str | None = None, seq: int | None = None) -> dict:
    async with board(stage.cluster).connect(f"play/demo/{stage.slug}/") as client:
        return await client.hello(line=line, seq=seq)


@pytest.mark.promise("P7")
@pytest.mark.parametrize("renewed", [True, False], ids=["with another line", "by somebody who forgot the line"])
def test_who_is_ahead_of_a_restored_log_is_shown_a_snapshot(cluster, tmp_path, renewed, figure):
    crowd = cluster("sqlite")
    stage = crowd.game("square", {}, 1, kind="square", opens=-5)
    file = crowd.database.removeprefix("sqlite:///")
    asyncio.run(cries(stage, ["kept"]))
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(tmp_path / "backup")) as target:
        source.backup(target)
    asyncio.run(cries(stage, [f"gone {number}" for number in range(MORE)]))
    before = asyncio.run(shown(stage))
    crowd.webs[0].kill()
    for suffix in ("-wal", "-shm"):
        (tmp_path.parent / f"{file}{suffix}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup", file)
    if renewed:
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("UPDATE games_game SET line = 'fresh' WHERE slug = 'square'")
    crowd.webs[0].start()
    after = asyncio.run(shown(stage, before["line"], before["seq"]))
    assert after["t"] == "snapshot"
    assert after["everyone"]["mechanic"] == {"cries": 1, "last": "kept"}
    assert (after["line"] != before["line"]) is renewed
    assert before["seq"] - after["seq"] >= MORE
    crowd.invariants()
    figure("events that a client was ahead of a restored log", before["seq"] - after["seq"])
