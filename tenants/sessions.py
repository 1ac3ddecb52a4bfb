"""How long a sign-in of the console lasts: 30 idle minutes, 12 hours in all."""

import time
from collections.abc import Collection
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from tenants.models.user import User

IDLE = 30 * 60
ABSOLUTE = 12 * 3600
SINCE, SEEN = "since", "seen"
LONGEST_KEY = 40  # signs, of the column
COARSE = 60  # seconds between two notes that someone is there: not a write for every page


class SessionStore(db.SessionStore):
    """Django's; but a key that cannot be one is not looked for, since PostgreSQL fails on some signs."""

    def _validate_session_key(self, key: str | None) -> bool:
        return self.is_possible(key) and bool(super()._validate_session_key(key))  # type: ignore[misc]

    @staticmethod
    def is_possible(key: str | None) -> bool:
        return bool(key and key.isascii() and key.isalnum() and len(key) <= LONGEST_KEY)


def begin(request: HttpRequest, user: User) -> None:
    """Signs in under a fresh session key, so that a planted one is worth nothing."""
    login(request, user)
    request.session[SINCE] = request.session[SEEN] = time.time()


def signed_in(request: HttpRequest) -> User | None:
    """The user of a session that is still fresh; a stale one is ended here."""
    if not isinstance(request.user, User):
        return None
    if not is_fresh(request.session):
        request.session.flush()
        return None
    if time.time() - request.session[SEEN] > COARSE:
        request.session[SEEN] = time.time()
    return request.user


def is_fresh(session: SessionBase | dict[str, Any]) -> bool:
    now = time.time()
    since, seen = float(session.get(SINCE, 0)), float(session.get(SEEN, 0))
    return now - since < ABSOLUTE and now - seen < IDLE


def users_of(keys: Collection[str]) -> dict[str, User]:
    """Who is signed in, for all sockets of a process at once: a page that is open is somebody who is there, like one that polls."""
    possible = [key for key in keys if SessionStore.is_possible(key)]
    rows = SessionStore.get_model_class().objects.filter(session_key__in=possible, expire_date__gt=timezone.now())
    held = {row.session_key: (row, said) for row in rows if is_fresh(said := row.get_decoded())}
    users = User.objects.filter(is_active=True).in_bulk({int(said.get(SESSION_KEY, 0)) for _, said in held.values()})
    found = {key: users.get(int(said.get(SESSION_KEY, 0))) for key, (_, said) in held.items()}
    good = {key: user for key, user in found.items() if user and _unchanged(user, held[key][1].get(HASH_SESSION_KEY, ""))}
    _note([held[key] for key in good])
    return good


def _note(held: list[tuple[Any, dict[str, Any]]]) -> None:
    """Who has signed out at this very moment has no row, and none comes back."""
    now, late = time.time(), []
    for row, said in held:
        if now - said[SEEN] > COARSE:
            row.session_data = SessionStore().encode({**said, SEEN: now})
            late.append(row)
    if late:
        SessionStore.get_model_class().objects.bulk_update(late, ["session_data"])


def _unchanged(user: User, known: str) -> bool:
    """A new password ends the sessions that were opened with the old one."""
    return any(constant_time_compare(known, good) for good in (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()))
