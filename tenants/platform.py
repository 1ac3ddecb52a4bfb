"""The first page of who hosts the platform: whose spaces there are, and what happens in them."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tenants import access, scope, sessions
from tenants.models.tenant import Tenant

PAGE = 20


class Games(NamedTuple):
    """How many a tenant has, and how many of them run."""

    all: int = 0
    running: int = 0


Count = Callable[[Collection[int]], Mapping[int, Games]]


def nothing(tenants: Collection[int]) -> Mapping[int, Games]:
    return {}


count: Count = nothing  # handed down at the start by who knows of games (decision 51); runs in the platform's scope


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponseBase:
    user = sessions.signed_in(request)
    if user is None:
        return redirect_to_login(request.get_full_path(), reverse("login"))
    if not user.is_staff:
        raise PermissionDenied
    found = Paginator(Tenant.objects.order_by("name", "pk"), PAGE).get_page(request.GET.get("page"))
    with scope.platform():
        games = count([tenant.pk for tenant in found])
    spaces = [{"tenant": tenant, "games": games.get(tenant.pk, Games())} for tenant in found]
    context = {"found": found, "spaces": spaces, "works": bool(access.memberships(user))}
    response: HttpResponse = render(request, "tenants/platform.html", context)
    return response
