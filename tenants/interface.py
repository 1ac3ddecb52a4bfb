"""The REST interface refuses in one shape, whoever noticed what is wrong: a view, the schema of a body, or the door."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from tenants.api import OutOfScope, failure


class Interface(NinjaAPI):
    def set_default_exception_handlers(self) -> None:
        super().set_default_exception_handlers()
        self.add_exception_handler(ValidationError, self.unfit)  # type: ignore[arg-type]
        self.add_exception_handler(HttpError, self.refused)  # type: ignore[arg-type]
        self.add_exception_handler(OutOfScope, self.out_of_scope)  # type: ignore[arg-type]
        self.add_exception_handler(Http404, self.nowhere)  # type: ignore[arg-type]

    def unfit(self, request: HttpRequest, error: ValidationError) -> HttpResponse:
        """The first field that does not fit: who mends that one hears of the next."""
        first = error.errors[0]
        return self.say(request, 400, "bad_request", sentence(field(first["loc"]), first["type"]))

    def refused(self, request: HttpRequest, error: HttpError) -> HttpResponse:
        if error.status_code == 401:
            return self.say(request, 401, "not_signed_in", _("Show a valid token of the API: “Authorization: Bearer …”."))
        return self.say(request, error.status_code, "bad_request", sentence("", ""))

    def out_of_scope(self, request: HttpRequest, error: OutOfScope) -> HttpResponse:
        return self.say(request, 403, "out_of_scope", _("This token was not made for that."))

    def nowhere(self, request: HttpRequest, error: Http404) -> HttpResponse:
        return self.say(request, 404, "not_found", _("There is nothing at this address."))

    def say(self, request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
        return self.create_response(request, failure(code, message), status=status)


def field(place: Sequence[Any]) -> str:
    """`consents.0.purpose`: without where it was sent and what our own code calls it."""
    return ".".join(str(part) for part in place[2:])


def sentence(name: str, kind: str) -> str:
    if not name:
        return _("The body of this request is not the JSON object that is expected here.")
    if kind == "missing":
        return _("The field “%(name)s” is missing.") % {"name": name}
    return _("The field “%(name)s” has a value that does not fit: wrong kind, too long, or with signs that are not allowed.") % {
        "name": name
    }
