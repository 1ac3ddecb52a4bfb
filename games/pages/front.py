"""The front page of the platform, and the way from a code to its game."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from games.demo import TENANTS
from games.pages import cards, codes
from tenants import scope
from tenants.models.tenant import Tenant


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "games/front.html", {"cards": shown()})


def shown() -> list[cards.Card]:
    """The demo shows its games; elsewhere a platform does not tell whose it hosts."""
    tenant = Tenant.objects.filter(slug=next(iter(TENANTS))).first() if settings.DEMO else None
    if tenant is None:
        return []
    with scope.tenant(tenant.pk):
        return cards.cards(tenant.pk)


@require_safe
def code(request: HttpRequest, code: str = "") -> HttpResponse:
    """Short enough for a big screen: /c/K7M4/, or typed into a field."""
    wanted = code or request.GET.get("code", "")
    if not codes.typed(wanted):
        return front(request)  # the address alone, as a big screen names it: nothing was typed yet, so nothing is wrong
    found = codes.game_of(wanted)
    if found:
        return redirect(found.get_absolute_url())
    return render(request, "games/front.html", {"cards": shown(), "code": wanted[:20], "unknown": True}, status=404)
