"""What a log line is, and what is none. Our own lines name players by number; what libraries add goes through `hidden`."""

import logging
import re
from datetime import UTC, datetime
from typing import Any

import msgspec

from realtime.subject import spoken_of

ABOUT = ("tenant", "game", "seq")
SHOWS = "DETAIL|CONTEXT|QUERY"  # where PostgreSQL quotes what it was given
TELLS = "HINT|LINE|LOCATION|SCHEMA|TABLE|COLUMN|CONSTRAINT"
GOES_ON = r"\S*Error|Traceback|The above exception|During handling|-{9}"  # a traceback, after what an exception said
HIDDEN = (
    (
        re.compile(rf"^([ |]*(?:{SHOWS}): ).*?(?=^[ |+]*(?:(?:{SHOWS}|{TELLS}): |{GOES_ON})|\Z)", re.MULTILINE | re.DOTALL),
        r"\1hidden\n",
    ),
    (re.compile(rf"(\\n(?:{SHOWS}): ).*"), r"\1hidden"),  # an exception as its repr
    (re.compile(r"(\w://[^\s:/@]*:)[^\s@/]+@"), r"\1hidden@"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "hidden@hidden"),
)


class Said(logging.Filter):
    """An answer 503 was meant: whoever gave it has said why. Django would call each one an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", 500) != 503 or record.exc_info is not None


def about(record: logging.LogRecord) -> dict[str, Any]:
    """What the line says itself, by `extra`, before what its task is about."""
    found = spoken_of()
    return {name: value for name in ABOUT if (value := getattr(record, name, found.get(name))) is not None}


def hidden(text: str) -> str:
    """PostgreSQL shows the row that it refuses, servers show addresses, and an address of a server may bear its password."""
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return text


class Line(logging.Formatter):
    """For people: `time level logger message [tenant=3 game=7 seq=12]`, then the traceback."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        known = " ".join(f"{name}={value}" for name, value in about(record).items())
        return super().formatMessage(record) + (f" [{known}]" if known else "")

    def format(self, record: logging.LogRecord) -> str:
        return hidden(super().format(record))


class Json(logging.Formatter):
    """For machines: one object a line, also where there is a traceback."""

    def __init__(self, process: str, **given: Any) -> None:
        super().__init__(**given)
        self.process = process

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": hidden(record.getMessage()),
            **about(record),
            "process": self.process,
        }
        if record.exc_info:
            said["exception"] = hidden(self.formatException(record.exc_info))
        return msgspec.json.encode(said, enc_hook=str).decode()
