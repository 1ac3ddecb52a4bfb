"""What people and programs may who hold a socket of the staff: asked for all of them at once, so that it can be asked often."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Q

from tenants import sessions
from tenants.models.member import Member
from tenants.models.token import ApiToken
from tenants.tokens import Holder


class Shown(NamedTuple):
    """With what somebody came in to a tenant: his session, or a member and a token that a ticket has named."""

    tenant: int
    session: str = ""
    member: int = 0
    token: int = 0


class Right(NamedTuple):
    member: int  # 0: signed in, but no member here
    holder: Holder


STRANGER = Right(0, Holder("", []))


class Rows:
    """All that is asked for, by three questions, whoever asks for how many."""

    def __init__(self, shown: Collection[Shown]) -> None:
        self.users = sessions.users_of({each.session for each in shown if each.session})
        asked = Q(user__in=set(self.users.values())) | Q(pk__in={each.member for each in shown if each.member})
        members = Member.objects.filter(asked, user__is_active=True)
        self.members = {member.pk: member for member in members}
        self.memberships = {(member.tenant_id, member.user_id): member for member in members}
        self.tokens = ApiToken.objects.in_bulk({each.token for each in shown if each.token})

    def right(self, shown: Shown) -> Right | None:
        return self.by_session(shown) if shown.session else self.by_ticket(shown)

    def by_session(self, shown: Shown) -> Right | None:
        user = self.users.get(shown.session)
        if user is None:
            return None
        member = self.memberships.get((shown.tenant, user.pk))
        return Right(member.pk, Holder(member.role, [])) if member else STRANGER

    def by_ticket(self, shown: Shown) -> Right | None:
        member = self.members.get(shown.member)
        if member is None or member.tenant_id != shown.tenant:
            return None
        if not shown.token:
            return Right(member.pk, Holder(member.role, []))
        token = self.tokens.get(shown.token)
        if token is None or token.expired() or (token.tenant_id, token.user_id) != (member.tenant_id, member.user_id):
            return None
        return Right(member.pk, Holder(member.role, token.scopes))


def rights(shown: Collection[Shown]) -> dict[Shown, Right]:
    """Who is not in it may not be here, or not any more. In the platform's scope."""
    rows = Rows(shown)
    return {each: right for each in shown if (right := rows.right(each))}
