"""What the files hold: every row once and in its order, at a price by the page; nothing that is sealed, no code, nothing of others."""

import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from games.console.export import happened, people, table
from games.console.export.forms import FORMS
from games.console.export.page import layout
from games.console.export.tables import TABLES
from games.models import Game, Minute, PrizeCode
from games.sealing import open_key
from games.store.loading import mechanic_of, ruleset_of, seal_of
from tenants import scope
from tests.games.console.test_lists import contact
from tests.games.console.world import PRIZES
from tests.games.published import fill, published


def octets(game: Game, name: str, form: str) -> bytes:
    """As it is stored, the parts of a sheet unpacked."""
    with scope.tenant(game.tenant_id):
        game = Game.objects.select_related("tenant").get(pk=game.pk)
        data = b"".join(FORMS[form].write(layout(TABLES[name], "Europe/Paris"), TABLES[name].pages(game)))
    if form != "xlsx":
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return b"\n".join(book.read(part) for part in book.namelist())


def rows(game: Game, name: str) -> list[dict]:
    return [json.loads(line) for line in octets(game, name, "jsonl").splitlines()]


@pytest.fixture
def game(world):
    """Sealed, with codes; five came in, four played, two won."""
    return fill(published(world.demo))


@pytest.mark.contract("C4")
def test_a_game_is_told_whole(world, game):
    assert [(row["player"], row["plays"], row["wins"]) for row in rows(game, "players")] == [
        (1, 1, 0), (2, 1, 1), (3, 1, 0), (4, 1, 1), (5, 0, 0),
    ]  # fmt: skip
    assert [row["outcome"] for row in rows(game, "plays")] == ["lost", "won", "lost", "won"]
    assert [(row["player"], row["name"]) for row in rows(game, "awards")] == [(2, "P2"), (4, "P4")]
    events = rows(game, "events")
    assert [row["event"] for row in events] == list(range(1, len(events) + 1))
    assert sum(row["value"] for row in rows(game, "minutes") if row["figure"] == "plays") == 4
    assert sum(row["plays"] for row in rows(game, "hours")) == 4
    assert [(row["prize"], row["stock"]) for row in rows(game, "prizes")] == [("mug", 3), ("trip", 1)]
    assert [row["step"] for row in rows(game, "funnel")] == ["named", "came", "played", "won"]


@pytest.mark.contract("C4")
def test_contacts_come_with_each_purpose_they_agreed_to(world):
    game = world.game()
    contact(world, world.player(game, 1, "Ana"), "ana@example.test", "newsletter", "partners")
    contact(world, world.player(game, 2, "Zoé"), "zoe@example.test")
    world.player(game, 3, "Guest")
    assert [(row["player"], row["email"], row["purpose"]) for row in rows(game, "contacts")] == [
        (1, "ana@example.test", "newsletter"), (1, "ana@example.test", "partners"), (2, "zoe@example.test", None),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["players", "contacts", "awards", "plays", "events", "minutes"])
def test_pages_join_without_a_gap_or_a_repeat(world, monkeypatch, name):
    game = world.game(numbers=20)
    for number in range(1, 21):
        contact(world, world.player(game, number, f"P{number}"), f"p{number}@example.test", "newsletter")
        world.event(game, number, "lost", by=number, player=number, until=1.0)
        world.award(game, number, unit=number)
        world.minute(game, number, plays=1, won=1)
    whole = rows(game, name)
    for module in (people, happened, table):
        monkeypatch.setattr(module, "STRIDE", 3)
    with CaptureQueriesContext(connection) as asked:
        assert rows(game, name) == whole
    assert len(whole) == (40 if name == "minutes" else 20)
    pages = len(whole) // 3 + 1
    assert len([query for query in asked if "set_config" not in query["sql"]]) <= 2 * pages + 6


@pytest.mark.promise("P20")
@pytest.mark.parametrize("name", TABLES)
def test_nothing_of_another_game_or_tenant_is_in_a_file(world, name):
    mine = world.game(numbers=1)
    for other in (world.game(numbers=9), world.game(world.other, numbers=9)):
        contact(world, world.player(other, 9, "Elsewhere"), "elsewhere@example.test", "newsletter")
        world.event(other, 9, "lost", by=9, player=9, until=1.0)
        world.award(other, 9, unit=9)
        world.minute(other, 1, plays=7777)
    data = octets(mine, name, "jsonl")
    assert not any(word in data for word in (b"Elsewhere", b"elsewhere", b"7777", b'"player":9'))


@pytest.mark.promise("P6")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", TABLES)
def test_no_secret_is_in_any_file(world, game, name, form):
    data = octets(game, name, form)
    found = [what for what, word in secrets(game).items() if word in data]
    assert found == []


def secrets(game: Game) -> dict[str, bytes]:
    """Planted at publication: key, secret of the game and of its witnesses, codes, and the moments nobody has reached."""
    with scope.tenant(game.tenant_id):
        key = open_key(bytes(game.key), game.public_id)
        mechanic, seal = mechanic_of(game), seal_of(game, key)
        found = {"key": key.hex().encode(), "stored key": bytes(game.key).hex().encode(), "secret": mechanic.secret(seal).hex().encode()}
        found |= {f"witness {place}": word.encode() for place, word in enumerate(game.seal["witness"]["secrets"])}
        found |= {code: code.encode() for code in PrizeCode.objects.filter(game=game).values_list("code", flat=True)}
        ahead = ruleset_of(game, key).sealed[2:]
    assert len(found) > 6
    assert ahead
    return found | {f"moment {at.at_ms}": str(at.at_ms)[:-3].encode() for at in ahead}


@pytest.mark.control("P6")
def test_a_secret_that_is_planted_in_a_name_is_found(world, game):
    """The test above would also pass if it looked for nothing."""
    with scope.tenant(game.tenant_id):
        word = PrizeCode.objects.filter(game=game).first().code
    world.player(game, 77, word)
    for form in FORMS:
        assert [what for what, secret in secrets(game).items() if secret in octets(game, "players", form)] == [word]


@pytest.mark.promise("P6")
@pytest.mark.parametrize("part", ["players/", "prizes/", "results/", "proof/", "export/"])
def test_no_secret_is_on_a_page_before_the_end(world, game, part):
    body = world.client().get(f"/console/games/{game.public_id}/{part}").content.replace(b" ", b"")
    assert [what for what, word in secrets(game).items() if word in body] == []


def test_minutes_of_a_minute_are_not_lost_between_pages(world, monkeypatch):
    monkeypatch.setattr(happened, "STRIDE", 2)
    game = world.game()
    with scope.tenant(game.tenant_id):
        Minute.objects.bulk_create(Minute(game=game, minute=5, name=name, value=1) for name in ("a", "b", "c", "d", "e"))
    assert [row["figure"] for row in rows(game, "minutes")] == ["a", "b", "c", "d", "e"]


def test_the_prizes_of_these_tests_are_the_worlds(world):
    assert [row["prize"] for row in rows(world.game(), "prizes")] == [prize["id"] for prize in PRIZES]
