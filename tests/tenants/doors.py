"""Addresses for these tests alone: the package's own, and a few guarded doors."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.urls import include, path
from django.utils.translation import get_language

from tenants import scope
from tenants.access import MemberRequest, member_required
from tenants.api import Bearer, router
from tenants.interface import Interface
from tenants.models import Contact
from tenants.tokens import Scope

LOGIN = "/console/login/"
GOOD = {"email": "owner@demo.test", "password": "so-buzz-demo"}
WRONG = {**GOOD, "password": "not-the-password"}

api = Interface(urls_namespace="tenants-test", docs_url=None)
api.add_router("", router)


@api.get("/contacts", auth=Bearer())
def contacts_of_token(request: MemberRequest) -> list[str]:
    with scope.tenant(request.tenant.pk):
        return [contact.email for contact in Contact.objects.all()]


@api.get("/numbers", auth=Bearer(Scope.WATCH))
def numbers_of_token(request: MemberRequest) -> list[int]:
    return [1]


@member_required()
def anyone(request: MemberRequest) -> HttpResponse:
    return JsonResponse(
        {"tenant": request.tenant.slug, "role": request.member.role, "contacts": [row.email for row in Contact.objects.all()]}
    )


@member_required("editor")
def editors(request: MemberRequest) -> HttpResponse:
    return HttpResponse("in")


@member_required()
def lazy(request: MemberRequest) -> SimpleTemplateResponse:
    template = engines["django"].from_string("{% for row in rows %}{{ row.email }}{% endfor %}")
    return SimpleTemplateResponse(template, {"rows": Contact.objects.all()})


def echo(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse(f"{request.get_host()} {get_language()}")


urlpatterns = [
    path("", include("tenants.urls")),
    path("api/v1/", api.urls),
    path("console/", anyone),
    path("console/editors/", editors),
    path("console/lazy/", lazy),
    path("t/<slug:tenant>/", echo),
    path("api/v1/t/<slug:tenant>/echo", echo),
    path("echo/", echo),
]
