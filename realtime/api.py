"""REST of the operators: the same commands as on their socket, and tickets for sockets of programs (decisions 32, 39, 40)."""

from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Body, Router, Schema

from games.reaching import reach
from realtime.codec import Bad, Refused, command, plain
from realtime.consumers.operate import MAY_OPERATE
from realtime.postbox import Busy
from realtime.refusals import word
from tenants import identity
from tenants.api import Bearer, Failure, failure
from tenants.tokens import Scope

router = Router(tags=["operate"], auth=Bearer(Scope.OPERATE))
REFUSED = frozenset({400, 401, 403, 404, 409, 503})


class Ticket(Schema):
    ticket: str


class Answered(Schema):
    events: list[Any]


def place_of(request: HttpRequest, tenant: str, game: str) -> tuple[int, str] | None:
    """The number and kind of a game of the token's own tenant."""
    with reach(tenant, game) as found:
        if found is None or found.tenant_id != request.tenant.pk:  # type: ignore[attr-defined]
            return None
        return found.pk, found.kind


@router.post("/t/{slug:tenant}/games/{slug:game}/commands", response={200: Answered, REFUSED: Failure})
async def send_command(request: HttpRequest, tenant: str, game: str, body: Body[dict[str, Any]]) -> tuple[int, Any]:
    """One command of an operator, as on the socket: `{"t": "pause", "ref": "…"}`."""
    place = await sync_to_async(place_of)(request, tenant, game)
    if place is None:
        return 404, failure("no_such_game", _("There is no such game."))
    member = request.member  # type: ignore[attr-defined]
    if member.role not in MAY_OPERATE:
        return 403, refusal("not_yours")
    try:
        ref, _command = command(place[1], checked(body))
    except Refused as refused:
        return 400, refusal(refused.code)
    except Bad:
        return 400, refusal("bad_command")
    return await carry(request, place[0], ref, body)


def checked(body: dict[str, Any]) -> dict[str, Any]:
    """As strict as a socket's frame. Raises Bad."""
    if not isinstance(body.get("t"), str) or not plain(body):
        raise Bad("not a command")
    return body


async def carry(request: HttpRequest, game: int, ref: str, body: Body[dict[str, Any]]) -> tuple[int, Any]:
    member, node = request.member, request.scope["house"].node  # type: ignore[attr-defined]
    asked = {name: value for name, value in body.items() if name != "ref"}
    try:
        answer = await node.tell(member.tenant_id, game, "command", role="operator", by=member.pk, ref=ref, command=asked)
    except Busy:
        return 503, refusal("busy")
    return (409, refusal(answer.code)) if answer.code else (200, {"events": answer.events})


def refusal(code: str) -> dict[str, Any]:
    return failure(code, word(code, get_language() or "en"))


@router.post("/t/{slug:tenant}/games/{slug:game}/operate", response={200: Ticket, REFUSED: Failure})
def operate_ticket(request: HttpRequest, tenant: str, game: str) -> tuple[int, Any]:
    """A ticket for the operate socket of this game."""
    place = place_of(request, tenant, game)
    if place is None:
        return 404, failure("no_such_game", _("There is no such game."))
    member = request.member  # type: ignore[attr-defined]
    if member.role not in MAY_OPERATE:
        return 403, refusal("not_yours")
    return 200, {"ticket": ticket_of(request, "operator", place[0])}


def ticket_of(request: HttpRequest, role: identity.Role, game: int) -> str:
    member, token = request.member, request.token  # type: ignore[attr-defined]
    return identity.make_ticket(identity.Identity(member.tenant_id, role, member=member.pk, token=token.pk), game)


@router.post("/t/{slug:tenant}/ticket", response={200: Ticket, REFUSED: Failure}, auth=Bearer(Scope.WATCH))
def stats_ticket(request: HttpRequest, tenant: str) -> tuple[int, Any]:
    """A ticket for the statistics socket of the token's tenant."""
    member = request.member  # type: ignore[attr-defined]
    if member.tenant.slug != tenant:
        return 404, failure("no_such_tenant", _("There is no such tenant."))
    return 200, {"ticket": ticket_of(request, "analyst", 0)}
