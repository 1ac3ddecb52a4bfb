"""The sign-in with a password: same answer and same work whether or not the account exists.

Who has signed in before keeps a cookie for it, and tries from there are counted apart: a stranger who keeps an account
locked by guessing does not lock its owner out.
"""

import hashlib
import secrets
from collections.abc import Mapping

from django.contrib.auth import authenticate
from django.core import signing
from django.http import HttpRequest, HttpResponse

from tenants import address, throttle
from tenants.email import normalised
from tenants.hashers import TooBusy
from tenants.models.user import User

LONGEST_PASSWORD = 128
KNOWN = "known"
KNOWN_SALT = "sobuzz.known"
KNOWN_DAYS = 180


class Refused(Exception):
    """`wrong`, `too_many` or `busy`; `wait` in seconds where waiting helps."""

    def __init__(self, code: str, wait: float = 0) -> None:
        super().__init__(code)
        self.code, self.wait = code, wait


def sign_in(request: HttpRequest, email: str, password: str) -> User:
    """The user, or Refused. Opens no session: a page does that, the API makes a token."""
    tries = _counted(request, normalised(email))
    try:
        user = _judged(request, email, password)
    except TooBusy:
        _forgive(tries)
        raise Refused("busy", 5) from None
    _forgive(tries)
    return user


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Marks this browser as one that has signed in to this account."""
    known = _known(request.COOKIES)
    accounts = [name for name in known.get("accounts", []) if name != _digest(user.email)]
    value = {"browser": known.get("browser") or secrets.token_hex(8), "accounts": [*accounts, _digest(user.email)][-5:]}
    response.set_cookie(
        KNOWN,
        signing.dumps(value, salt=KNOWN_SALT),
        max_age=KNOWN_DAYS * 86400,
        path="/console/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _counted(request: HttpRequest, email: str) -> list[throttle.Try]:
    try:
        return [
            throttle.take(throttle.ADDRESS, address.of(request)),
            throttle.take(throttle.ACCOUNT, _subject(request, email)),
        ]
    except throttle.TooMany as full:
        raise Refused("too_many", full.wait) from None


def _judged(request: HttpRequest, email: str, password: str) -> User:
    if len(password) > LONGEST_PASSWORD or "\0" in email:
        raise Refused("wrong")
    user = authenticate(request, username=normalised(email), password=password)
    if not isinstance(user, User):
        raise Refused("wrong")
    return user


def _forgive(tries: list[throttle.Try]) -> None:
    for tried in tries:
        throttle.give_back(tried)


def _subject(request: HttpRequest, email: str) -> str:
    known = _known(request.COOKIES)
    return f"{email}\0{known['browser']}" if _digest(email) in known.get("accounts", []) else email


def _known(cookies: Mapping[str, str]) -> dict[str, list[str]]:
    try:
        found: dict[str, list[str]] = signing.loads(cookies.get(KNOWN, ""), salt=KNOWN_SALT, max_age=KNOWN_DAYS * 86400)
    except signing.BadSignature:
        return {}
    return found


def _digest(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()[:16]
