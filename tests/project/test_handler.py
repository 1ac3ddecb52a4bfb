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


async def ask(handler, path, method="GET", language="en", body=(), **more):
    headers = [(b"host", b"play.test"), (b"accept-language", language.encode())]
    headers += [(name.replace("_", "-").encode(), value.encode()) for name, value in more.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": headers, "client": ("10.1.2.3", 5)}
    inbox, sent = asyncio.Queue(), []
    for piece in body:
        inbox.put_nowait({"type": "http.request", "body": piece, "more_body": True})
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


PATHS = ["/healthz", "/metrics", "/t/demo/", "/nowhere"]


@pytest.mark.parametrize("path", PATHS)
async def test_a_body_without_end_is_refused_before_it_is_taken(handler, settings, path):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024
    assert (await ask(handler, path, "POST", body=[b"x" * 1024] * 11))[0] == 413
    assert (await ask(handler, path, "POST", content_length=str(10 * 1024 + 1)))[::2] == (413, "That is more than can be sent at once.")


async def test_a_body_as_large_as_may_be_comes_in_and_who_says_no_size_is_counted(handler, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024
    assert (await ask(handler, "/healthz", "POST", body=[b"x" * 1024] * 10, content_length=str(10 * 1024)))[0] == 200
    assert (await ask(handler, "/healthz", "POST", body=[b"x" * 1024] * 100, content_length="1"))[0] == 413


async def test_a_size_that_is_none_is_not_believed(handler):
    for size in ("", "-1", "many", "1e9"):
        assert (await ask(handler, "/healthz", "POST", content_length=size))[0] == 200
    assert (await ask(handler, "/healthz", "POST", content_length="9" * 9999))[0] == 413


async def test_the_interface_refuses_a_body_in_its_own_shape(handler, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    status, _, body = await ask(handler, "/api/v1/t/demo/games/win/join", "POST", content_length="11", language="fr")
    assert (status, json.loads(body)["error"]) == (413, {"code": "too_large", "message": "C’est plus qu’on ne peut envoyer en une fois."})
