"""What is said at the gate when nobody can be let in, and what never stands in line."""

import asyncio
import json

import pytest

from project.gate import Gate
from project.handler import Handler
from realtime.metrics import registry


@pytest.fixture
async def handler(settings):
    settings.ALLOWED_HOSTS = ["play.test"]
    made = Handler()
    await asyncio.to_thread(made.gate.close)
    made.gate = Gate("closed", 0, 0)
    yield made
    await asyncio.to_thread(made.close)


async def ask(handler, path, method="GET", language="en"):
    headers = [(b"host", b"play.test"), (b"accept-language", language.encode())]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": headers, "client": ("10.1.2.3", 5)}
    inbox, sent = asyncio.Queue(), []
    inbox.put_nowait({"type": "http.request", "body": b"", "more_body": False})

    async def send(message):
        sent.append(message)

    await handler(scope, inbox.get, send)
    head = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], head, b"".join(message.get("body", b"") for message in sent).decode()


async def test_a_full_house_says_when_to_come_back_in_the_language_of_who_asks(handler):
    status, head, body = await ask(handler, "/t/demo/")
    assert (status, body) == (503, "Very many people are here right now. Try again in a few seconds.")
    assert head["refresh"] == head["retry-after"]
    assert 2 <= int(head["retry-after"]) <= 5
    french = (await ask(handler, "/t/demo/", language="fr"))[2]
    assert "quelques secondes" in french


async def test_the_interface_is_refused_in_its_own_shape(handler):
    status, head, body = await ask(handler, "/api/v1/t/demo/games/win/join", "POST")
    assert (status, json.loads(body)["error"]["code"]) == (503, "busy")
    assert "refresh" not in head, "what was sent is not sent twice by a browser"


async def test_a_sign_of_life_and_the_files_of_a_page_do_not_stand_in_line(handler):
    assert (await ask(handler, "/healthz"))[::2] == (200, "ok\n")
    assert (await ask(handler, "/static/base/css/tokens.css"))[0] == 200
    assert (await ask(handler, "/metrics"))[0] == 403, "who may not read them is told so at once"


async def test_who_is_told_to_come_back_is_counted(handler):
    before = registry.get_sample_value("sobuzz_gate_full_total")
    await ask(handler, "/t/demo/")
    assert registry.get_sample_value("sobuzz_gate_full_total") == before + 1
    assert registry.get_sample_value("sobuzz_gate_waiting", {"gate": "closed"}) == 0
