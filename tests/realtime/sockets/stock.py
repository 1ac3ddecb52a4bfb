"""Games for the socket tests, made in the site's own database by a process of its own (it has the key that seals them)."""

from datetime import timedelta

from django.utils import timezone

from games.models import Game
from games.publishing import seal
from tenants import scope
from tenants.models.domain import Domain
from tenants.models.tenant import Tenant

SETTINGS = {"prizes": [{"id": "mug", "label": "Mug", "stock": 20}], "plays_per_day": 100, "wins_per_player": 100}
DAY = timedelta(days=1)


def make(games: int) -> None:
    """`g1`, `g2`…: open for a month, so that nearly all of their twenty moments are due; one that has not begun, one that is over."""
    now = timezone.now()
    with scope.platform():
        demo, other = (Tenant.objects.get(slug=slug) for slug in ("demo", "other"))
    with scope.tenant(demo.pk):
        for number in range(1, games + 1):
            game(f"g{number}", now - 30 * DAY, now + DAY)
        game("later", now + DAY, now + 7 * DAY)
        game("over", now - 2 * DAY, now - DAY)
        game("wide", now - DAY, now + DAY, {"prizes": [{"id": f"p{n}", "label": "🎁" * 140, "stock": 1} for n in range(100)]})
        Domain.objects.create(host="jeu.demo.test", verified=True)
    with scope.tenant(other.pk):
        game("secret", now - DAY, now + 7 * DAY)
        Domain.objects.create(host="jeu.other.test", verified=True)


def game(slug: str, opens_at: object, closes_at: object, settings: object = SETTINGS) -> None:
    made = Game(slug=slug, kind="instant_win", title=slug, settings=settings, opens_at=opens_at, closes_at=closes_at)
    seal(made)
    made.next_at = made.opens_at.timestamp()
    made.save()
