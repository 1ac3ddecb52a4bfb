"""How long a sign-in of the console lasts: 30 idle minutes, 12 hours in all."""

import time

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from tenants.models.user import User

IDLE = 30 * 60
ABSOLUTE = 12 * 3600
SINCE, SEEN = "since", "seen"
COARSE = 60  # seconds between two notes that someone is there: not a write for every page


class SessionStore(db.SessionStore):
    """Django's; but a key that cannot be one is not looked for, since PostgreSQL fails on some signs."""

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key and key.isascii() and key.isalnum() and super()._validate_session_key(key))  # type: ignore[misc]


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


def is_fresh(session: SessionBase) -> bool:
    now = time.time()
    since, seen = float(session.get(SINCE, 0)), float(session.get(SEEN, 0))
    return now - since < ABSOLUTE and now - seen < IDLE


def user_of(session_key: str | None) -> User | None:
    """The same for a socket, which shows its cookie at each beat: a page that is open is somebody who is there, like one that polls."""
    if not session_key:
        return None
    session = SessionStore(session_key)
    if not is_fresh(session):
        return None
    user = User.objects.filter(pk=session.get(SESSION_KEY, 0), is_active=True).first()
    if user is None or not _unchanged(user, session.get(HASH_SESSION_KEY, "")):
        return None
    return user if _noted(session) else None


def _noted(session: SessionBase) -> bool:
    """False for who has signed out at this very moment: his session does not come back."""
    if time.time() - session[SEEN] <= COARSE:
        return True
    session[SEEN] = time.time()
    try:
        session.save()
    except UpdateError:
        return False
    return True


def _unchanged(user: User, known: str) -> bool:
    """A new password ends the sessions that were opened with the old one."""
    return any(constant_time_compare(known, good) for good in (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()))
