"""REST of the player: join, a fresh ticket, and what he has won."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from games import winning
from games.joining import GameOver, Joining, NoAddress, enter, player_of
from games.limits import Buckets
from games.models import Game, Player
from games.reaching import reach
from tenants import address, identity, names
from tenants.api import Failure, failure
from tenants.email import normalised

router = Router(tags=["play"])
JOINS = Buckets(rate=5, burst=300)  # a hall is one address: 300 at once, then 300 a minute (decision 42)


class Consented(Schema):
    purpose: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")
    text: str = Field(max_length=20_000)  # as it was shown; its hash is kept


class JoinIn(Schema):
    nickname: str
    contact: str | None = None
    consents: list[Consented] = Field(default=[], max_length=10)
    token: str | None = None


class JoinOut(Schema):
    player: int
    token: str
    ticket: str
    socket: str


class TokenIn(Schema):
    token: str | None = None


class TicketOut(Schema):
    ticket: str


class AwardOut(Schema):
    award: str
    prize: str
    label: str
    code: str | None  # once it is claimed
    at: float
    state: str
    claim: str  # the page where it is received, with the key that opens it


PATH = "/t/{slug:tenant}/games/{slug:game}"
REFUSED = frozenset({400, 401, 404, 409, 429})


class BadContact(ValueError):
    """An address to which no mail can go."""


@router.post(f"{PATH}/join", response={201: JoinOut, REFUSED: Failure}, auth=None)
def join_game(request: HttpRequest, response: HttpResponse, tenant: str, game: str, body: JoinIn) -> Status[Any]:
    """Joins, or comes back: who plays already, known by cookie or token, is the same player."""
    with reach(tenant, game) as found:
        if found is None:
            return no_such_game()
        device = identity.read_device(request.COOKIES, found.tenant_id) or identity.Device()
        player = by_token(found, body.token) or by_device(found, device)
        if player is None:
            if not JOINS.take(address.of(request)):
                response["Retry-After"] = "1"
                return Status(429, failure("too_fast", _("Very many people are joining from here. Try again in a moment.")))
            try:
                player, _new = enter(found, joining(body, device.device))
            except names.BadNickname as bad:
                return Status(400, failure(bad.code, _("Choose a name of 1 to 24 letters, digits or signs.")))
            except BadContact:
                return Status(400, failure("bad_contact", _("This is not a complete e-mail address.")))
            except NoAddress as bad:
                return Status(400, failure(bad.code, _("An agreement belongs to an address: give yours, or untick the box.")))
            except GameOver:
                return Status(409, failure("ended", _("This game is over.")))
        identity.write_device(request, response, found.tenant_id, device.with_player(found.pk, found.line, player.number))
        return Status(201, admitted(request, found, player))


def no_such_game() -> Status[Any]:
    return Status(404, failure("no_such_game", _("There is no such game.")))


def joining(body: JoinIn, device: str) -> Joining:
    """Raises BadNickname or BadContact."""
    purposes = tuple((consent.purpose, consent.text) for consent in body.consents)
    return Joining(names.clean(body.nickname), device, mailbox(body.contact or ""), purposes)


def mailbox(text: str) -> str:
    email = normalised(text[:1000])
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise BadContact from error
    if len(email) > 254:
        raise BadContact
    return email


def by_token(game: Game, token: str | None) -> Player | None:
    """A number that was given to somebody else since, in a log that was set back or in a game that was made anew, is not his."""
    claim = identity.read_player_token(token, game.tenant_id, game.pk) if token else None
    return Player.objects.filter(game=game, number=claim.number, device=claim.device).first() if claim else None


def by_device(game: Game, device: identity.Device) -> Player | None:
    """Who came by token has a number in his cookie, and another device in his row."""
    number = device.number(game.pk, game.line)
    return (number and Player.objects.filter(game=game, number=number).first()) or player_of(game, device.device)


def admitted(request: HttpRequest, game: Game, player: Player) -> dict[str, Any]:
    scheme = "wss" if request.is_secure() else "ws"
    host = urlsplit(request.build_absolute_uri()).netloc
    return {
        "player": player.number,
        "token": identity.player_token(game.tenant_id, game.pk, player.number, player.device),
        "ticket": ticket_for(game, player.number),
        "socket": f"{scheme}://{host}/ws/play/{game.tenant.slug}/{game.slug}/",
    }


def ticket_for(game: Game, number: int) -> str:
    return identity.make_ticket(identity.Identity(game.tenant_id, "player", player=number), game.pk)


@router.post(f"{PATH}/ticket", response={200: TicketOut, REFUSED: Failure}, auth=None)
def fresh_ticket(request: HttpRequest, tenant: str, game: str, body: TokenIn) -> Status[Any]:
    """A ticket opens one socket within 30 seconds; the token is the player's long-lived secret."""
    with reach(tenant, game) as found:
        if found is None:
            return no_such_game()
        player = who(request, found, body.token)
        return Status(200, {"ticket": ticket_for(found, player.number)}) if player else nobody()


@router.post(f"{PATH}/awards", response={200: list[AwardOut], REFUSED: Failure}, auth=None)
def own_awards(request: HttpRequest, response: HttpResponse, tenant: str, game: str, body: TokenIn) -> Status[Any]:
    """What this player has won, and where he receives it: told to him alone, and never in a frame (decision 47)."""
    response["Cache-Control"] = "no-store"
    with reach(tenant, game) as found:
        if found is None:
            return no_such_game()
        player = who(request, found, body.token)
        return Status(200, winning.awards_of(found, player.number)) if player else nobody()


def who(request: HttpRequest, game: Game, token: str | None) -> Player | None:
    """Who asks: by token where one is given, else by cookie."""
    if token:
        return by_token(game, token)
    device = identity.read_device(request.COOKIES, game.tenant_id)
    return by_device(game, device) if device else None


def nobody() -> Status[Any]:
    return Status(401, failure("bad_token", _("This token belongs to no player of this game. Join again.")))
