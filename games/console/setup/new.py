"""The choice of a kind of game; and a new draft, of that kind or like a game that there was."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from games.console.page import EDITORS, find, show
from games.drafts import content, keeping
from games.forms.bound import worded
from games.registry import MECHANICS
from tenants.access import MemberRequest, member_required


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*EDITORS)
def page(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        return made(request, request.POST.get("kind", ""))
    kinds = [{"kind": kind, "title": _(each.title), "pitch": worded(each.form.pitch)} for kind, each in MECHANICS.items()]
    return show(request, "games/console/setup/new.html", {"kinds": kinds})


def made(request: MemberRequest, kind: str) -> HttpResponse:
    if kind not in MECHANICS:
        raise Http404
    language = "fr" if (get_language() or "").startswith("fr") else "en"
    draft = keeping.make(kind, content.beginning(kind, request.tenant, language), request.member)
    return redirect("console-draft", draft.public_id)


@require_POST
@member_required(*EDITORS)
def clone(request: MemberRequest, game: str) -> HttpResponse:
    found = find(game)
    draft = keeping.make(found.kind, content.copied(found, request.tenant), request.member)
    return redirect("console-draft", draft.public_id)
