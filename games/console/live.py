"""The live page of a game, for those who host it; what moves on it comes over the operators' socket."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from games.console import overview, people
from games.console.log import latest
from games.console.page import OPERATORS, find, show
from tenants.access import MemberRequest, member_required


@require_safe
@never_cache
@member_required(*OPERATORS)
def page(request: MemberRequest, public_id: str) -> HttpResponse:
    game = find(public_id)
    return show(request, "games/console/live.html", overview.about(game), "games/console/live.js", f"games/mechanics/{game.kind}.js")


@require_safe
@never_cache
@member_required(*OPERATORS)
def log(request: MemberRequest, public_id: str) -> JsonResponse:
    game = find(public_id)
    after, until = number(request.GET.get("after")), number(request.GET.get("until"))
    return JsonResponse({"entries": latest(game, request.member, after or 0, until)})


@require_safe
@never_cache
@member_required(*OPERATORS)
def players(request: MemberRequest, public_id: str) -> JsonResponse:
    return JsonResponse(people.page(find(public_id), request.GET.get("q", ""), number(request.GET.get("before"))))


def number(text: str | None) -> int | None:
    """What is no number was not asked."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None
