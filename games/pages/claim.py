"""The page where a winner receives his prize: who he is, until when, and then the code, here alone (decision 47)."""

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from games.api import who
from games.models import Award, Claim, Game
from games.pages import screen, times
from games.pages.claim_form import ClaimForm
from games.pages.outward import outward
from games.pages.play import context
from games.pages.reach import in_game
from games.winners import claims, links, rules
from games.winners.letter import label
from games.winning import codes_of
from tenants import domains


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # what is sent carries the key of the page, which a stranger's page does not know; cookies may be blocked
@sensitive_post_parameters()
@never_cache
@in_game
def page(request: HttpRequest, game: Game, award: str) -> HttpResponse:
    key = request.POST.get("key", "") if request.method == "POST" else request.GET.get("key", "")
    player = links.holder(game.tenant_id, award, key) or (seen(request, game) if request.method != "POST" else None)
    held = player and claim_of(game, award, player)
    if not held:
        raise Http404
    return take(request, held) if request.method == "POST" else shown(request, held, form(held))


def seen(request: HttpRequest, game: Game) -> int | None:
    """By his cookie, on the phone that he plays with."""
    player = who(request, game, None)
    return player.number if player else None


def claim_of(game: Game, award: str, player: int) -> Claim | None:
    """His own, and nobody else's: somebody may have held the unit before him, or hold it now."""
    found = Award.objects.filter(game=game, public_id=award).first()
    if found is None:
        return None
    found.game = game
    if found.player == player:
        claims.open_claim(found)
    held = Claim.objects.filter(award=found, player=player).order_by("-round").first()
    if held:
        held.game, held.award = game, found
    return held


def form(held: Claim, *given: Any) -> ClaimForm:
    return ClaimForm(*given, posted=held.award.prize in claims.handover(held.game).posted)


def take(request: HttpRequest, held: Claim) -> HttpResponse:
    typed = form(held, request.POST)
    if held.state == rules.WON and not typed.is_valid():
        return shown(request, held, typed, status=422)
    try:
        if held.state == rules.WON:
            claims.claim(held, typed.given(), timezone.now())
    except rules.Refused:
        pass  # the page that follows says what is so now
    return redirect(f"{request.path}?{urlencode({'key': request.POST['key']})}")


def shown(request: HttpRequest, held: Claim, typed: ClaimForm, status: int = 200) -> HttpResponse:
    game, award, zone = held.game, held.award, held.game.tenant.zone
    late = rules.is_late(held.state, held.due_at, timezone.now())
    more = {
        "claim": held,
        "state": rules.LAPSED if late else held.state,
        "prize": label(game, award.prize),
        "won_at": times.moment(datetime.fromtimestamp(award.at, UTC), zone),
        "due": times.zoned(times.moment(held.due_at, zone), zone),
        "settled": held.settled_at and times.moment(held.settled_at, zone),
        "form": typed,
        "posted": typed.posted,
        "key": links.key(game.tenant_id, award.public_id, held.player),
    }
    return render(request, "games/claim/page.html", {**context(game), **more, **secret(request, held)}, status=status)


def secret(request: HttpRequest, held: Claim) -> dict[str, Any]:
    """The code, and the square that a shop photographs: only where the prize is his and still to be had."""
    if held.state != rules.CLAIMED:
        return {}
    award = held.award
    if held.game.trial:
        return {"code": _("Try-out"), "qr": ""}
    code = codes_of(held.game, [award]).get((award.prize, award.unit)) or award.public_id
    return {"code": code, "qr": screen.square(counter(request, code))}


def counter(request: HttpRequest, code: str) -> str:
    """The shop's page, on the platform's own host also where a tenant's domain carries this one."""
    where = f"{reverse('console-counter')}?{urlencode({'code': code})}"
    host, _port = split_domain_port(request.get_host())
    return links.absolute(where) if domains.owner(host) else outward(request, where)
