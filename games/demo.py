"""The demo: a tenant with a running game, another tenant beside it, and people who can sign in. Running it twice changes nothing."""

import secrets
from datetime import timedelta
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from games.models import Game, PrizeCode
from games.publishing import publish
from games.reaching import going
from tenants import scope
from tenants.models.member import Member, Role
from tenants.models.tenant import Tenant
from tenants.models.user import User

PASSWORD = "so-buzz-demo"  # noqa: S105 - of the demo, printed at its start
LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"

TENANTS = {
    "demo": {"name": "Colibri", "brand_1": "#ff5c1f", "brand_2": "#2a3cf0", "tagline": "L’été se joue maintenant."},
    "other": {"name": "Verger", "brand_1": "#7a1f3d", "brand_2": "#b9e35f", "tagline": "Des fruits et des jeux."},
}
PEOPLE = [
    ("owner@demo.test", "Inès Valmont", "demo", Role.OWNER),
    ("moderator@demo.test", "Malo Kerbrat", "demo", Role.MODERATOR),
    ("analyst@demo.test", "Sacha Lenoir", "demo", Role.ANALYST),
    ("owner@other.test", "Jeanne Roux", "other", Role.OWNER),
]
OPERATOR = ("operator@platform.test", "Noor Haddad")

INSTANT_WIN: dict[str, Any] = {
    "prizes": [
        {"id": "autocollant", "label": "Autocollant Colibri", "stock": 20_000},
        {"id": "mug", "label": "Mug de l’été", "stock": 120},
        {"id": "caisse", "label": "Caisse de 12 citronnades", "stock": 30},
        {"id": "week-end", "label": "Week-end à Marseille, pour deux", "stock": 4},
    ],
    "plays_per_day": 3,
    "wins_per_player": 3,
    "traffic": [1] * 168,  # people try the demo at any hour
}
SLUG = "instant-win"
SLUGS = rf"^{SLUG}(-\d+)?$"  # the first game, and those that followed it
DAYS = timedelta(days=3)  # with so many prizes some four moments a minute: beside the crowd every third try wins
NOW = timedelta()


def make(since: timedelta = NOW) -> str:
    """Everything in one transaction: a demo is whole or not there. Says the word of the game that runs in the first tenant.

    It opens when it is sealed, as its proof page says; `since` is for tests, which cannot wait for the first moments.
    """
    with transaction.atomic(), scope.platform():
        tenants = {slug: Tenant.objects.get_or_create(slug=slug, defaults=fields)[0] for slug, fields in TENANTS.items()}
        for email, name, tenant, role in PEOPLE:
            Member.objects.get_or_create(user=person(email, name), tenant=tenants[tenant], defaults={"role": role})
        person(*OPERATOR, is_staff=True, is_superuser=True)
        games = []
        for slug, title in (("demo", "L’été Colibri"), ("other", "Le jeu du verger")):
            with scope.tenant(tenants[slug].pk):
                games.append(instant_win(tenants[slug], title, since))
    return games[0].slug


def person(email: str, name: str, **flags: bool) -> User:
    found = User.objects.filter(email=email).first()
    if found is None:
        found = User(email=email, name=name, **flags)
        found.set_password(PASSWORD)
        found.save()
    return found


def instant_win(tenant: Tenant, title: str, since: timedelta) -> Game:
    """Open for some days from now; its moments are sealed like those of any game. Once it is over, another follows: at an address of its
    own, since what somebody has kept a link to is the game that he played.
    """
    now = timezone.now()
    if known := going(now).filter(slug__regex=SLUGS).order_by("pk").last():
        return known
    game = Game(
        tenant=tenant,
        slug=free_slug(),
        kind="instant_win",
        title=title,
        headline=tenant.tagline,
        settings=INSTANT_WIN,
        opens_at=now - since,
        closes_at=now + DAYS,
    )
    publish(game, confirmed=True)  # its crowd is at any hour the same, and the usual week is not
    codes(game)
    return game


def free_slug() -> str:
    taken = set(Game.objects.filter(slug__regex=SLUGS).values_list("slug", flat=True))
    return next(slug for number in count(1) if (slug := SLUG if number == 1 else f"{SLUG}-{number}") not in taken)


def codes(game: Game) -> None:
    """One for each unit of each prize."""
    PrizeCode.objects.bulk_create(
        PrizeCode(game=game, prize=prize["id"], unit=unit, code=code())
        for prize in game.settings["prizes"]
        for unit in range(prize["stock"])
    )


def code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"CLB-{letters[:4]}-{letters[4:]}"
