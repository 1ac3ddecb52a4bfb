"""The real play page with a draft's words, for the frame beside its form: nothing on it can be pressed, and it leads nowhere."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from games.console.setup.page import find
from games.drafts import content, keeping
from games.forms.judged import judge
from games.models import Draft, Game
from games.pages import play
from games.registry import MECHANICS
from tenants.access import MemberRequest, member_required

BACK = 20  # versions among which one is looked for that can be shown
NOWHERE = "preview"


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
@require_safe
@never_cache
@member_required()
def page(request: MemberRequest, draft: str) -> HttpResponse:
    game = shown(find(draft), request.tenant.zone)
    game.tenant, game.slug = request.tenant, NOWHERE
    context = {**play.context(game), "known": False, "typed": "", "preview": True}
    return render(request, "games/play.html", {**context, "modules": play.scripts(game, "games/play.js")})


def shown(draft: Draft, zone: str) -> Game:
    """As typed; settings that are no settings yet, as they last were."""
    game, _problems = content.judged(draft.kind, draft.content, zone)
    game.settings = playable(draft)
    game.title = game.title or MECHANICS[draft.kind].title
    game.phase = "waiting" if game.opens_at and game.opens_at > timezone.now() else "open"
    return game


def playable(draft: Draft) -> dict[str, object]:
    """The newest settings with nothing wrong in them."""
    mechanic = MECHANICS[draft.kind]
    older = (version.content for version in keeping.versions(draft)[:BACK])
    for typed in (draft.content, *older, {"settings": mechanic.form.start}):
        settings, problems = judge(mechanic, typed.get("settings", {}))
        if not problems:
            break
    return settings
