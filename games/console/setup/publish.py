"""Publishing: what will be fixed for ever is read first; trying out comes before, and can be done again and again."""

from math import isinf
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from games.console.overview import doors
from games.console.page import EDITORS, show
from games.console.setup.page import find, title_of
from games.drafts import content, keeping, release, trial
from games.drafts.release import Unready
from games.forms import naming, words
from games.forms.bound import worded
from games.forms.described import Ask, described
from games.models import Draft, Game
from games.pages import times
from games.publishing import Lopsided
from games.registry import MECHANICS
from tenants.access import MemberRequest, member_required


class Line(NamedTuple):
    label: str
    value: str
    rows: list[str]  # of a list


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*EDITORS)
def page(request: MemberRequest, draft: str) -> HttpResponse:
    found = find(draft)
    if found.game:
        return redirect("console-game", found.game.public_id)
    if request.method == "POST":
        return published(request, found)
    return asked(request, found)


def asked(request: MemberRequest, draft: Draft, refusal: str = "", status: int = 200, lopsided: bool = False) -> HttpResponse:
    game, problems = content.judged(draft.kind, draft.content, request.tenant.zone)
    asks = described(MECHANICS[draft.kind])
    context = {
        "draft": draft,
        "game": game,
        "kind": _(MECHANICS[draft.kind].title),
        "opens": times.zoned(times.moment(game.opens_at, request.tenant.zone), request.tenant.zone) if game.opens_at else _("At once"),
        "closes": game.closes_at and times.zoned(times.moment(game.closes_at, request.tenant.zone), request.tenant.zone),
        "lines": [line(ask, game.settings.get(ask.name, ask.default)) for ask in asks if ask.kind != "given"],
        "refusal": refusal,
        "lopsided": lopsided,
        "wrong": [(label(asks, path), sentence) for path, sentence in words.told(problems, MECHANICS[draft.kind].form).items()],
    }
    answer = show(request, "games/console/setup/publish.html", context)
    answer.status_code = status
    return answer


def label(asks: tuple[Ask, ...], path: str) -> str:
    return naming.called(asks, path.removeprefix("settings.")) if path.startswith("settings.") else title_of(path)


def line(ask: Ask, value: Any) -> Line:
    if ask.kind != "list":
        return Line(worded(ask.said.label), naming.written(ask, value), [])
    rows = [row(ask, each) for each in value or [] if isinstance(each, dict)]
    return Line(worded(ask.said.label), "", rows)


def row(ask: Ask, block: dict[str, Any]) -> str:
    """The first text of a block, and what else was said of it."""
    parts = [each for each in ask.fields if each.kind != "id" and block.get(each.name) not in (None, "", each.default)]
    first = [naming.written(each, block[each.name]) for each in parts if each.kind == "text"][:1]
    more = [
        _("{block}: {field}").format(block=worded(each.said.label), field=naming.written(each, block[each.name]))
        for each in parts
        if each.kind != "text"
    ]
    return ", ".join([*first, *more])


def published(request: MemberRequest, draft: Draft) -> HttpResponse:
    seen = request.POST.get("version", "")
    try:
        version = int(seen) if seen.isascii() and seen.isdigit() else 0
        game = release.release(draft.pk, version, request.tenant.zone, confirmed="confirmed" in request.POST)
    except keeping.Published as done:
        game = done.game
    except keeping.Stale:
        return asked(request, find(draft.public_id), _("Somebody has changed the draft meanwhile. Read it again, then publish."), 409)
    except Unready:
        return asked(request, draft, _("Some fields have to be mended first."), 422)
    except Lopsided as found:
        return asked(request, draft, uneven(found.ratio), 422, lopsided=True)
    except ValueError as refused:
        return asked(request, draft, words.refused(str(refused), MECHANICS[draft.kind].form), 422)
    return redirect("console-game", game.public_id)


def uneven(ratio: float) -> str:
    if isinf(ratio):
        return _("At some hours nobody could win. Spread the moments as people play, or confirm that it is meant so.")
    sentence = _(
        "The best hour would have {ratio} times the odds of the worst: spread the moments as people play, or confirm that it is meant so."
    )
    return sentence.format(ratio=times.number(round(ratio)))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*EDITORS)
def attempt(request: MemberRequest, draft: str) -> HttpResponse:
    """The try-out as the player sees it; asked for by GET it shows the one that runs, or makes the first."""
    found = find(draft)
    if request.method != "POST":
        return tried(request, found, trial.running(found), "")
    try:
        return tried(request, find(draft), trial.begin(found.pk, request.tenant.zone), "")
    except keeping.Published as done:
        return redirect("console-game", done.game.public_id)
    except Unready:
        return tried(request, found, None, _("Some fields have to be mended first."))
    except ValueError as refused:
        return tried(request, found, None, words.refused(str(refused), MECHANICS[found.kind].form))


def tried(request: MemberRequest, draft: Draft, game: Game | None, refusal: str) -> HttpResponse:
    context = {"draft": draft, "game": game, "refusal": refusal, **(doors(request, game) if game else {})}
    answer = show(request, "games/console/setup/try.html", context)
    answer.status_code = 422 if refusal else 200
    return answer
