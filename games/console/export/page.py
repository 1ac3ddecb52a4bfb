"""What can be taken away of a game, who took it, and the files themselves."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from games.console.export.forms import FORMS, Layout
from games.console.export.sending import SENDER
from games.console.export.table import Column, Pages, Table
from games.console.export.tables import TABLES
from games.console.frame import reads, show_tab
from games.console.page import find
from games.models import Export, Game
from games.pages.times import zone_words
from tenants.access import MemberRequest, member_required

LATEST = 20
TIMES = {"at", "joined_at", "since", "given_at"}  # their titles name the zone
SEPARATORS = {"fr": ";"}  # what a spreadsheet expects where the comma is the decimal sign


@require_safe
@never_cache
@member_required()
def page(request: MemberRequest, public_id: str) -> HttpResponse:
    game = find(public_id)
    taken = [(each, TABLES[each.table].title, FORMS[each.form].title) for each in latest(game) if each.table in TABLES]
    return show_tab(request, game, "export", {"tables": TABLES.values(), "forms": FORMS, "taken": taken})


def latest(game: Game) -> list[Export]:
    return list(Export.objects.filter(game=game).order_by("-pk")[:LATEST])


@require_safe
@never_cache
@member_required()
def download(request: MemberRequest, public_id: str) -> HttpResponseBase:
    table, form = TABLES.get(request.GET.get("table", "hours")), request.GET.get("form", "csv")
    if table is None or form not in FORMS:
        raise Http404
    game = find(public_id)
    if table.personal and not reads(request):
        raise PermissionDenied
    if SENDER.full:
        return busy(request)
    kept = Export.objects.create(game=game, user=request.user, who=str(request.user), table=table.name, form=form)
    pieces = FORMS[form].write(layout(table, request.tenant.zone), counted(table.pages(game), kept))
    response = StreamingHttpResponse(SENDER.send(game.tenant_id, pieces), content_type=FORMS[form].kind)
    response["Content-Disposition"] = f'attachment; filename="{game.slug}-{table.name}.{form}"'
    response["X-Accel-Buffering"] = "no"
    return response


def busy(request: MemberRequest) -> HttpResponse:
    response = render(request, "games/console/tabs/busy.html", status=503)
    response["Retry-After"] = "30"
    return response


def layout(table: Table, zone: str) -> Layout:
    titles = [titled(column, zone) for column in table.columns]
    separator = SEPARATORS.get(get_language() or "", ",")
    widths = [max(column.wide, len(title)) for column, title in zip(table.columns, titles, strict=True)]
    return Layout([column.key for column in table.columns], titles, widths, ZoneInfo(zone), separator)


def titled(column: Column, zone: str) -> str:
    return f"{column.title} ({zone_words(zone)})" if column.key in TIMES else str(column.title)


def counted(pages: Pages, kept: Export) -> Iterator[Any]:
    """The same pages; at their end it is noted how many rows they had."""
    rows = 0
    for some in pages:
        yield some
        rows += len(some)
    Export.objects.filter(pk=kept.pk).update(rows=rows)
