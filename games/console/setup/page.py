"""A draft's page: the form, saved while it is typed, and the play page as it would be, beside it."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from games.console.page import EDITORS, show
from games.console.setup import blocks
from games.drafts import content, keeping, trial
from games.forms import bound, naming, words
from games.forms.described import described
from games.models import Draft
from games.pages import times
from games.registry import MECHANICS
from tenants.access import MemberRequest, may, member_required
from tenants.models.member import Member

SHOWN_CHANGES = 8


def find(public_id: str) -> Draft:
    """The draft of an address in the tenant of the scope; one in the bin is not there."""
    drafts = Draft.objects.select_related("saved_by__user", "game", "trial")
    draft = drafts.filter(public_id=public_id, binned_at=None, kind__in=MECHANICS).first()
    if draft is None:
        raise Http404
    return draft


@csp_replace({"frame-src": [SELF]})
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required()
def page(request: MemberRequest, draft: str) -> HttpResponse:
    found = find(draft)
    if found.game:
        return redirect("console-game", found.game.public_id)
    if request.method == "POST":
        return posted(request, found)
    return shown(request, found)


def shown(request: MemberRequest, draft: Draft, status: int = 200, **more: Any) -> HttpResponse:
    context = {**form(request, draft), **beside(request, draft), **more}
    answer = show(request, "games/console/setup/page.html", context, "games/console/setup.js")
    answer.status_code = status
    return answer


def form(request: MemberRequest, draft: Draft) -> dict[str, Any]:
    """What the form itself is drawn from."""
    mechanic, typed = MECHANICS[draft.kind], draft.content
    _game, problems = content.judged(draft.kind, typed, request.tenant.zone)
    errors = words.told(problems, mechanic.form)
    return {
        "draft": draft,
        "kind": _(mechanic.title),
        "typed": typed,
        "errors": errors,
        "whole": errors.get("settings", ""),
        "sections": bound.sections(mechanic.form, described(mechanic), typed.get("settings", {}), errors),
    }


def beside(request: MemberRequest, draft: Draft) -> dict[str, Any]:
    return {"saved": saved(draft, request.member), "trial": trial.running(draft)}


def saved(draft: Draft, member: Member) -> str:
    """When, and by whom if it was somebody else."""
    at = times.when(draft.saved_at, draft.tenant.zone) if days(draft) else times.clock(draft.saved_at, draft.tenant.zone)
    if draft.saved_by is None or draft.saved_by_id == member.pk:
        return _("Saved, {at}").format(at=at)
    return _("Saved by {name}, {at}").format(name=draft.saved_by.user, at=at)


def days(draft: Draft) -> int:
    return (timezone.now() - draft.saved_at).days


def posted(request: MemberRequest, draft: Draft) -> HttpResponse:
    if not may(request.member, EDITORS):
        return HttpResponse(status=403)
    sent = {name: value.replace("\0", "") for name, value in request.POST.items() if isinstance(value, str)}
    wish = sent.get("do", "")
    changed = blocks.moved(MECHANICS[draft.kind], content.typed(draft, sent), wish)
    seen = int(sent["version"]) if sent.get("version", "").isascii() and sent.get("version", "").isdigit() else 0
    try:
        kept = keeping.save(draft.pk, changed, seen, request.member)
    except keeping.Published as published:
        return gone(request, published)
    except keeping.Stale:
        return stale(request, find(draft.public_id), changed)
    return answered(request, find(kept.public_id), wish)


def answered(request: MemberRequest, draft: Draft, wish: str) -> HttpResponse:
    """To a script what has changed, to a browser without one the page that comes next."""
    if not scripted(request):
        return redirect(f"console-draft-{wish}" if wish in ("publish", "try") else "console-draft", draft.public_id)
    drawn = form(request, draft)
    told = {"version": draft.version, "saved": saved(draft, request.member), "errors": drawn["errors"], "title": str(draft)}
    if blocks.is_move(wish):
        told["html"] = render_to_string("games/console/setup/fields.html", {**drawn, "edits": True}, request)
    return JsonResponse(told)


def gone(request: MemberRequest, published: keeping.Published) -> HttpResponse:
    if not scripted(request):
        return redirect("console-game", published.game.public_id)
    return JsonResponse({"code": "published"}, status=409)


def stale(request: MemberRequest, draft: Draft, mine: dict[str, Any]) -> HttpResponse:
    """Somebody saved meanwhile: who, what differs, and the choice. What was typed stays."""
    asks = described(MECHANICS[draft.kind])
    conflict = {"draft": draft, "by": str(draft.saved_by.user) if draft.saved_by else "", "own": draft.saved_by_id == request.member.pk}
    conflict["changes"] = differences(asks, mine, draft.content)[:SHOWN_CHANGES]
    if scripted(request):
        html = render_to_string("games/console/setup/conflict.html", conflict, request)
        return JsonResponse({"code": "stale", "version": draft.version, "html": html}, status=409)
    draft.content = mine
    return shown(request, draft, 409, conflict=conflict)


def differences(asks: Any, mine: dict[str, Any], theirs: dict[str, Any]) -> list[dict[str, str]]:
    found = []
    for path, one, other in keeping.different(mine, theirs):
        inner = path.removeprefix("settings.")
        ask = naming.named(asks, inner) if path.startswith("settings.") else None
        label = naming.called(asks, inner) if ask else title_of(path)
        found.append({"label": label, "mine": naming.written(ask, one), "theirs": naming.written(ask, other)})
    return found


def title_of(name: str) -> str:
    titles = {"title": _("Title"), "headline": _("Headline"), "language": _("Language"), "opens": _("Opens"), "closes": _("Closes")}
    return titles.get(name, name)


def scripted(request: MemberRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
