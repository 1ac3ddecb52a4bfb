"""What every request passes: whose domain it came to, and in which language it will be answered.

Neither opens a scope: a view knows whose data it needs.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tenants import domains, language, origins

Next = Callable[[HttpRequest], HttpResponse]
YEAR = 365 * 86400


class Domains:
    """A tenant's verified domain serves that tenant's pages and nothing else (decision 45). Comes first: others ask for the host."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.META.get("HTTP_HOST", "")
        domain, _port = split_domain_port(host)
        found = None if not domain or origins.is_platform(domain) else domains.owner(domain)
        if found is None:
            return self.get_response(request)  # an unknown host is refused by Django itself
        if request.path_info == "/":
            return HttpResponseRedirect(f"/t/{found.slug}/")
        if not request.path_info.startswith(served(found.slug)):
            raise Http404
        request.get_host = lambda: host  # type: ignore[method-assign]  # it is allowed, though not in ALLOWED_HOSTS
        return self.get_response(request)


def served(slug: str) -> tuple[str, ...]:
    """The beginnings of the paths that a tenant's own domain answers."""
    return (f"/t/{slug}/", f"/api/v1/t/{slug}/", settings.STATIC_URL or "/static/")


class Language:
    """`?lang=` chooses and is remembered, else the cookie, else the browser's wish."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get(language.PARAMETER)
        code = language.chosen(wanted, request.COOKIES, request.headers.get("Accept-Language", ""))
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        if wanted == code:
            _remember(request, response, code)
        return response


def _remember(request: HttpRequest, response: HttpResponse, code: str) -> None:
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, secure=request.is_secure(), samesite="Lax")
