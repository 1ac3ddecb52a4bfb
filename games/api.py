"""REST of the player: join, a fresh ticket, and what he has won."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema

from games import winning
from games.joining import GameOver, Joining, join
from games.limits import Buckets
from games.models import Game, Player
from games.reaching import reach
from tenants import identity, names
from tenants.address import network
from tenants.api import Failure, failure

router = Router(tags=["play"])
JOINS = Buckets(rate=5, burst=300)  # a hall is one address: 300 at once, then 300 a minute (decision 42)


class Consented(Schema):
    purpose: str
    text: str


class JoinIn(Schema):
    nickname: str
    contact: str | None = None
    consents: list[Consented] = []
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
    code: str | None
    at: float


PATH = "/t/{tenant}/games/{game}"
REFUSED = frozenset({400, 401, 404, 409, 429})


@router.post(f"{PATH}/join", response={201: JoinOut, REFUSED: Failure}, auth=None)
def join_game(request: HttpRequest, response: HttpResponse, tenant: str, game: str, body: JoinIn) -> tuple[int, Any]:
    """Joins, or comes back: a device that plays already, known by its cookie or token, is the same player."""
    with reach(tenant, game) as found:
        if found is None:
            return 404, failure("no_such_game", _("There is no such game."))
        device = identity.read_device(request.COOKIES, found.tenant_id) or identity.Device()
        player = by_token(found, body.token) or Player.objects.filter(game=found, device=device.device).first()
        if player is None:
            if not JOINS.take(network(request.META.get("REMOTE_ADDR"))):
                return 429, failure("too_fast", _("Very many people are joining from here. Try again in a moment."))
            try:
                player, _new = join(found, joining(body, device.device))
            except names.BadNickname as bad:
                return 400, failure(bad.code, _("Choose a name of 1 to 24 letters, digits or signs."))
            except GameOver:
                return 409, failure("ended", _("This game is over."))
        identity.write_device(request, response, found.tenant_id, device.with_player(found.pk, player.number))
        return 201, admitted(request, found, player.number)


def joining(body: JoinIn, device: str) -> Joining:
    purposes = tuple((consent.purpose[:40], consent.text) for consent in body.consents[:10])
    return Joining(names.clean(body.nickname), device, (body.contact or "")[:254], purposes)


def by_token(game: Game, token: str | None) -> Player | None:
    number = identity.read_player_token(token, game.tenant_id, game.pk) if token else None
    return Player.objects.filter(game=game, number=number).first() if number else None


def admitted(request: HttpRequest, game: Game, number: int) -> dict[str, Any]:
    scheme = "wss" if request.is_secure() else "ws"
    host = urlsplit(request.build_absolute_uri()).netloc
    return {
        "player": number,
        "token": identity.player_token(game.tenant_id, game.pk, number),
        "ticket": ticket_for(game, number),
        "socket": f"{scheme}://{host}/ws/play/{game.tenant.slug}/{game.slug}/",
    }


def ticket_for(game: Game, number: int) -> str:
    return identity.make_ticket(identity.Identity(game.tenant_id, "player", player=number), game.pk)


@router.post(f"{PATH}/ticket", response={200: TicketOut, REFUSED: Failure}, auth=None)
def fresh_ticket(request: HttpRequest, tenant: str, game: str, body: TokenIn) -> tuple[int, Any]:
    """A ticket opens one socket within 30 seconds; the token is the player's long-lived secret."""
    with reach(tenant, game) as found:
        if found is None:
            return 404, failure("no_such_game", _("There is no such game."))
        number = who(request, found, body.token)
        if not number:
            return 401, failure("bad_token", _("This token belongs to no player of this game. Join again."))
        return 200, {"ticket": ticket_for(found, number)}


@router.post(f"{PATH}/awards", response={200: list[AwardOut], REFUSED: Failure}, auth=None)
def own_awards(request: HttpRequest, tenant: str, game: str, body: TokenIn) -> tuple[int, Any]:
    """What this player has won, with the codes: they are shown to him alone, and never in a frame (decision 47)."""
    with reach(tenant, game) as found:
        if found is None:
            return 404, failure("no_such_game", _("There is no such game."))
        number = who(request, found, body.token)
        if not number:
            return 401, failure("bad_token", _("This token belongs to no player of this game. Join again."))
        return 200, winning.awards_of(found, number)


def who(request: HttpRequest, game: Game, token: str | None) -> int:
    """The number of the player who asks, by token or by cookie; 0 for nobody."""
    if token:
        return identity.read_player_token(token, game.tenant_id, game.pk) or 0
    device = identity.read_device(request.COOKIES, game.tenant_id)
    if device is None:
        return 0
    return (
        device.players.get(game.pk) or Player.objects.filter(game=game, device=device.device).values_list("number", flat=True).first() or 0
    )
