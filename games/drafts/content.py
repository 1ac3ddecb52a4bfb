"""What a draft holds: title, words, language, hours and settings, as they were typed; and what of it cannot be published yet."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation

from games.forms import posted
from games.forms.described import described, filled
from games.forms.judged import Problem, Problems, judge
from games.models import Draft, Game
from games.publishing import LONGEST
from games.registry import MECHANICS
from tenants.models.tenant import Tenant

TYPED = "%Y-%m-%dT%H:%M"  # as browsers write an hour without a zone
WEEK = timedelta(days=7)
TITLE = 120
CODES = [code for code, _ in settings.LANGUAGES]


def beginning(kind: str, tenant: Tenant, language: str) -> dict[str, Any]:
    """A game that could be published as it is: it opens at once, for a week."""
    mechanic = MECHANICS[kind]
    closes = (timezone.now() + WEEK).astimezone(ZoneInfo(tenant.zone)).replace(minute=0)
    with translation.override(language):
        return {
            "title": translation.gettext(mechanic.title),
            "headline": "",
            "language": language,
            "opens": "",
            "closes": closes.strftime(TYPED),
            "settings": filled(described(mechanic), {**worded(mechanic.form.start), **zoned(kind, tenant)}),
        }


def worded(value: Any) -> Any:
    """The example's texts in the language of the game."""
    match value:
        case str():
            return translation.gettext(value) if value else value
        case Mapping():
            return {name: each if name == "id" else worded(each) for name, each in value.items()}
        case list():
            return [worded(each) for each in value]
    return value


def zoned(kind: str, tenant: Tenant) -> dict[str, str]:
    """A game that asks where it is played is played where the tenant is."""
    return {"zone": tenant.zone} if any(ask.name == "zone" for ask in described(MECHANICS[kind])) else {}


def typed(draft: Draft, sent: Mapping[str, str]) -> dict[str, Any]:
    before = draft.content.get("settings", {})
    words = {name: sent.get(name, "")[: 10 * TITLE] for name in ("title", "headline", "language", "opens", "closes")}
    return {**words, "settings": posted.settings(described(MECHANICS[draft.kind]), sent, before)}


def judged(kind: str, content: Mapping[str, Any], zone: str) -> tuple[Game, Problems]:
    """The game that it would become, unsealed and unsaved, and what is wrong with it."""
    found, problems = judge(MECHANICS[kind], content.get("settings", {}))
    hours = {name: hour(content.get(name, ""), zone, name, problems) for name in ("opens", "closes")}
    title, language = str(content.get("title", "")).strip(), content.get("language")
    headline = str(content.get("headline", "")).strip()
    if not title:
        problems["title"] = Problem("missing")
    for name, text in (("title", title), ("headline", headline)):
        if len(text) > TITLE:
            problems[name] = Problem("too_long", {"most": TITLE, "count": len(text) - TITLE})
    if language not in CODES:
        problems["language"] = Problem("no_choice")
    closes(hours["opens"], hours["closes"], problems)
    game = Game(
        kind=kind,
        title=title[:TITLE],
        headline=headline[:TITLE],
        language=language if language in CODES else CODES[0],
        settings=found,
        opens_at=hours["opens"],
        closes_at=hours["closes"],
    )
    return game, problems


def hour(text: str, zone: str, name: str, problems: Problems) -> datetime | None:
    if not text:
        return None
    try:
        local = datetime.strptime(text[:16], TYPED).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        problems[name] = Problem("no_hour")
        return None
    there = datetime.fromtimestamp(local.timestamp(), local.tzinfo)
    if there.replace(tzinfo=None) != local.replace(tzinfo=None):
        problems[name] = Problem("skipped_hour")
    return local


def closes(opens_at: datetime | None, closes_at: datetime | None, problems: Problems) -> None:
    if closes_at is None:
        problems.setdefault("closes", Problem("no_hour"))
        return
    now = timezone.now()
    opens_at = max(opens_at or now, now)
    if closes_at <= now:
        problems.setdefault("closes", Problem("closes_past"))
    elif closes_at <= opens_at:
        problems.setdefault("closes", Problem("closes_first"))
    elif (closes_at - opens_at).total_seconds() > LONGEST:
        problems.setdefault("closes", Problem("lasts_long", {"days": LONGEST / 86_400}))


def copied(game: Game, tenant: Tenant) -> dict[str, Any]:
    """A game's settings as a new draft; its hours are over or taken, so it opens at once and for as long as the game was open."""
    length = game.closes_at - game.opens_at if game.opens_at and game.closes_at else WEEK
    closes = (timezone.now() + length).astimezone(ZoneInfo(tenant.zone))
    return {
        "title": game.title,
        "headline": game.headline,
        "language": game.language,
        "opens": "",
        "closes": closes.strftime(TYPED),
        "settings": filled(described(MECHANICS[game.kind]), game.settings),
    }
