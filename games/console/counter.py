"""A shop's counter: a code is typed or photographed, the answer is as large as the phone, and one button hands the prize over."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from games.console.page import OPERATORS, show
from games.models import Claim, Player
from games.pages import times
from games.winners import claims, rules
from games.winners.counter import Answer, find, typed
from games.winners.letter import label
from tenants.access import MemberRequest, member_required


@require_safe
@never_cache
@member_required(*OPERATORS)
def page(request: MemberRequest) -> HttpResponse:
    code = typed(request.GET.get("code", ""))
    context = {"code": code, "asked": bool(code), **(answered(request, code) if code else {})}
    return show(request, "games/console/winners/counter.html", context, "games/console/counter.js")


@require_POST
@never_cache
@member_required(*OPERATORS)
def act(request: MemberRequest, award: str) -> HttpResponse:
    """Two counters at once: one hands it over, the other sees who did."""
    held = holder(award)
    try:
        if request.POST.get("act") == "undo":
            claims.undo(held, request.member, timezone.now())
        else:
            claims.redeem(held, request.member, timezone.now(), request.POST.get("receiver", "").strip())
    except rules.Refused:
        pass  # the answer that follows says what is so now
    return redirect(f"{reverse('console-counter')}?{urlencode({'code': typed(request.POST.get('code', '')) or award})}")


def holder(award: str) -> Claim:
    held = Claim.objects.filter(award__public_id=award, game__trial=False).select_related("award", "game").order_by("-round").first()
    if held is None:
        raise Http404
    return held


def answered(request: MemberRequest, code: str) -> dict[str, Any]:
    answer = find(code, timezone.now())
    just = bool(answer.claim and done_now(request, answer.claim))
    return {
        "answer": answer,
        "tone": "good" if just else answer.tone,
        "just": just,
        "title": _("Handed over") if just else title(answer),
        **(told(answer.claim) if answer.claim else {}),
    }


def done_now(request: MemberRequest, held: Claim) -> bool:
    """By this very member, within the minute in which it can be undone."""
    redeemed = held.state == rules.REDEEMED
    return redeemed and rules.may_undo(held.settled_at, held.settled_by_id, request.member.pk, timezone.now())


def title(answer: Answer) -> str:
    words = {
        "valid": _("Valid"),
        "unclaimed": _("Not claimed yet"),
        "shipped": _("Sent by post"),
        "redeemed": _("Already handed over"),
        "lapsed": _("No longer valid"),
        "unknown": _("Unknown code"),
    }
    return words[answer.verdict]


def told(held: Claim) -> dict[str, Any]:
    player = Player.objects.filter(game=held.game_id, number=held.player).first()
    return {
        "claim": held,
        "prize": label(held.game, held.award.prize),
        "winner": held.name or (player.name if player else ""),
        "settled": held.settled_at and times.when(held.settled_at, held.game.tenant.zone),
        "settled_by": held.settled_by and held.settled_by.user,
    }
