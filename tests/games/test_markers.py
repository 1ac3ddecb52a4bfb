"""Nobody reads a winning moment that is still to come: not in the database, an answer, a page or a log (decision 12)."""

from __future__ import annotations

import base64
import io
import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from games.models import Game
from games.proof import opened
from games.publishing import settled
from tenants import domains, scope
from tenants.models import Member, User
from tests.games.published import Hand, fill, published

COMING = timedelta(days=6)


@pytest.fixture
def game(tenant: Any, settings: Any) -> Game:
    """Running, played, with moments that are over and moments to come."""
    settings.ALLOWED_HOSTS = ["testserver"]
    domains.forget()
    prizes = [{"id": "mug", "label": "Mug", "stock": 40}]
    return fill(published(tenant, settings={"prizes": prizes}, closes_at=timezone.now() + COMING))


def secrets_of(game: Game) -> list[str]:
    """Everything that would tell when to play, in each way in which it might be written."""
    with scope.tenant(game.tenant_id):
        seal = opened(game)
        mechanic = settled(game)
    found = [spelling for key in (seal.key, mechanic.secret(seal)) for spelling in spelt(key)]
    still_to_come = [moment for moment in mechanic.sealed(seal) if moment.at_ms > time.time() * 1000]
    assert len(still_to_come) > 10
    for moment in still_to_come:
        found += [str(moment.at_ms), f"{moment.at_ms / 1000:.3f}", f"{moment.at_ms // 1000}.", f"{moment.at_ms // 1000},"]
    return found


def spelt(key: bytes) -> list[str]:
    return [
        key.hex(),
        key.hex().upper(),
        base64.b64encode(key).decode(),
        base64.urlsafe_b64encode(key).decode().rstrip("="),
        repr(key)[2:-1],
    ]


def dump() -> str:
    """Each row of each table, bytes in hexadecimal and as they are."""
    tables = connection.introspection.table_names()
    return "\n".join(text for table in tables for row in rows(table) for text in map(written, row))


def rows(table: str) -> Iterator[tuple[Any, ...]]:
    with scope.platform(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        yield from cursor.fetchall()


def written(value: Any) -> str:
    if isinstance(value, bytes | memoryview | bytearray):
        return f"{bytes(value).hex()} {bytes(value)!r} {base64.b64encode(bytes(value)).decode()}"
    return str(value)


def none_in(text: str, game: Game) -> None:
    found = [secret for secret in secrets_of(game) if secret in text]
    assert not found, f"{len(found)} secrets can be read, such as {found[0]}"


@pytest.mark.promise("P6")
def test_no_table_holds_what_is_to_come(game):
    text = dump()
    assert game.public_id in text
    none_in(text, game)


@pytest.mark.control("P6")
@pytest.mark.parametrize("planted", [0, -1])
def test_a_column_that_kept_a_secret_would_be_found(game, planted):
    with scope.tenant(game.tenant_id):
        Game.objects.filter(pk=game.pk).update(headline=f"soon: {secrets_of(game)[planted]}")
    with pytest.raises(AssertionError, match="can be read"):
        none_in(dump(), game)


@pytest.mark.control("P6")
def test_a_key_kept_in_the_clear_would_be_found(game):
    with scope.tenant(game.tenant_id):
        Game.objects.filter(pk=game.pk).update(key=opened(game).key)
        clear = dump()
        Game.objects.filter(pk=game.pk).update(key=game.key)
    with pytest.raises(AssertionError, match="can be read"):
        none_in(clear, game)


@pytest.mark.promise("P6")
def test_no_answer_of_the_interface_and_no_public_page_holds_it(game, client):
    told = [
        client.post(f"/api/v1/t/colibri/games/win/{what}", {"nickname": "Ana"}, "application/json") for what in ("join", "ticket", "awards")
    ]
    told += [client.get(f"/t/colibri/{path}") for path in ("", "win/", "win/screen/", "win/proof/")]
    told.append(client.get("/api/v1/openapi.json"))
    assert {answer.status_code for answer in told} <= {200, 201}
    none_in("\n".join(answer.content.decode() for answer in told), game)
    assert client.get("/t/colibri/win/proof.zip").status_code == 404


@pytest.mark.promise("P6")
@pytest.mark.parametrize("role", ["owner", "editor", "analyst", "moderator"])
def test_no_page_of_the_console_holds_it_for_any_role(game, client, role):
    sign_in(client, game, role)
    base = f"/console/games/{game.public_id}/"
    told = [client.get(path) for path in ("/console/", "/console/games/", base, f"{base}figures/", f"{base}live/", f"{base}live/log/")]
    assert told[2].status_code == 200
    none_in("\n".join(answer.content.decode() for answer in told), game)


def sign_in(client: Client, game: Game, role: str) -> None:
    user = User.objects.create_user("ines@colibri.test", "a long password")
    with scope.tenant(game.tenant_id):
        Member.objects.create(user=user, role=role)
    client.force_login(user)
    session = client.session
    session["since"] = session["seen"] = time.time()
    session["tenant"] = game.tenant_id
    session.save()


@pytest.mark.promise("P6")
def test_no_log_and_no_command_holds_it(game, caplog):
    caplog.set_level(logging.DEBUG)
    said = io.StringIO()
    call_command("check_invariants", stdout=said, stderr=said)
    hand = Hand(game)
    logging.getLogger("games").debug("%r %r %s", hand.rules, hand.state, hand.rules.mechanic)
    none_in(said.getvalue() + caplog.text, game)
