"""Saving drafts: nobody overwrites what he has not seen, and nothing that was saved is lost."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from games.models import Draft, DraftVersion, Game
from tenants.models.member import Member

PAUSE = timedelta(minutes=10)  # one person's savings within it are one version
VERSIONS = 200  # of a draft that are kept, the newest
BIN = timedelta(days=30)


class Stale(Exception):
    """Somebody has saved since; `draft` is as he left it."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.version)
        self.draft = draft


class Published(Exception):
    """The draft has become a game meanwhile; it changes no more."""

    def __init__(self, game: Game) -> None:
        super().__init__(game.pk)
        self.game = game


def make(kind: str, content: dict[str, Any], member: Member) -> Draft:
    with transaction.atomic():
        draft = Draft(kind=kind, content=content, saved_at=timezone.now(), saved_by=member)
        draft.save()
        remember(draft)
    return draft


def save(draft_id: int, content: dict[str, Any], seen: int, member: Member, anew: bool = False) -> Draft:
    """`anew`: as a version of its own, however short ago the last one was. Raises Stale when `seen` is not the newest, and Published."""
    with transaction.atomic():
        draft = locked(draft_id)
        if draft.content == content:
            return draft
        if draft.version != seen:
            raise Stale(draft)
        draft.content, draft.version = content, draft.version + 1
        draft.saved_at, draft.saved_by = timezone.now(), member
        draft.save(update_fields=["content", "version", "saved_at", "saved_by"])
        remember(draft, anew)
    return draft


def locked(draft_id: int) -> Draft:
    """Raises Published."""
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    if draft.game_id:
        raise Published(Game.objects.get(pk=draft.game_id))
    return draft


def remember(draft: Draft, anew: bool = False) -> None:
    last = versions(draft).first()
    fields = {"content": draft.content, "number": draft.version, "saved_at": draft.saved_at}
    if last and not anew and last.saved_by_id == draft.saved_by_id and draft.saved_at - last.begun_at < PAUSE:
        DraftVersion.objects.filter(pk=last.pk).update(**fields)
        return
    DraftVersion.objects.create(draft=draft, begun_at=draft.saved_at, saved_by=draft.saved_by, **fields)
    if oldest := versions(draft)[VERSIONS : VERSIONS + 1].first():
        DraftVersion.objects.filter(draft=draft, number__lte=oldest.number).delete()


def versions(draft: Draft) -> QuerySet[DraftVersion]:
    return DraftVersion.objects.filter(draft=draft).select_related("saved_by__user").order_by("-number")


def restore(draft: Draft, number: int, member: Member) -> Draft:
    """An old version becomes the newest; the one that it replaces stays. Raises DoesNotExist, Stale, Published."""
    old = DraftVersion.objects.get(draft=draft, number=number)
    return save(draft.pk, old.content, draft.version, member, anew=True)


def wipe(trial_id: int | None) -> None:
    """A game in which a draft was tried out, with its players, its log, and whatever was won in it."""
    if trial_id is not None:
        Game.objects.filter(pk=trial_id, trial=True).delete()


def bin_it(draft: Draft) -> None:
    Draft.objects.filter(pk=draft.pk).update(binned_at=timezone.now())


def take_back(draft: Draft) -> None:
    Draft.objects.filter(pk=draft.pk).update(binned_at=None)


def different(one: Any, other: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The paths at which two contents differ, with both values."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in [*one, *(name for name in other if name not in one)]:
            yield from different(one.get(name), other.get(name), f"{path}.{name}" if path else name)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other) and any(isinstance(each, Mapping) for each in one):
        for place, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            yield from different(mine, theirs, f"{path}.{place}")
    elif one != other:
        yield path, one, other
