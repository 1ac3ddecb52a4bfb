"""Signing in and out of the console, and choosing the space to work in."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tenants import access, sessions
from tenants.forms import SignInForm
from tenants.models.user import User
from tenants.signin import Refused, remember, sign_in

STATUS = {"wrong": 422, "too_many": 429, "busy": 503}


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login_page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _try(request, SignInForm(request.POST))
    if sessions.signed_in(request):
        return redirect(target(request))
    return _page(request, SignInForm())


@require_POST
def logout_page(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("login")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_page(request: HttpRequest) -> HttpResponse:
    user = sessions.signed_in(request)
    if user is None:
        return redirect_to_login(request.get_full_path(), reverse("login"))
    members = access.memberships(user)
    wanted = request.POST.get("tenant")
    for member in members:
        if wanted == member.tenant.public_id:
            access.choose(request, member)
            return redirect(target(request))
    if not members and user.is_staff:
        return redirect("platform")
    return render(request, "tenants/choose.html", {"members": members, "next": target(request)})


def target(request: HttpRequest) -> str:
    """Where the visitor wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else str(settings.LOGIN_REDIRECT_URL)


def _try(request: HttpRequest, form: SignInForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        user = sign_in(request, form.cleaned_data["email"], form.cleaned_data["password"])
    except Refused as refused:
        return _refused(request, form, refused)
    return _entered(request, user)


def _entered(request: HttpRequest, user: User) -> HttpResponse:
    where = target(request)
    sessions.begin(request, user)
    members = access.memberships(user)
    if len(members) == 1:
        access.choose(request, members[0])
        response = redirect(where)
    else:
        response = redirect(f"{reverse('choose')}?{urlencode({'next': where})}")
    remember(request, response, user)
    return response


def _refused(request: HttpRequest, form: SignInForm, refused: Refused) -> HttpResponse:
    response = _page(request, form, status=STATUS[refused.code], problem=sentence(refused))
    if refused.wait:
        response["Retry-After"] = str(int(refused.wait) + 1)
    return response


def sentence(refused: Refused) -> str:
    """What to tell; the same for an account that exists and for one that does not."""
    if refused.code == "too_many":
        minutes = int(refused.wait // 60) + 1
        return ngettext("Too many tries. Try again in %(n)d minute.", "Too many tries. Try again in %(n)d minutes.", minutes) % {
            "n": minutes
        }
    if refused.code == "busy":
        return _("Many people are signing in right now. Try again in a few seconds.")
    return _("E-mail and password do not go together. Check both and try again.")


def _page(request: HttpRequest, form: SignInForm, status: int = 200, problem: str = "") -> HttpResponse:
    return render(request, "tenants/login.html", {"form": form, "next": target(request), "problem": problem}, status=status)
