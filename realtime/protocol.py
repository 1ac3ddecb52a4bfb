"""The frames that go to clients, and the words that a refusal can have. Pure: no socket is touched here.

A frame of events says which event it follows (`since`), so that a client sees a gap by itself. Times are seconds since 1970:
`now` is the game's own time, which stands still while `running` is false (decision 7).
"""

from typing import Any

import msgspec

CLOSE = {
    1012: "server restarts",
    4400: "bad frame",
    4401: "not signed in",
    4403: "wrong origin or role",
    4404: "no such game",
    4408: "too slow",
    4409: "replaced by a newer socket of the same player",
    4429: "too fast",
    4440: "banned",
    4441: "kicked, may join again",
}


class Frame(msgspec.Struct, frozen=True, tag_field="t", tag=str.lower):
    """What a client is sent."""


class Snapshot(Frame, frozen=True):
    """Where the game stands, whole: what everyone sees, and what is the player's own."""

    line: str
    seq: int
    now: float
    running: bool
    everyone: msgspec.Raw
    you: dict[str, Any] | None
    names: dict[str, str]


class Events(Frame, frozen=True):
    """What happened after number `since`, up to `seq`; events that are not for these eyes are left out."""

    since: int
    seq: int
    now: float
    running: bool
    events: list[Any]
    names: dict[str, str]


class Error(msgspec.Struct, frozen=True):
    code: str
    message: str
    retry: float | None = None  # seconds after which asking again makes sense


class Reply(Frame, frozen=True, omit_defaults=True):
    """The answer to the command that bore this `ref`."""

    ref: str
    events: list[Any] | None = None
    you: dict[str, Any] | None = None
    names: dict[str, str] | None = None
    error: Error | None = None


class You(Frame, frozen=True):
    """What changed for this player without his asking; also the end of every resume."""

    seq: int
    you: dict[str, Any] | None


class Presence(Frame, frozen=True, omit_defaults=True):
    """How many players are connected; unnumbered, the newest wins."""

    players: int
    game: str | None = None


class Ping(Frame, frozen=True):
    """A sign of life every 20 seconds; its `seq` shows a lost last frame."""

    seq: int | None = None


class Bye(Frame, frozen=True):
    """The server leaves: come back after so many seconds."""

    reason: str
    after: float


# What clients send; everything else on a play or operate socket is a command of the game's rules.


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="t", tag=str.lower):
    """What a client says of itself."""


class Hello(Asked, frozen=True):
    """Comes first: what the client knows already, and what proves who it is."""

    line: str | None = None
    seq: int | None = None
    ticket: str | None = None


class Resume(Asked, frozen=True):
    """Something was missed since this number."""

    line: str | None = None
    seq: int | None = None


class Pong(Asked, frozen=True):
    """The answer to a ping."""
