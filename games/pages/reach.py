"""From the words of an address to a tenant or a game; what is not there is 404, and nobody can tell why."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from games.reaching import reach
from tenants import scope
from tenants.models.tenant import Tenant

View = Callable[..., HttpResponse]


def in_tenant(view: View) -> View:
    """Gives the view its tenant, with the scope open until the page is made."""

    @wraps(view)
    def inside(request: HttpRequest, tenant: str, **more: Any) -> HttpResponse:
        found = get_object_or_404(Tenant, slug=tenant)
        with scope.tenant(found.pk):
            return view(request, found, **more)

    return inside


def in_game(view: View) -> View:
    """Gives the view its game, with its tenant's scope open until the page is made."""

    @wraps(view)
    def inside(request: HttpRequest, tenant: str, game: str, **more: Any) -> HttpResponse:
        with reach(tenant, game) as found:
            if found is None:
                raise Http404
            return view(request, found, **more)

    return inside
