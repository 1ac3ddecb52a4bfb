"""How a prize reaches its winner: his claim, what happened to it, the mails about it, and who follows when he does not come."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from games.models.award import Award
from games.models.game import Game
from games.winners.rules import DAYS, LIVING, WON
from tenants.models.base import Owned
from tenants.models.member import Member


class Handover(Owned):
    """What a game asks of its winners; a game without a row takes the defaults."""

    game = models.OneToOneField(Game, on_delete=models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField(default=DAYS)
    posted: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)  # prizes that are sent: they need an address


class Claim(Owned):
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+", db_index=False)
    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="+", db_index=False)
    round = models.PositiveSmallIntegerField(default=1)  # 2: the first substitute
    player = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default=WON)
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()

    # What the winner gave; until then empty.
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    claimed_at = models.DateTimeField(null=True)

    # Proof of handover, or when and by whom it was ended.
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    receiver = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["award", "round"], name="claim_round"),
            models.UniqueConstraint(fields=["award"], condition=models.Q(state__in=LIVING), name="claim_holder"),  # one at a time
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["game", "state"], name="claim_state"),
            models.Index(fields=["due_at"], condition=models.Q(state=WON), name="claim_due"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.state}"


class ClaimStep(Owned):
    """One line of an award's history: never changed."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    act = models.CharField(max_length=8)
    role = models.CharField(max_length=8)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.act


class ClaimMail(Owned):
    """A mail to a winner: its row makes it one, however often its task runs."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8)
    email = models.EmailField()
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["claim", "kind"], name="mail_once")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], condition=models.Q(sent_at=None), name="mail_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.claim_id}"


class Substitute(Owned):
    """Whom the operator chose to follow, in this order, for a prize or for any."""

    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="+", db_index=False)
    prize = models.CharField(max_length=40, blank=True)  # empty: whichever comes back
    player = models.PositiveIntegerField()
    claim = models.OneToOneField(Claim, null=True, on_delete=models.SET_NULL, related_name="+")  # the one he was given

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["game", "prize", "player"], name="substitute_once"),
        ]

    def __str__(self) -> str:
        return f"{self.prize} {self.player}"
