"""Trying a draft out: a game with a key of its own, in no list, that goes when the real one comes, or after a day."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from games.drafts.content import judged
from games.drafts.keeping import locked, wipe
from games.drafts.release import Unready
from games.models import Draft, Game
from games.publishing import publish

HALF = timedelta(hours=12)


def begin(draft_id: int, zone: str) -> Game:
    """Its middle is now, so that half of the prizes can be won at once. Raises Unready, Published, ValueError with a sentence."""
    now = timezone.now()
    with transaction.atomic():
        draft = locked(draft_id)
        game, problems = judged(draft.kind, draft.content, zone)
        if problems:
            raise Unready(problems)
        game.trial, game.slug = True, f"try-{secrets.token_hex(5)}"
        game.opens_at, game.closes_at = now - HALF, now + HALF
        old = draft.trial_id
        publish(game, confirmed=True)  # its hours are not those of the game
        draft.trial = game
        draft.save(update_fields=["trial"])
        wipe(old)
    return game


def running(draft: Draft) -> Game | None:
    return Game.objects.filter(pk=draft.trial_id, trial=True).select_related("tenant").first() if draft.trial_id else None
