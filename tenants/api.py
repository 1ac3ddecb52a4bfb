"""REST: an API token for e-mail and password, and the `Bearer` that other routers ask for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status
from ninja.security import HttpBearer

from tenants import access, scope, tokens
from tenants.models.member import Member
from tenants.models.token import ApiToken
from tenants.signin import Refused, sign_in
from tenants.views import sentence

router = Router(tags=["tokens"])

STATUS = {"wrong": 401, "too_many": 429, "busy": 503}


class Credentials(Schema):
    email: str = Field(max_length=254)
    password: str = Field(max_length=1024)
    tenant: str | None = Field(default=None, max_length=60)  # its slug; needed by who is a member of several
    name: str = Field(default="", max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")  # to tell it from others in a list
    scopes: list[tokens.Scope] = Field(default=[], max_length=len(tokens.Scope))  # none: all that the member may do


class Secret(Schema):
    token: str


class Problem(Schema):
    code: str
    message: str


class Failure(Schema):
    error: Problem


@router.post("/tokens", response={201: Secret, frozenset({400, 401, 403, 429, 503}): Failure}, auth=None)
def make_token(request: HttpRequest, response: HttpResponse, body: Credentials) -> Status[dict[str, Any]]:
    """Sign in and get a token for `Authorization: Bearer`; it is shown this once."""
    try:
        user = sign_in(request, body.email, body.password)
    except Refused as refused:
        if refused.wait:
            response["Retry-After"] = str(int(refused.wait) + 1)
        return Status(STATUS[refused.code], failure(refused.code, sentence(refused)))
    members = [member for member in access.memberships(user) if body.tenant in (None, member.tenant.slug)]
    if not members:
        return Status(403, failure("no_tenant", _("This account has no such space.")))
    if len(members) > 1:
        return Status(400, failure("which_tenant", _("This account has several spaces: name one as “tenant”.")))
    with scope.tenant(members[0].tenant_id):
        _token, secret = ApiToken.issue(user, name=body.name.strip(), scopes=sorted(set(body.scopes)))
    return Status(201, {"token": secret})


def failure(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


class OutOfScope(Exception):
    """A good token that was made for something else."""


class Bearer(HttpBearer):
    """Sets `request.tenant`, `request.member` and `request.token`; the operation opens the scope. Raises OutOfScope."""

    def __init__(self, wanted: tokens.Scope | None = None) -> None:
        super().__init__()
        self.wanted = wanted

    def authenticate(self, request: HttpRequest, token: str) -> Member | None:
        found = tokens.read(token)
        if found is None:
            return None
        row, member = found
        if self.wanted and not tokens.Holder(member.role, row.scopes).may(self.wanted):
            raise OutOfScope
        request.tenant, request.member, request.token = member.tenant, member, row  # type: ignore[attr-defined]
        return member
