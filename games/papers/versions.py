"""Keeps the rules by version: one at publication, one for each amendment that changes a word."""

from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from games.models import Game, RulesVersion
from games.papers.document import Block, fingerprint, substance
from games.papers.facts import Details, details_of, facts
from games.papers.rules import rules

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)


def keep(game: Game, details: Details | None = None) -> RulesVersion:
    """The version in force, made now if the game's settings or its details say something new. Runs in the tenant's scope."""
    with transaction.atomic():
        Game.objects.select_for_update().only("pk").get(pk=game.pk)
        last = latest(game)
        details = details or inherited(game, last)
        number, now = (last.version + 1 if last else 1), timezone.now()
        written = {language: rules(facts(game, details), number, now, language) for language in LANGUAGES}
        if last and all(substance(blocks_of(last, language)) == substance(written[language]) for language in LANGUAGES):
            return last
        return RulesVersion.objects.create(
            game=game,
            version=number,
            made_at=now,
            details=msgspec.to_builtins(details),
            blocks=msgspec.to_builtins(written),
            hashes={language: fingerprint(blocks) for language, blocks in written.items()},
        )


def latest(game: Game) -> RulesVersion | None:
    return RulesVersion.objects.filter(game=game).order_by("-version").first()


def inherited(game: Game, last: RulesVersion | None) -> Details:
    """Who organises is said once: a new game takes it from the tenant's newest, without its additions."""
    if last:
        return details_of(last.details)
    other = RulesVersion.objects.order_by("-pk").first()
    return msgspec.structs.replace(details_of(other.details), additions={}) if other else Details()


def blocks_of(row: RulesVersion, language: str) -> list[Block]:
    kept: Any = row.blocks.get(language) or next(iter(row.blocks.values()))
    return msgspec.convert(kept, list[Block])
