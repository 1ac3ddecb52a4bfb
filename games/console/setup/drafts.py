"""All drafts of a tenant, and the bin; what is done with one of them besides setting it up."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from games.console.page import EDITORS, show
from games.console.page import find as find_game
from games.console.setup.page import differences, find, shown
from games.drafts import keeping
from games.forms.described import described
from games.models import Draft, Game
from games.pages import times
from games.registry import MECHANICS
from tenants.access import MemberRequest, member_required

PAGE = 25
CHANGES = 3  # of a version that are shown


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest) -> HttpResponse:
    binned, asked = request.GET.get("bin") == "1", request.GET.get("q", "").strip()[:80].replace("\0", "")
    found = Paginator(searched(asked, binned), PAGE).get_page(request.GET.get("page"))
    context = {"found": found, "rows": [row(draft) for draft in found], "q": asked, "binned": binned}
    return show(request, "games/console/setup/drafts.html", context)


def searched(asked: str, binned: bool) -> QuerySet[Draft]:
    drafts = Draft.objects.filter(game=None, binned_at__isnull=not binned, kind__in=MECHANICS).select_related("saved_by__user", "tenant")
    drafts = drafts.filter(binned_at__gt=timezone.now() - keeping.BIN) if binned else drafts
    return (drafts.filter(content__title__icontains=asked) if asked else drafts).order_by("-saved_at", "-pk")


def row(draft: Draft) -> dict[str, Any]:
    return {
        "draft": draft,
        "kind": _(MECHANICS[draft.kind].title),
        "saved": times.when(draft.saved_at, draft.tenant.zone),
        "by": str(draft.saved_by.user) if draft.saved_by else "–",
        "left": max(0, (draft.binned_at + keeping.BIN - timezone.now()) // timedelta(days=1)) if draft.binned_at else None,
    }


@require_POST
@member_required(*EDITORS)
def throw(request: MemberRequest, draft: str) -> HttpResponse:
    keeping.bin_it(find(draft))
    return redirect("console-drafts")


@require_POST
@member_required(*EDITORS)
def take_back(request: MemberRequest, draft: str) -> HttpResponse:
    found = Draft.objects.filter(public_id=draft, game=None).exclude(binned_at=None).first()
    if found is None:
        raise Http404
    keeping.take_back(found)
    return redirect("console-draft", found.public_id)


@require_safe
@never_cache
@member_required()
def history(request: MemberRequest, draft: str) -> HttpResponse:
    found = find(draft)
    return show(request, "games/console/setup/history.html", {"draft": found, "rows": told(found, request.tenant.zone)})


def told(draft: Draft, zone: str) -> list[dict[str, Any]]:
    """Each version: when, by whom, and what was changed in it."""
    kept, asks = list(keeping.versions(draft)), described(MECHANICS[draft.kind])
    rows = []
    for version, before in zip(kept, [*kept[1:], None], strict=True):
        changes = differences(asks, version.content, before.content)[:CHANGES] if before else []
        by = str(version.saved_by.user) if version.saved_by else ""
        rows.append({"number": version.number, "at": times.when(version.saved_at, zone), "by": by, "changes": changes})
    return rows


@require_POST
@member_required(*EDITORS)
def restore(request: MemberRequest, draft: str) -> HttpResponse:
    found, number = find(draft), request.POST.get("number", "")
    if not keeping.versions(found).filter(number=int(number) if number.isascii() and number.isdigit() else 0).exists():
        raise Http404
    try:
        keeping.restore(found, int(number), request.member)
    except keeping.Published as published:
        return redirect("console-game", published.game.public_id)
    except keeping.Stale:
        return shown(request, find(draft), 409)
    return redirect("console-draft", found.public_id)


@require_POST
@member_required(*EDITORS)
def archive(request: MemberRequest, game: str) -> HttpResponse:
    """A game that is over leaves the lists, or comes back into them."""
    found = find_game(game)
    if found.phase == "ended":
        Game.objects.filter(pk=found.pk).update(archived_at=None if found.archived_at else timezone.now())
    return redirect("console-game", found.public_id)
