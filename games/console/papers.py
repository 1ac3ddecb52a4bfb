"""Rules and poster of a game: what no setting says of the rules, and the ways to both papers."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from games.console.page import find, show
from games.papers import versions
from games.papers.facts import Details
from tenants.access import MemberRequest, may, member_required
from tenants.models.member import Role

EDITORS = (Role.EDITOR,)  # and owners, always
LINES = forms.Textarea(attrs={"rows": 5, "class": "input"})


class DetailsForm(forms.Form):
    organiser = forms.CharField(label=_("Legal name"), max_length=200, required=False)
    address = forms.CharField(label=_("Postal address"), max_length=200, required=False)
    contact = forms.CharField(
        label=_("Contact for players"), max_length=200, required=False, help_text=_("An e-mail address or a telephone number.")
    )
    claim_days = forms.IntegerField(label=_("Days to ask for a prize"), min_value=1, max_value=90)
    kept_months = forms.IntegerField(label=_("Months that data are kept after the end"), min_value=1, max_value=36)
    fr = forms.CharField(
        label=_("Additions in French"),
        max_length=4000,
        required=False,
        widget=LINES,
        help_text=_("A paragraph a line. They come after everything else and replace nothing."),
    )
    en = forms.CharField(label=_("Additions in English"), max_length=4000, required=False, widget=LINES)

    def details(self) -> Details:
        given = dict(self.cleaned_data)
        additions = {language: text for language in versions.LANGUAGES if (text := given.pop(language))}
        return Details(**given, additions=additions)


def form_of(details: Details, data: Any = None) -> DetailsForm:
    initial = {name: getattr(details, name) for name in ("organiser", "address", "contact", "claim_days", "kept_months")}
    form = DetailsForm(data, initial={**initial, **details.additions}, label_suffix="")
    for field in form.fields.values():
        field.widget.attrs.setdefault("class", "input")
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required()
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    asked, game = cast(MemberRequest, request), find(public_id)
    edits = may(asked.member, EDITORS)
    if request.method == "POST" and not edits:
        raise PermissionDenied
    last = versions.latest(game)
    form = form_of(versions.inherited(game, last), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        versions.keep(game, form.details())
        return redirect(request.path)
    return show(asked, "games/console/papers.html", {"game": game, "last": last, "form": form, "edits": edits})
