"""A tenant's public page, and the stylesheet that carries his colours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from games.models import Game
from games.pages import cards, codes, times
from games.pages.reach import in_tenant
from tenants.models.tenant import Tenant


@require_safe
@in_tenant
def page(request: HttpRequest, tenant: Tenant) -> HttpResponse:
    wanted = request.GET.get("code")
    if wanted is None:
        return render(request, "games/tenant.html", context(tenant))
    found = Game.objects.filter(code=codes.typed(wanted)).select_related("tenant").first()
    if found:
        return redirect(found.get_absolute_url())
    return render(request, "games/tenant.html", {**context(tenant), "code": wanted[:20], "unknown": True}, status=404)


def context(tenant: Tenant) -> dict[str, object]:
    shown = cards.cards(tenant.pk)
    first = shown[0] if shown else None  # of the liveliest: how the page speaks
    soon = first.game.opens_at if first and first.tone == "soon" else None
    return {
        "tenant": tenant,
        "zone_words": times.zone_words(tenant.zone),
        "cards": shown,
        "live": sum(each.game.phase == "open" for each in shown),
        "first": first,
        "opens": soon and times.when(soon, tenant.zone),
    }


@require_safe
@cache_control(max_age=300, public=True)
@in_tenant
def theme(request: HttpRequest, tenant: Tenant) -> HttpResponse:
    """Two colours, a radius and a ground: nothing else of a page is the tenant's to change."""
    colours = [("--brand-1", tenant.brand_1), ("--brand-2", tenant.brand_2), ("--brand-radius", f"{tenant.brand_radius:g}")]
    if tenant.brand_ground:
        colours.append(("--brand-ground", tenant.brand_ground))
    rules = "".join(f"{name}:{value};" for name, value in colours)
    return HttpResponse(f":root{{{rules}}}\n", content_type="text/css; charset=utf-8")
