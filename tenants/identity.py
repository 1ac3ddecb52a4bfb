"""Who a socket speaks for: read from a signed cookie, a player's token or a ticket, never from what the client says.

* device cookie: one for each tenant, holds a device and its players' numbers, by game and line: a log that was set back has
  another line (decision 27), and its numbers may have gone to others;
* token: a player's long-lived secret, for clients that keep no cookies; good as long as the player has the device that it names;
* ticket: lives 30 seconds and opens one socket; whoever accepts it stores its `jti` so that it works once.

Each is signed under a salt that names its use and tenant: none passes for another, none works next door.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, NamedTuple

from django.core import signing
from django.http import HttpRequest, HttpResponse

Role = Literal["player", "operator", "analyst", "spectator"]

TICKET_SECONDS = 30
COOKIE_SECONDS = 400 * 86400  # browsers keep none longer
GAMES_KEPT = 50  # a cookie has 4 kB


class BadTicket(ValueError):
    """Forged, over, or for another game."""

    code = "bad_ticket"


@dataclass(frozen=True, slots=True)
class Identity:
    tenant: int
    role: Role
    player: int = 0  # number in the game
    member: int = 0
    token: int = 0  # with which the ticket was made


class Seat(NamedTuple):
    """A number, on one line of a game's log."""

    number: int
    line: str


class Claim(NamedTuple):
    """Whom a token names."""

    number: int
    device: str


@dataclass(frozen=True, slots=True)
class Device:
    device: str = field(default_factory=lambda: secrets.token_hex(16))
    seats: Mapping[int, Seat] = field(default_factory=dict)  # by game

    def with_player(self, game: int, line: str, number: int) -> "Device":
        others = [(key, value) for key, value in self.seats.items() if key != game]
        return replace(self, seats=dict([*others, (game, Seat(number, line))][-GAMES_KEPT:]))

    def number(self, game: int, line: str) -> int:
        """0 where the cookie cannot know; the row of this device then tells."""
        seat = self.seats.get(game)
        return seat.number if seat and seat.line == line else 0


@dataclass(frozen=True, slots=True)
class Ticket:
    identity: Identity
    game: int  # 0: the statistics of the tenant
    jti: str
    expires_at: float


def cookie_name(tenant: int) -> str:
    return f"player_{tenant}"


def read_device(cookies: Mapping[str, str], tenant: int) -> Device | None:
    found = _read(cookies.get(cookie_name(tenant), ""), f"device.{tenant}")
    if found is None:
        return None
    return Device(found["device"], {int(game): Seat(*seat) for game, seat in found.get("seats", {}).items()})


def write_device(request: HttpRequest, response: HttpResponse, tenant: int, device: Device) -> None:
    response.set_cookie(
        cookie_name(tenant),
        _sign({"device": device.device, "seats": dict(device.seats)}, f"device.{tenant}"),
        max_age=COOKIE_SECONDS,
        path="/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def player_token(tenant: int, game: int, number: int, device: str) -> str:
    return _sign({"g": game, "n": number, "d": device}, f"token.{tenant}")


def read_player_token(text: str, tenant: int, game: int) -> Claim | None:
    """None for a token of another game or tenant. Whether that number has that device is for the caller to look up."""
    found = _read(text, f"token.{tenant}")
    return Claim(found["n"], found["d"]) if found and found["g"] == game and "d" in found else None


def make_ticket(identity: Identity, game: int, now: float | None = None) -> str:
    at = time.time() if now is None else now
    payload = {"i": asdict(identity), "g": game, "j": secrets.token_hex(16), "e": at + TICKET_SECONDS}
    return _sign(payload, f"ticket.{identity.tenant}")


def read_ticket(text: str, tenant: int, game: int, now: float | None = None) -> Ticket:
    """Raises BadTicket. Whether it was used before is for the caller to settle, by the row of its `jti`."""
    at = time.time() if now is None else now
    found = _read(text, f"ticket.{tenant}")
    if found is None or found["g"] != game or found["e"] <= at:
        raise BadTicket
    return Ticket(Identity(**found["i"]), game, found["j"], found["e"])


def _sign(value: dict[str, Any], use: str) -> str:
    return signing.dumps(value, salt=f"sobuzz.{use}")


def _read(text: str, use: str) -> dict[str, Any] | None:
    """None for anything that we have not signed for this very use."""
    if len(text) > 4096:
        return None
    try:
        found: dict[str, Any] = signing.loads(text, salt=f"sobuzz.{use}")
    except signing.BadSignature:
        return None
    return found
