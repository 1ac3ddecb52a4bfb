"""The mails that the demo keeps instead of sending them (decision 55). Nowhere else is there such a page."""

import re
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

SHOWN = 100
BETWEEN = b"\n" + b"-" * 79 + b"\n"  # as Django's folder of mails has it
NAME = re.compile(r"(\d{8}-\d{6}-\d+)-(\d+)")
SEALED = {  # all directives of other pages fall
    **dict.fromkeys(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]),
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}

View = Callable[..., HttpResponse]

framing: Callable[[View], View] = csp_update({"frame-src": [SELF]})  # type: ignore[assignment]  # typed for views of one argument
sealing: Callable[[View], View] = csp_replace(SEALED)  # type: ignore[assignment]


class Kept(NamedTuple):
    name: str
    at: str
    to: str
    subject: str
    text: str
    html: str
    language: str


def demo_only(view: View) -> View:
    @wraps(view)
    def inside(request: HttpRequest, **more: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **more)

    return inside


@require_safe
@never_cache
@demo_only
def page(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    files = sorted(folder().glob("????????-??????-*.log"), reverse=True)[:SHOWN]
    mails = [kept(file.stem, place, part) for file in files for place, part in reversed(list(enumerate(parts(file))))]
    return render(request, "games/mailbox/list.html", {"mails": mails[:SHOWN]})


@require_safe
@never_cache
@demo_only
@framing
def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "games/mailbox/mail.html", {"mail": find(name), "frame": reverse("mail-html", args=[name])})


@require_safe
@never_cache
@demo_only
@xframe_options_sameorigin
@sealing
def html(request: HttpRequest, name: str) -> HttpResponse:
    """As a mail program shows it: no script, nothing fetched."""
    return HttpResponse(find(name).html)


def folder() -> Path:
    return Path(getattr(settings, "EMAIL_FILE_PATH", None) or settings.VAR_DIR / "mail")


def find(name: str) -> Kept:
    """Only names that we have made lead to a file."""
    named = NAME.fullmatch(name)
    file = folder() / f"{named[1]}.log" if named else None
    found = parts(file) if file and file.is_file() else []
    place = int(named[2]) if named else 0
    if place >= len(found):
        raise Http404
    return kept(name.rpartition("-")[0], place, found[place])


def parts(file: Path) -> list[bytes]:
    return [part for part in file.read_bytes().split(BETWEEN) if part.strip()]


def kept(stem: str, place: int, raw: bytes) -> Kept:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    at = datetime.strptime(stem[:15], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - the clock of this machine, as the file has it
    body = html_of(message)
    language = re.search(r'<html lang="([a-z]{2})"', body)
    words = str(message["To"]), str(message["Subject"]), content(message, "plain"), body
    return Kept(f"{stem}-{place}", f"{at:%d/%m %H:%M:%S}", *words, language[1] if language else "")


def content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).strip() if part else ""


def html_of(message: EmailMessage) -> str:
    return content(message, "html")
