"""Who of a tenant's people holds this socket: read in the handshake, by session or by ticket, and looked at again (decision 39)."""

from typing import ClassVar

from django.conf import settings

from realtime.consumers.base import Socket
from realtime.protocol import Hello
from tenants import identity
from tenants.rights import Right, Shown
from tenants.tokens import Scope

NOT_SIGNED_IN, WRONG_ROLE, NOT_HIS = 4401, 4403, 4404
MADE_FOR = {"operator": Scope.OPERATE, "analyst": Scope.WATCH}  # the role that a ticket names -> the socket that it opens


class StaffSocket(Socket):
    roles: ClassVar[set[str]] = set()
    wanted: ClassVar[Scope]
    by = 0  # id of the member
    shown: Shown

    async def standing(self, hello: Hello) -> int | None:
        """Sets the member, or answers the close code: 4401 nobody, 4404 of another tenant, 4403 another role."""
        refusal = await (self.by_session() if hello.ticket is None else self.by_ticket(hello.ticket))
        if refusal is None:
            self.doors.keeper.admit(self)
        return refusal

    async def by_session(self) -> int | None:
        return await self.look(Shown(self.place.tenant, self.handshake.cookies.get(settings.SESSION_COOKIE_NAME, "")))

    async def by_ticket(self, text: str) -> int | None:
        """A ticket has spoken for this moment alone: what its token and its member may is read from their rows."""
        try:
            ticket = identity.read_ticket(text, self.place.tenant, self.place.game or 0)
        except identity.BadTicket:
            return NOT_SIGNED_IN
        if not await self.lookups.ask(self.store.redeem, self.place.tenant, ticket.jti, ticket.expires_at):
            return NOT_SIGNED_IN
        who = ticket.identity
        if MADE_FOR.get(who.role) != self.wanted:
            return WRONG_ROLE
        return await self.look(Shown(self.place.tenant, member=who.member, token=who.token))

    async def look(self, shown: Shown) -> int | None:
        self.shown = shown
        right = (await self.lookups.ask(self.store.rights, {shown})).get(shown)
        self.by = right.member if right else 0
        return self.judge(right)

    def judge(self, right: Right | None) -> int | None:
        if right is None:
            return NOT_SIGNED_IN
        if not right.member:
            return NOT_HIS  # somebody else's tenant does not exist for him
        return None if right.holder.role in self.roles and right.holder.may(self.wanted) else WRONG_ROLE

    async def end(self) -> None:
        self.doors.keeper.dismiss(self)
        await super().end()
