"""Whatever is logged while a game is worked on bears its tenant, its game and where its log stands."""

import json
import logging
from contextvars import Context

import pytest

from project.logs import Json
from realtime.consumers import PlayConsumer
from realtime.postbox import Busy
from tests.realtime.consumers.guests import Guest, hotel
from tests.realtime.fakes import GAME, TENANT, Table
from tests.realtime.village import until, village


@pytest.fixture
def lines():
    found: list[dict] = []
    handler = logging.Handler()
    handler.emit = lambda made: found.append(json.loads(Json("web").format(made)))
    logging.getLogger("realtime").addHandler(handler)
    yield found
    logging.getLogger("realtime").removeHandler(handler)


async def test_an_actor_says_game_and_number_and_not_what_was_typed(lines):
    async with Table() as table:
        await table.open(1)
        await table.ask("command", 1, ref="b", command={"t": "boom"})
    (line,) = lines
    assert (line["tenant"], line["game"], line["seq"]) == (TENANT, GAME, table.actor.played.seq)
    assert line["message"].startswith(f"game {GAME}: a bug in Boom: ZeroDivisionError")


async def test_the_end_of_an_actor_is_said_of_its_game(lines):
    async with village() as place:
        await place.open(1)
        with pytest.raises(Busy):
            await place.node.tell(TENANT, GAME, "command", role="player", by=1, ref="t", command={"t": "trip"})
        line = await until(lambda: [line for line in lines if "its actor ended" in line["message"]])
    assert (line[0]["tenant"], line[0]["game"]) == (TENANT, GAME)


async def test_a_socket_says_its_game_and_nobody_else_inherits_it(lines, monkeypatch):
    async with hotel() as place:
        await place.open(1)
        monkeypatch.setattr(place.node.hub, "missed", None)  # a bug of ours
        async with Guest(place, PlayConsumer) as guest:
            guest.hello()
            assert await guest.closed() == 4408
            logging.getLogger("realtime").error("from elsewhere")
    mine, elsewhere = lines
    assert (mine["logger"], mine["tenant"], mine["game"]) == ("realtime.consumers.base", TENANT, GAME)
    assert "tenant" not in elsewhere


async def test_what_goes_wrong_outside_of_its_task_bears_its_game_too(lines):
    """On our own server frames come from the wire, not by the task that knows what it is about."""
    async with hotel() as place:
        await place.open(1)
        async with Guest(place, PlayConsumer) as guest:
            guest.hello()
            await guest.until("snapshot")
            Context().run(guest.consumer.broken)
            assert await guest.closed() == 4408
    (line,) = lines
    assert (line["tenant"], line["game"]) == (TENANT, GAME)


async def test_a_batch_that_the_layer_refuses_is_nobodys_own(lines, monkeypatch):
    """Whoever comes first starts the sending for all who come after."""

    async def refuse(*_):
        raise OSError("the layer is gone")

    async with hotel() as place:
        await place.open(1)
        monkeypatch.setattr(place.layer, "send", refuse)
        monkeypatch.setattr(place.node.letters, "patience", 0.1)
        async with Guest(place, PlayConsumer) as guest:
            guest.hello()
            line = await until(lambda: [line for line in lines if line["logger"] == "realtime.postbox"])
        monkeypatch.undo()
    assert "tenant" not in line[0]
