"""What an exported table is: its columns, and its rows a page at a time, so that however many there are, few are in memory."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from django.utils.functional import Promise

from games.models import Game

STRIDE = 1000  # rows of a page

Row: TypeAlias = tuple[Any, ...]  # text, numbers, None, and datetimes with their zone
Pages: TypeAlias = Iterator[list[Row]]


class Column(NamedTuple):
    key: str  # for programs
    title: str | Promise  # for people
    wide: int = 12  # letters, in a sheet


class Table(NamedTuple):
    name: str
    title: str | Promise
    what: str | Promise
    icon: str
    columns: tuple[Column, ...]
    pages: Callable[[Game], Pages]
    personal: bool = True  # tells of single people: not for everybody
