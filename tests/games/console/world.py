"""Two tenants with people of every role, and games made of rows: what the console's pages show without any engine."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from games.models import Award, Game, GameEvent, Minute, Player
from tenants import scope
from tenants.models import Member, Tenant, User

ROLES = ("owner", "editor", "moderator", "analyst")
PRIZES = [{"id": "mug", "label": "Mug", "stock": 100}, {"id": "trip", "label": "Trip", "stock": 2}]
NOBODY = "a" * 26  # a public id that no game has


class Members(dict[tuple[str, str], Member]):
    """By tenant and role, made when a test needs one."""

    def __missing__(self, key: tuple[str, str]) -> Member:
        tenant, role = Tenant.objects.get(slug=key[0]), key[1]
        user = User.objects.create_user(f"{role}@{tenant.slug}.test", name=f"{role.title()} {tenant.name}")
        with scope.tenant(tenant.pk):
            self[key] = Member.objects.create(user=user, role=role)
        return self[key]


class World:
    def __init__(self) -> None:
        self.demo = Tenant.objects.create(slug="demo", name="Colibri")
        self.other = Tenant.objects.create(slug="other", name="Verger")
        self.members = Members()

    def client(self, role: str = "owner", tenant: str = "demo", **given: Any) -> Client:
        """A browser that is signed in."""
        client = Client(**given)
        client.force_login(self.members[tenant, role].user)
        session = client.session
        session["since"] = session["seen"] = time.time()
        session.save()
        return client

    def game(self, tenant: Tenant | None = None, **fields: Any) -> Game:
        owner = tenant or self.demo
        with scope.tenant(owner.pk):
            given = {"slug": f"game-{Game.objects.count()}", "kind": "instant_win", "title": "Summer", "settings": {"prizes": PRIZES}}
            return Game.objects.create(
                **{**given, "phase": "open", "key": b"-", "opens_at": ago(hours=1), "closes_at": ago(days=-1), **fields}
            )

    def minute(self, game: Game, ago_minutes: int, **values: int) -> None:
        with scope.tenant(game.tenant_id):
            at = int(time.time() // 60) - ago_minutes
            Minute.objects.bulk_create(Minute(game=game, minute=at, name=name, value=value) for name, value in values.items())

    def player(self, game: Game, number: int, name: str) -> Player:
        with scope.tenant(game.tenant_id):
            return Player.objects.create(game=game, number=number, name=name, device=f"device{number}")

    def event(self, game: Game, seq: int, kind: str, role: str = "player", by: int = 0, **data: Any) -> None:
        with scope.tenant(game.tenant_id):
            told = json.dumps({"t": kind, **data})
            GameEvent.objects.create(game=game, seq=seq, at=time.time(), role=role, by=by, ref="", kind=kind, data=told)

    def award(self, game: Game, player: int, prize: str = "mug", unit: int = 0) -> None:
        with scope.tenant(game.tenant_id):
            Award.objects.create(game=game, player=player, prize=prize, unit=unit, play=1000 + unit, at=time.time() - 40)


def ago(**given: float) -> Any:
    return timezone.now() - timedelta(**given)
