"""A game: one running promotion of a mechanic."""

import secrets
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from games.registry import choices
from tenants.ids import public_id
from tenants.models.base import Owned

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what is mistaken on a big screen: I O 0 1


def join_code() -> str:
    """Four letters for people who type: not a secret, only an address."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(4))


def new_line() -> str:
    """A log has a line; another line means that the log was set back (decision 27)."""
    return secrets.token_hex(3)


class Game(Owned):
    PHASES: ClassVar[list[tuple[str, str]]] = [(phase, phase) for phase in ("waiting", "open", "paused", "ended")]

    public_id = models.CharField(max_length=26, unique=True, default=public_id, editable=False)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=40, choices=choices)
    title = models.CharField(max_length=120)
    headline = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="fr")
    settings: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=4, unique=True, default=join_code)
    key = models.BinaryField(max_length=80)  # encrypted under the platform's key (decision 9)
    seal: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict
    )  # manifest, commitment, randomness: all public
    line = models.CharField(max_length=6, default=new_line)
    created_at = models.DateTimeField(auto_now_add=True)

    trial = models.BooleanField(default=False, db_default=False, editable=False)  # a draft that is tried out: in no list, and soon gone
    archived_at = models.DateTimeField(null=True, editable=False)  # out of the lists, still read at its address

    # Written with each commit of the game's actor, for lists and for the clock; the log is the truth.
    phase = models.CharField(max_length=8, choices=PHASES, default="waiting")
    seq = models.PositiveBigIntegerField(default=0)
    totals: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict)
    stock: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict)
    next_at = models.FloatField(null=True, blank=True, db_index=True)

    # Counts the loads of its log: a commit says which one it goes on from, so who comes after another's load writes nothing.
    fence = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)

    # Numbers given to players so far, whether or not they ever said hello.
    numbers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["tenant", "slug"], name="game_slug")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("play", args=[self.tenant.slug, self.slug])
