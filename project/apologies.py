"""What is said when the platform itself cannot: no room at the gate, no database, a mistake of ours.

Without a template and without a query: there may be neither the time nor the means for one. The interface answers in its own shape.
"""

import random
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from tenants import language
from tenants.api import failure


def full(request: HttpRequest) -> HttpResponse:
    with speaking(request):
        return later(request, _("Very many people are here right now. Try again in a few seconds."))


def too_large(request: HttpRequest) -> HttpResponse:
    with speaking(request):
        return say(request, 413, "too_large", _("That is more than can be sent at once."))


def failed(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: called while the exception is being handled."""
    with speaking(request):
        if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
            return later(request, _("Our database does not answer right now. Try again in a few seconds."))
        return say(request, 500, "internal", _("That failed on our side. Try again in a moment."))


def later(request: HttpRequest, sentence: str) -> HttpResponse:
    """With a time that differs, so that those who come back do not come back together."""
    wait = str(random.randint(2, 5))  # noqa: S311
    answer = say(request, 503, "busy", sentence)
    answer["Retry-After"] = wait
    if request.method == "GET":
        answer["Refresh"] = wait  # a page comes by itself
    return answer


def say(request: HttpRequest, status: int, code: str, sentence: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(failure(code, sentence), status=status)
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def speaking(request: HttpRequest) -> translation.override:
    return translation.override(language.chosen(None, request.COOKIES, request.headers.get("Accept-Language", "")))
