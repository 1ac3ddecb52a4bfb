"""The first page of who hosts the platform: does everything run, whose spaces there are, and what happens in them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tenants import access, scope, sessions
from tenants.models.member import Member
from tenants.models.tenant import Tenant

PAGE = 20


class Games(NamedTuple):
    """How many games of a tenant are in which state, and how many people those have had."""

    waiting: int = 0
    open: int = 0
    paused: int = 0
    ended: int = 0
    players: int = 0

    @property
    def all(self) -> int:
        return self.waiting + self.open + self.paused + self.ended


class Part(NamedTuple):
    """Of what has to run."""

    name: str
    well: bool


class Engine(NamedTuple):
    """A process that owns shards of the games, in ranges such as 0–63."""

    machine: str
    process: str
    shards: str
    owned: int
    here: bool  # it is the one that answers


class Sight(NamedTuple):
    """What only who sees all packages can tell."""

    games: Mapping[int, Games] = {}
    connected: Mapping[int, int] = {}  # by tenant, as far as the answering process knows
    parts: Sequence[Part] = ()
    engines: Sequence[Engine] = ()
    shards: int = 0
    version: str = ""

    @property
    def well(self) -> bool:
        return all(part.well for part in self.parts)

    @property
    def orphans(self) -> int:
        """Shards that nobody serves: their games stand still."""
        return self.shards - sum(engine.owned for engine in self.engines)


Look = Callable[[HttpRequest, Collection[int]], Sight]


def nothing(request: HttpRequest, tenants: Collection[int]) -> Sight:
    return Sight()


look: Look = nothing  # handed down at the start by who knows of games (decision 51); runs in the platform's scope


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponseBase:
    user = sessions.signed_in(request)
    if user is None:
        return redirect_to_login(request.get_full_path(), reverse("login"))
    if not user.is_staff:
        raise PermissionDenied
    found = Paginator(Tenant.objects.order_by("name", "pk"), PAGE).get_page(request.GET.get("page"))
    numbers = [tenant.pk for tenant in found]
    with scope.platform():
        sight, members = look(request, numbers), staffed(numbers)
    spaces = [space(tenant, sight, members) for tenant in found]
    context = {"found": found, "spaces": spaces, "sight": sight, "works": bool(access.memberships(user))}
    response: HttpResponse = render(request, "tenants/platform.html", context)
    return response


def staffed(tenants: Collection[int]) -> dict[int, int]:
    """How many people work in each."""
    return dict(Member.objects.filter(tenant__in=tenants).values_list("tenant").annotate(people=Count("pk")))


def space(tenant: Tenant, sight: Sight, members: Mapping[int, int]) -> dict[str, Any]:
    return {
        "tenant": tenant,
        "games": sight.games.get(tenant.pk, Games()),
        "members": members.get(tenant.pk, 0),
        "connected": sight.connected.get(tenant.pk, 0),
    }
