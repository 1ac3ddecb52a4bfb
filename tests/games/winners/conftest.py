"""A game in which Ana has won two mugs and Bo a trip; Ana left an address at the door, Bo did not, Cleo has won nothing."""

from types import SimpleNamespace

import pytest

from games.mechanics.instant_win import Won
from games.models import Award
from games.winners.claims import open_claim
from tenants import scope
from tenants.models import Member, User
from tests.games.published import Hand, published

AT = 1.8e9
PEOPLE = [("Ana", "ana@example.com"), ("Bo", ""), ("Cleo", "cleo@example.com")]


@pytest.fixture
def won(tenant, clock):
    from games.joining import Joining, join

    game = published(tenant)
    with scope.tenant(tenant.pk):
        for name, email in PEOPLE:
            join(game, Joining(name, f"device {name}", email))
        hand = Hand(game)
        for moment, (player, prize, unit) in enumerate([(1, "mug", 0), (1, "mug", 1), (2, "trip", 0)]):
            hand.write(AT + moment, "player", player, Won(player, prize, unit, moment, AT, AT, AT))
        awards = list(Award.objects.select_related("game__tenant").order_by("play"))
        members = [Member.objects.create(user=User.objects.create_user(f"{name}@shop.test", name=name), role="moderator") for name in "XY"]
        yield SimpleNamespace(game=game, tenant=tenant, awards=awards, members=members, clock=clock, claim=open_claim(awards[0]))


@pytest.fixture
def clock(monkeypatch):
    """Django's clock, driven by the test; it stands at the first win."""
    from datetime import UTC, datetime, timedelta

    from django.utils import timezone

    class Clock:
        at = datetime.fromtimestamp(AT, UTC)

        def on(self, **more):
            self.at += timedelta(**more)
            return self.at

    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.at)
    return made
