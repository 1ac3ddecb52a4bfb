"""The winners of a game: searched, sorted, filtered, a page at a time; and what the game asks of them."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from games.console.frame import reads
from games.console.page import OPERATORS, find, show
from games.console.people import number_is
from games.models import Claim, Game, Handover, Player, Substitute
from games.pages import times
from games.winners import claims, rules
from games.winners.letter import labels
from games.winners.succession import waiting
from tenants.access import MemberRequest, member_required
from tenants.models.member import Role

PAGE = 25
ORDERS = {"new": "-pk", "old": "pk", "due": "due_at", "prize": "award__prize"}
TONES = {"won": "warn", "claimed": "info", "shipped": "good", "redeemed": "good"}
FOUND = 8  # players offered as substitutes


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest, public_id: str) -> HttpResponse:
    game = find(public_id)
    asked, state, order = (request.GET.get(name, "").strip()[:80].replace("\0", "") for name in ("q", "state", "sort"))
    found = Paginator(filtered(game, asked, state, order, reads(request)), PAGE).get_page(request.GET.get("page"))
    more = {"found": found, "rows": rows(game, list(found)), "q": asked, "state": state, "sort": order or "new", "states": names()}
    counted = {"asked": bool(asked or state)}
    return show(request, "games/console/winners/list.html", {"game": game, **more, **counted, **asking(game, request.GET.get("add", ""))})


def filtered(game: Game, asked: str, state: str, order: str, may_read: bool) -> QuerySet[Claim]:
    """Who may not read an address may not guess one either."""
    found = Claim.objects.filter(game=game).select_related("award").order_by(ORDERS.get(order, "-pk"), "-pk")
    if state in rules.STATES:
        found = found.filter(state=state)
    if not asked:
        return found
    players = Player.objects.filter(game=game).filter(Q(name__icontains=asked) | number_is(asked)).values("number")
    named = Q(name__icontains=asked) | Q(player__in=players) | Q(award__public_id=asked.lower())
    return found.filter(named | Q(email__icontains=asked) if may_read else named)


def rows(game: Game, found: list[Claim]) -> list[dict[str, Any]]:
    called, shelf, zone, words = nicknames(game, [claim.player for claim in found]), labels(game), game.tenant.zone, names()
    return [
        {
            "claim": claim,
            "player": called.get(claim.player, f"#{claim.player}"),
            "prize": shelf.get(claim.award.prize, claim.award.prize),
            "won": times.when(claim.opened_at, zone),
            "due": times.when(claim.due_at, zone) if claim.state == rules.WON else "",
            "word": words[claim.state],
            "tone": TONES.get(claim.state, ""),
        }
        for claim in found
    ]


def nicknames(game: Game, numbers: list[int]) -> dict[int, str]:
    return dict(Player.objects.filter(game=game, number__in=numbers).values_list("number", "name"))


def names() -> dict[str, str]:
    return {
        rules.WON: pgettext("state of a prize", "To be claimed"),
        rules.CLAIMED: pgettext("state of a prize", "Claimed"),
        rules.SHIPPED: pgettext("state of a prize", "Sent"),
        rules.REDEEMED: pgettext("state of a prize", "Handed over"),
        rules.LAPSED: pgettext("state of a prize", "Lapsed"),
        rules.PASSED: pgettext("state of a prize", "Lapsed, passed on"),
        rules.RETURNED: pgettext("state of a prize", "Lapsed, free again"),
    }


def asking(game: Game, add: str) -> dict[str, Any]:
    """The settings beside the list, who stands by, and who could."""
    kept, shelf, standing = claims.handover(game), labels(game), waiting(game)
    called = nicknames(game, [each.player for each in standing])
    wanted = add.strip()[:60].replace("\0", "")
    offered = (
        Player.objects.filter(game=game)
        .filter(Q(name__icontains=wanted) | number_is(wanted))
        .exclude(number__in=[each.player for each in standing])
    )
    return {
        "days": kept.days,
        "most_days": rules.MOST_DAYS,
        "prizes": [{"id": prize, "label": shelf[prize], "posted": prize in kept.posted} for prize in shelf],
        "standing": [{"row": each, "name": called.get(each.player, ""), "prize": shelf.get(each.prize, "")} for each in standing],
        "add": wanted,
        "offered": offered.order_by("number")[:FOUND] if wanted else [],
    }


@require_POST
@member_required(Role.EDITOR)
def settings(request: MemberRequest, public_id: str) -> HttpResponse:
    """For prizes won from now on; a deadline that somebody was told stays."""
    game, days = find(public_id), request.POST.get("days", "")
    if days.isascii() and days.isdigit() and len(days) < 4 and 1 <= int(days) <= rules.MOST_DAYS:
        posted = [prize for prize in labels(game) if prize in request.POST.getlist("posted")]
        Handover.objects.update_or_create(game=game, defaults={"days": int(days), "posted": posted})
    return redirect("console-winners", public_id)


@require_POST
@member_required(*OPERATORS)
def substitutes(request: MemberRequest, public_id: str) -> HttpResponse:
    """Adds one, or takes one off who was not needed yet."""
    game, player, prize = find(public_id), request.POST.get("player", ""), request.POST.get("prize", "")
    known = player.isascii() and player.isdigit() and len(player) < 10 and Player.objects.filter(game=game, number=int(player)).exists()
    if request.POST.get("act") == "remove":
        gone = request.POST.get("row", "")
        Substitute.objects.filter(
            game=game, claim=None, pk=int(gone) if gone.isascii() and gone.isdigit() and len(gone) < 16 else 0
        ).delete()
    elif known and (not prize or prize in labels(game)):
        Substitute.objects.bulk_create([Substitute(game=game, prize=prize, player=int(player))], ignore_conflicts=True)
    return redirect("console-winners", public_id)


def said(code: str) -> str:
    """Why a step was not taken."""
    if code in ("overtaken", rules.REDEEMED, rules.SHIPPED, rules.LAPSED, rules.PASSED, rules.RETURNED):
        return _("Somebody was quicker: this page shows what is so now.")
    return _("The minute to undo it is over.") if code == "too_late" else _("This step is not possible now.")
