"""An actor on the real store: what it says is in the tables, and the next one says the same."""

import asyncio
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from games.models import Award, Game, GameEvent, Minute, Player
from games.publishing import seal
from games.store import Fenced, Store
from games.store.loading import totals
from realtime.actor import GameActor
from realtime.letters import Told
from tenants import scope
from tenants.models import Tenant
from tests.realtime.fakes import DrivenClock, Table

pytestmark = pytest.mark.django_db(transaction=True)
SETTINGS = {"prizes": [{"id": "mug", "label": "Mug", "stock": 5}], "plays_per_day": 100, "wins_per_player": 100}


@pytest.fixture
def game():
    tenant = Tenant.objects.create(slug="acme", name="Acme")
    now = timezone.now()
    with scope.tenant(tenant.pk):
        made = Game(slug="win", kind="instant_win", title="Win", settings=SETTINGS, opens_at=now - timedelta(days=9), closes_at=now)
        seal(made)
        made.opens_at, made.closes_at = now - timedelta(days=9), now + timedelta(hours=1)
        made.save()
        for number in (1, 2):
            Player.objects.create(game=made, number=number, name=f"Ana {number}", device=str(number))
        yield made


@pytest.fixture
async def store():
    made = Store()
    yield made
    await asyncio.to_thread(made.close)


class Real(Table):
    """The same table on the real store."""

    def __init__(self, game, store, now):
        super().__init__(clock=DrivenClock(now))
        self.game = game
        self.actor = GameActor(game.tenant_id, game.pk, store, self.post, self.clock)

    async def play(self, ref, by=1):
        return await self.ask("command", by, ref=ref, command={"t": "play"})


@pytest.fixture
def now():
    return timezone.now().timestamp()


def rows(model, game):
    with scope.tenant(game.tenant_id):
        return list(model.objects.filter(game=game).order_by("pk").values())


async def aside(function, *args):
    """In a thread, as the database wants it from a loop; its connection ends with it."""

    def call():
        try:
            return function(*args)
        finally:
            connections.close_all()

    return await asyncio.to_thread(call)


async def stored(model, game):
    return await aside(rows, model, game)


@pytest.mark.promise("P3")
@pytest.mark.promise("P2")
async def test_a_play_is_a_row_before_it_is_an_answer_and_the_same_answer_after_a_crash(game, store, now):
    async with Real(game, store, now) as table:
        await table.ask("hello", 1)
        won = await table.play("a")
        log = await stored(GameEvent, game)
        assert [(row["seq"], row["kind"], row["role"], row["by"], row["ref"]) for row in log] == [
            (1, "opened", "system", 0, ""),
            (2, "joined", "player", 1, ""),
            (3, "won", "player", 1, "a"),
        ]
    async with Real(game, store, now) as heir:
        again = await heir.play("a")
        assert (again.events, again.you, again.seq) == (won.events, won.you, 3)
        assert again.you["name"] == "Ana 1"
        assert (await heir.play("b")).seq == 3
    assert len(await stored(GameEvent, game)) == 4


@pytest.mark.promise("P1")
async def test_every_win_has_one_award_one_play_and_never_more_than_the_stock(game, store, now):
    async with Real(game, store, now) as table:
        for player in (1, 2):
            await table.ask("hello", player)
        waiting = [table.send("command", 1 + number % 2, ref=f"r{number}", command={"t": "play"}) for number in range(40)]
        answers = [await table.answer(number) for number in waiting]
    wins = [event for answer in answers for event in answer.events if event["t"] == "won"]
    awards = await stored(Award, game)
    assert len(wins) == len(awards) == 5
    assert {award["unit"] for award in awards} == set(range(5))
    plays = {row["seq"]: row for row in await stored(GameEvent, game)}
    assert all(plays[award["play"]]["kind"] == "won" and plays[award["play"]]["by"] == award["player"] for award in awards)


@pytest.mark.contract("C5")
async def test_the_minutes_add_up_to_the_counters_and_lists_know_them(game, store, now):
    async with Real(game, store, now) as table:
        await table.ask("hello", 1)
        for number in range(12):
            table.clock.at += 13
            await table.play(f"r{number}")
        counted = dict(table.actor.played.ruleset.stats(table.actor.played.state))

    def known():
        with scope.tenant(game.tenant_id):
            row = Game.objects.get(pk=game.pk)
            return totals(game.pk), row.totals, row.phase, row.seq, row.stock, Minute.objects.filter(game=game, name="plays").count()

    minutes, listed, phase, seq, stock, different = await aside(known)
    assert minutes == listed == counted == {"plays": 12, "won": 5, "players": 1}
    assert (phase, seq, stock) == ("open", 14, {"mug": 0})
    assert different > 1


@pytest.mark.promise("P2")
async def test_of_two_actors_of_one_game_the_one_that_loaded_first_ends(game, store, now):
    async with Real(game, store, now) as first:
        await first.ask("hello", 1)
        async with Real(game, store, now) as second:
            assert (await second.ask("hello", 2)).you["player"] == 2
            assert (await first.play("a")).code == "busy"
            assert isinstance(first.task.exception(), Fenced)
            assert (await second.play("a", 2)).events
    assert [row["seq"] for row in await stored(GameEvent, game)] == [1, 2, 3, 4]


async def test_a_game_that_is_not_there_ends_its_actor_and_answers_busy(game, store, now):
    table = Real(game, store, now)
    table.actor.game = 10**6
    hello = table.send("hello", 1)
    async with table:
        assert (await table.answer(hello)).code == "busy"
        assert isinstance(table.task.exception(), Game.DoesNotExist)
        assert table.post.of(Told) == []


@pytest.mark.promise("P20")
async def test_an_actor_sees_only_its_own_tenant(game, store, now):
    other = await aside(lambda: Tenant.objects.create(slug="other", name="Other"))
    table = Real(game, store, now)
    table.actor.tenant = other.pk
    hello = table.send("hello", 1)
    async with table:
        assert (await table.answer(hello)).code == "busy"
        assert isinstance(table.task.exception(), Game.DoesNotExist)


async def test_the_hours_are_kept_by_the_log_not_by_who_looks(game, store, now):
    async with Real(game, store, now) as table:
        await table.ask("hello", 1)
        table.clock.at = now + 3601
        assert (await table.play("late")).code == "ended"
    log = await stored(GameEvent, game)
    assert [event["kind"] for event in log][-2:] == ["ended", "remaining"]
    assert log[-1]["at"] == pytest.approx(game.closes_at.timestamp())
