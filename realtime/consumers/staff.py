"""Who of a tenant's people holds this socket: read in the handshake, by session or by ticket (decision 39)."""

from django.conf import settings

from realtime.consumers.base import Socket
from realtime.protocol import Hello
from tenants import identity


async def standing(socket: Socket, hello: Hello, roles: set[str]) -> tuple[int, int | None]:
    """The id of the member, and the close code where there is none: 4401 nobody, 4404 of another tenant, 4403 another role."""
    if hello.ticket is not None:
        return await by_ticket(socket, hello.ticket, roles)
    session = socket.cookies.get(settings.SESSION_COOKIE_NAME, "") if socket.by_cookie else ""
    found = await socket.store.member(session, socket.place.tenant) if session else None
    if found is None:
        return 0, 4401
    member, role = found
    if not member:
        return 0, 4404  # somebody else's tenant does not exist for him
    return member, None if role in roles else 4403


async def by_ticket(socket: Socket, text: str, roles: set[str]) -> tuple[int, int | None]:
    try:
        ticket = identity.read_ticket(text, socket.place.tenant, socket.place.game or 0)
    except identity.BadTicket:
        return 0, 4401
    if not await socket.store.redeem(socket.place.tenant, ticket.jti, ticket.expires_at):
        return 0, 4401
    stands_for = {"operator": "moderator", "analyst": "analyst"}.get(ticket.identity.role, "")
    return ticket.identity.member, None if stands_for in roles else 4403
