"""Lines of the log: whole and findable for machines, readable for people, and silent about what is nobody's business."""

import json
import logging
import sqlite3
import sys
from contextlib import closing
from contextvars import copy_context

import httpx
import psycopg
import pytest

from project.logs import Json, Line
from realtime.subject import speak_of

NAME, MAIL, SECRET = "Planted Name", "planted.mark@example.test", "planted-password"
DETAIL = f"new row violates it\nDETAIL:  Failing row contains (1, {NAME}, {MAIL}).\nHINT:  look at it\nTABLE:  a table"
CONTEXT = f'no such sign\nDETAIL:  \\u0000 is none.\nCONTEXT:  JSON data, line 1: ...,"word":"{NAME}\n\nof {SECRET}"'
QUERY = f"no such row\nQUERY:  SELECT 1\nFROM some WHERE name = '{NAME}'\nCONTEXT:  function {NAME}\nHINT:  look at it"


def record(message: str = "said", error: Exception | None = None, **extra):
    made = logging.getLogger("some.part").makeRecord("some.part", logging.ERROR, "file", 1, message, (), None, extra=extra)
    if error:
        try:
            raise error
        except Exception:
            made.exc_info = sys.exc_info()
    return made


def line(made) -> str:
    return Line("%(levelname)s %(name)s %(message)s").format(made)


def as_json(made) -> dict:
    return json.loads(Json("engine").format(made))


def within(function, *about):
    def run():
        speak_of(*about)
        return function()

    return copy_context().run(run)


def test_a_line_for_machines_has_its_fields_and_stays_one_line():
    text = Json("engine").format(record("two\nlines", ValueError("why"), tenant=3, game=7, seq=12))
    found = json.loads(text)
    assert "\n" not in text
    assert {name: found[name] for name in ("level", "logger", "message", "tenant", "game", "seq", "process")} == {
        "level": "ERROR",
        "logger": "some.part",
        "message": "two\nlines",
        "tenant": 3,
        "game": 7,
        "seq": 12,
        "process": "engine",
    }
    assert found["time"].endswith("+00:00")
    assert found["exception"].endswith("ValueError: why")


def test_what_is_not_known_is_left_out():
    assert {"tenant", "game", "seq", "exception"} & set(as_json(record())) == set()
    assert line(record()) == "ERROR some.part said"


def test_a_task_says_once_what_it_is_about():
    found = within(lambda: as_json(record()), 3, 7, lambda: 12)
    assert (found["tenant"], found["game"], found["seq"]) == (3, 7, 12)
    assert within(lambda: line(record()), 3, 7, lambda: 12) == "ERROR some.part said [tenant=3 game=7 seq=12]"


def test_a_line_knows_better_than_its_task():
    assert within(lambda: as_json(record(game=8)), 3, 7)["game"] == 8


def test_what_cannot_say_where_it_stands_is_spoken_of_all_the_same():
    found = within(lambda: as_json(record()), 3, 7, lambda: 1 // 0)
    assert (found["tenant"], "seq" in found) == (3, False)


@pytest.mark.parametrize("shown", [line, lambda made: json.dumps(as_json(made))], ids=["line", "json"])
@pytest.mark.parametrize(
    "made",
    [
        lambda: record("lost", psycopg.errors.CheckViolation(DETAIL)),
        lambda: record(f"lost: {psycopg.errors.CheckViolation(DETAIL)!r}"),
        lambda: record("lost", psycopg.errors.DataError(CONTEXT)),
        lambda: record(f"lost: {psycopg.errors.DataError(CONTEXT)!r}"),
        lambda: record("lost", psycopg.errors.DataError(QUERY)),
        lambda: record(f"lost: {psycopg.errors.DataError(QUERY)!r}"),
        lambda: record("lost", ExceptionGroup("several", [psycopg.errors.DataError(QUERY), psycopg.errors.DataError(CONTEXT)])),
        lambda: record(f"cannot reach redis://user:{SECRET}@host:6379/0"),
        lambda: record(f"no mail to <{MAIL}>"),
    ],
    ids=["traceback", "repr", "context", "context as repr", "query", "query as repr", "group", "address", "mail"],
)
def test_names_addresses_and_passwords_are_hidden(made, shown):
    text = shown(made())
    assert "hidden" in text
    assert not {mark for mark in (NAME, MAIL, SECRET) if mark in text}


def test_what_helps_to_mend_it_is_kept():
    for told in (DETAIL, QUERY):
        text = line(record("lost", psycopg.errors.CheckViolation(told)))
        assert told.partition("\n")[0] in text
        assert "HINT:  look at it" in text
        assert "test_logs.py" in text


def test_a_chain_of_errors_is_kept_but_for_what_is_hidden():
    def chained():
        try:
            raise psycopg.errors.DataError(CONTEXT)
        except psycopg.Error as error:
            raise ValueError("on the way") from error

    try:
        chained()
    except ValueError as error:
        text = line(record("lost", error))
    assert "no such sign" in text
    assert "The above exception was the direct cause" in text
    assert text.endswith("ValueError: on the way")
    assert NAME not in text


def test_a_site_logs_objects_from_every_process_and_no_word_of_who_plays(new_site):
    site = new_site(LOG_FORMAT="json", LOG_LEVEL="DEBUG")
    forbid(site.environment["DATABASE_URL"])
    body = {"nickname": NAME, "contact": MAIL, "consents": []}
    answer = httpx.post(f"{site.url}/api/v1/t/demo/games/instant-win/join", json=body)
    httpx.post(f"{site.url}/api/v1/t/demo/games/instant-win/join", json={**body, "nickname": "Other", "token": "planted-token"})
    assert site.stop() == 0
    said = [text for text in site.said().splitlines() if not text.startswith("So-Buzz serves") and not text.startswith("The engine")]
    found = [json.loads(text) for text in said if text]
    assert "web" in {each["process"] for each in found} <= {"web", "engine"}
    for mark in (NAME, MAIL, "planted-token", site.environment["SECRET_KEY"]):
        assert mark not in site.said()
    assert answer.status_code == 500
    assert any("never" in each.get("exception", "") for each in found if each["logger"] == "django.request")


def forbid(url: str) -> None:
    """The database itself refuses the planted name, and says so in its own words."""
    if url.startswith("postgres"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"ALTER TABLE games_player ADD CONSTRAINT never CHECK (name <> '{NAME}')")
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute(
            f"CREATE TRIGGER never BEFORE INSERT ON games_player WHEN NEW.name = '{NAME}' BEGIN SELECT RAISE(ABORT, 'never'); END"
        )
