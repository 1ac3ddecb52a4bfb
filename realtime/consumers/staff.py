"""Who of a tenant's people holds this socket: read in the handshake, by session or by ticket, and looked at again (decision 39)."""

import logging
from typing import ClassVar

from django.conf import settings

from realtime.consumers.base import Socket
from realtime.protocol import Hello
from tenants import identity
from tenants.tokens import Scope

logger = logging.getLogger(__name__)

NOT_SIGNED_IN, WRONG_ROLE, NOT_HIS = 4401, 4403, 4404
MADE_FOR = {"operator": Scope.OPERATE, "analyst": Scope.WATCH}  # the role that a ticket names -> the socket that it opens


class StaffSocket(Socket):
    roles: ClassVar[set[str]] = set()
    wanted: ClassVar[Scope]
    by = 0  # id of the member
    session = ""
    shown: identity.Identity | None = None  # by a ticket

    async def standing(self, hello: Hello) -> int | None:
        """Sets the member, or answers the close code: 4401 nobody, 4404 of another tenant, 4403 another role."""
        if hello.ticket is not None:
            return await self.by_ticket(hello.ticket)
        self.session = self.handshake.cookies.get(settings.SESSION_COOKIE_NAME, "")
        return await self.by_session()

    async def by_session(self) -> int | None:
        found = await self.lookups.ask(self.store.member, self.session, self.place.tenant)
        if found is None:
            return NOT_SIGNED_IN
        self.by, role = found
        if not self.by:
            return NOT_HIS  # somebody else's tenant does not exist for him
        return None if role in self.roles else WRONG_ROLE

    async def by_ticket(self, text: str) -> int | None:
        try:
            ticket = identity.read_ticket(text, self.place.tenant, self.place.game or 0)
        except identity.BadTicket:
            return NOT_SIGNED_IN
        if not await self.lookups.ask(self.store.redeem, self.place.tenant, ticket.jti, ticket.expires_at):
            return NOT_SIGNED_IN
        if MADE_FOR.get(ticket.identity.role) != self.wanted:
            return WRONG_ROLE
        self.by, self.shown = ticket.identity.member, ticket.identity
        return await self.by_token(ticket.identity)

    async def by_token(self, shown: identity.Identity) -> int | None:
        """A ticket has spoken for this moment alone: what its token and its member may is read from their rows."""
        found = await self.lookups.ask(self.store.holder, self.place.tenant, shown.member, shown.token)
        if found is None:
            return NOT_SIGNED_IN
        return None if found.role in self.roles and found.may(self.wanted) else WRONG_ROLE

    async def still_refused(self) -> int | None:
        """Who has signed out, or may no longer, is shown out at the next beat (checklist 4)."""
        if not self.by:
            return None
        try:
            return await (self.by_token(self.shown) if self.shown else self.by_session())
        except Exception:  # a lost database throws out nobody who is in
            logger.exception("staff: who is here could not be looked at again")
            return None
