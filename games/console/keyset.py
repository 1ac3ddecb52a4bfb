"""A list in pages without counting it: a page begins behind the row that the last one ended with, however many come before."""

from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from games.console.live import number

M = TypeVar("M", bound=Model)

PAGE = 30


class Place(NamedTuple):
    """Where a page lies: behind a row, or before one; at the beginning when neither is said."""

    after: int | None = None
    before: int | None = None


def asked(given: QueryDict) -> Place:
    return Place(number(given.get("after")), number(given.get("before")))


class Page(NamedTuple):
    rows: list[Any]
    previous: int | None  # the row before which the previous page ends
    next: int | None  # the row behind which the next page begins


def page(whole: QuerySet[M], rows: QuerySet[M], order: tuple[str, ...], place: Place, size: int = PAGE) -> Page:
    """`rows` are those of `whole` that were asked for. `order` ends with what numbers each of them once; a minus turns a field around."""
    key = bare(order[-1])
    backwards = place.after is None and place.before is not None
    edge = place.before if backwards else place.after
    wanted = tuple(map(turned, order)) if backwards else order
    if edge is not None:
        found = whole.filter(**{key: edge}).values(*map(bare, order)).first()
        rows = rows.filter(behind(wanted, found)) if found else rows.none()
    some = list(rows.order_by(*wanted)[: size + 1])
    more, some = len(some) > size, some[:size]
    if backwards:
        some.reverse()
    first, last = (getattr(some[0], key), getattr(some[-1], key)) if some else (None, None)
    return Page(some, first if (more if backwards else edge is not None) else None, last if (backwards or more) else None)


def behind(order: tuple[str, ...], row: dict[str, Any]) -> Q:
    """What comes after this row: later in the first field, or equal in it and later in the next."""
    found = Q(pk__in=[])
    equal = Q()
    for field in order:
        name = bare(field)
        found |= equal & Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": row[name]})
        equal &= Q(**{name: row[name]})
    return found


def turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def bare(field: str) -> str:
    return field.removeprefix("-")
