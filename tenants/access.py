"""Who may enter: members of a tenant by their role, and only with that tenant's scope open."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from tenants import scope, sessions
from tenants.models.member import Member, Role
from tenants.models.tenant import Tenant
from tenants.models.user import User

CHOSEN = "tenant"  # in the session: whose space is open

View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """What a view behind `member_required` gets."""

    user: User
    tenant: Tenant
    member: Member


def member_required(*roles: str) -> Callable[[View], View]:
    """Lets members with one of these roles in (owners always, everybody when none is named) and opens their scope."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = sessions.signed_in(request)
            if user is None:
                return redirect_to_login(request.get_full_path(), reverse("login"))
            member = _chosen(request, user)
            if member is None:
                return redirect(f"{reverse('choose')}?{urlencode({'next': request.get_full_path()})}")
            if not may(member, roles):
                raise PermissionDenied
            request.tenant, request.member = member.tenant, member
            with scope.tenant(member.tenant_id):
                return _finished(view(request, *args, **kwargs))

        return guarded

    return decorate


def may(member: Member, roles: Collection[str]) -> bool:
    return not roles or member.role == Role.OWNER or member.role in roles


def memberships(user: User) -> list[Member]:
    """All spaces of a user: the one question that is asked before there is a tenant."""
    with scope.platform():
        return list(Member.objects.filter(user=user).select_related("tenant", "user").order_by("tenant__name", "pk"))


def membership(user: User, tenant_id: int) -> Member | None:
    with scope.tenant(tenant_id):
        return Member.objects.filter(user=user).select_related("tenant", "user").first()


def choose(request: HttpRequest, member: Member) -> None:
    request.session[CHOSEN] = member.tenant_id


def _chosen(request: HttpRequest, user: User) -> Member | None:
    """The space that is open; with only one there is nothing to choose."""
    if chosen := request.session.get(CHOSEN):
        return membership(user, chosen)
    found = memberships(user)
    if len(found) != 1:
        return None
    choose(request, found[0])
    return found[0]


def _finished(response: HttpResponseBase) -> HttpResponseBase:
    """A lazy template is rendered here: outside it would find the scope closed."""
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    return response
