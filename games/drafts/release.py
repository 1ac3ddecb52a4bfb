"""From a draft to a game: sealed and opened as `publishing` does, once."""

from itertools import count

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from games.drafts import keeping
from games.drafts.content import judged
from games.forms.judged import Problems
from games.models import Game
from games.publishing import publish

LONGEST_SLUG = 50


class Unready(Exception):
    """Something of the draft has to be mended first."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def release(draft_id: int, seen: int, zone: str, confirmed: bool = False) -> Game:
    """What was read is what is published: `seen` is the version on the page.

    Raises Unready, Stale, Published, Lopsided unless `confirmed`, and ValueError with a sentence when the rules refuse a seal.
    """
    with transaction.atomic():
        draft = keeping.locked(draft_id)
        if draft.version != seen:
            raise keeping.Stale(draft)
        game, problems = judged(draft.kind, draft.content, zone)
        if problems:
            raise Unready(problems)
        now = timezone.now()
        game.opens_at = max(game.opens_at or now, now)  # what falls before anybody can play would all be won at once
        game.slug = free_slug(game.title)
        publish(game, confirmed)
        keeping.wipe(draft.trial_id)
        draft.game, draft.trial = game, None
        draft.save(update_fields=["game", "trial"])
    return game


def free_slug(title: str) -> str:
    """Readable, and no other game's of this tenant."""
    wanted = slugify(title)[:LONGEST_SLUG].strip("-") or "game"
    taken = set(Game.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
