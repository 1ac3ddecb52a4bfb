"""How files are asked for and sent: by whom, noted, piece by piece on a thread of their own, and let go of when nobody reads on."""

import asyncio
import threading

import pytest
from django.db import connection

from games.console.export.page import SENDER
from games.console.export.sending import Sender
from games.console.export.tables import TABLES
from games.models import Export
from tenants import scope
from tests.games.console.test_home import text
from tests.games.console.test_tabs import at
from tests.games.console.world import World


def file(game, table, form="csv"):
    return f"{at(game, 'export/file/')}?table={table}&form={form}"


@pytest.mark.contract("C4")
@pytest.mark.contract("C12")
@pytest.mark.parametrize(("role", "may"), [("owner", True), ("editor", True), ("analyst", True), ("moderator", False)])
@pytest.mark.parametrize("table", TABLES)
def test_what_tells_of_people_is_for_those_who_may_read_it(world, role, may, table):
    game = world.game()
    answer = world.client(role).get(file(game, table))
    assert answer.status_code == (200 if may or not TABLES[table].personal else 403)
    with scope.tenant(game.tenant_id):
        assert Export.objects.count() == (answer.status_code == 200)
    page = world.client(role).get(at(game, "export/")).content.decode()
    assert (f"table={table}&amp;form=csv" in page) is (answer.status_code == 200)


@pytest.mark.parametrize("asked", ["?table=keys", "?table=players&form=exe", "?table="])
def test_what_is_not_offered_is_not_there(world, asked):
    assert world.client().get(at(world.game(), f"export/file/{asked}")).status_code == 404


def test_who_took_what_is_shown_to_all(world):
    game = world.game()
    world.client("analyst").get(file(game, "players", "xlsx"))
    shown = text(world.client("moderator").get(at(game, "export/")))
    assert "Analyst Colibri Players Excel not to its end" in shown


def test_more_files_at_once_than_there_is_room_for_are_told_to_wait(world, monkeypatch):
    monkeypatch.setattr(SENDER, "busy", SENDER.most)
    answer = world.client().get(file(world.game(), "players"))
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Come back in half a minute." in answer.content.decode()


@pytest.mark.contract("C4")
@pytest.mark.django_db(transaction=True)
def test_a_file_comes_in_french_and_whole_and_is_noted():
    world = World()
    game = world.game(slug="ete", numbers=1)
    world.player(game, 1, "=Zoé")
    answer = world.client().get(file(game, "players"), headers={"accept-language": "fr"})
    assert answer["Content-Disposition"] == 'attachment; filename="ete-players.csv"'
    assert "no-store" in answer["Cache-Control"]
    head, row = asyncio.run(whole(answer)).decode("utf-8-sig").splitlines()
    assert head == "Joueur;Nom;Arrivée (heure de Paris);Parties;Gains;A laissé une adresse"
    assert row.startswith("1;'=Zoé;2")
    with scope.tenant(game.tenant_id):
        assert list(Export.objects.values_list("who", "table", "form", "rows")) == [("Owner Colibri", "players", "csv", 1)]


async def whole(answer) -> bytes:
    return b"".join([piece async for piece in answer])


@pytest.fixture
def sender() -> Sender:
    return Sender(2)


def noted(threads, closed):
    try:
        for _ in range(5):
            threads.add(threading.current_thread().name)
            assert scope.owner() == 1
            yield b"piece"
    finally:
        closed.append(True)


@pytest.mark.django_db(transaction=True)
async def test_pieces_are_made_on_a_thread_of_their_own_in_the_scope_of_the_tenant(sender):
    threads, closed = set(), []
    assert [piece async for piece in sender.send(1, noted(threads, closed))] == [b"piece"] * 5
    assert len(threads) == 1
    assert threading.current_thread().name not in threads
    assert closed
    assert sender.busy == 0


@pytest.mark.django_db(transaction=True)
async def test_who_hangs_up_leaves_no_thread_no_file_and_no_connection(sender):
    threads, closed = set(), []
    before = threading.active_count()
    sending = sender.send(1, noted(threads, closed))
    await anext(sending)
    assert sender.busy == 1
    await sending.aclose()
    assert closed
    assert sender.busy == 0
    await asyncio.sleep(0)
    assert not any(thread.name in threads for thread in threading.enumerate())
    assert threading.active_count() <= before + 1  # the loop's own helper


@pytest.mark.django_db(transaction=True)
async def test_nothing_is_made_before_the_piece_in_front_has_gone(sender):
    made = []

    def pieces():
        for number in range(3):
            made.append(number)
            yield b"%d" % number

    sending = sender.send(1, pieces())
    await anext(sending)
    assert made == [0]
    await sending.aclose()


def test_the_walls_of_the_database_are_around_exports(world):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL has policies")
    game = world.game()
    with scope.tenant(game.tenant_id):
        Export.objects.create(game=game, who="Ana", table="players", form="csv")
    with scope.tenant(world.other.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM games_export")
        assert cursor.fetchone()[0] == 0
