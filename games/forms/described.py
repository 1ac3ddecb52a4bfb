"""From the declared fields of a mechanic to what is asked: kind, words, limits, blocks (decision 53)."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

import msgspec
from msgspec import inspect

from games.mechanic import Mechanic
from games.mechanic.form import Field, Form

Game: TypeAlias = type[Mechanic[Any, Any, Any]]
TEXTS_OVER = 200  # letters: a longer one gets several lines
PLAIN = {
    inspect.IntType: "whole",
    inspect.FloatType: "number",
    inspect.BoolType: "check",
    inspect.DateType: "date",
    inspect.DateTimeType: "moment",
}


class Ask(msgspec.Struct, frozen=True):
    """One thing that is asked. `kind`: text, long, whole, number, check, choice, date, moment; `list` of blocks, `block`, `union`;
    `id`, `week` and `given` as declared."""

    name: str
    kind: str
    said: Field
    declared: bool = True
    empty: bool = False  # may be left out
    required: bool = True  # has no value of its own
    default: Any = None
    low: float | None = None
    high: float | None = None
    least: int = 0
    longest: int | None = None
    pattern: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    fields: tuple["Ask", ...] = ()
    branches: tuple[tuple[str, str, tuple["Ask", ...]], ...] = ()  # of a union: tag, label, fields
    tag: str = ""  # of a union: the key of the tag


@cache
def described(mechanic: Game) -> tuple[Ask, ...]:
    found = inspect.type_info(mechanic)
    assert isinstance(found, inspect.StructType)
    return fields(found, mechanic.form, "")


def fields(struct: inspect.StructType, form: Form, path: str) -> tuple[Ask, ...]:
    """In the order of the declaration; what is not declared yet comes last, under its bare name."""
    order = {name: place for place, name in enumerate(form.fields)}
    asks = [field(each, form, f"{path}{each.name}") for each in struct.fields]
    return tuple(sorted(asks, key=lambda ask: order.get(f"{path}{ask.name}", len(order))))


def field(given: inspect.Field, form: Form, path: str) -> Ask:
    said = form.fields.get(path)
    kind, empty = bare(given.type)
    default = given.default if given.default is not msgspec.NODEFAULT else None
    ask = Ask(
        name=given.name,
        kind="",
        said=said or Field(label=given.name.replace("_", " ").capitalize()),
        declared=said is not None,
        empty=empty,
        required=given.required,
        default=default,
    )
    return typed(ask, kind, form, path)


def typed(ask: Ask, kind: inspect.Type, form: Form, path: str) -> Ask:
    more = msgspec.structs.replace
    if ask.said.kind:
        ask = more(ask, kind=ask.said.kind)
    match kind:
        case inspect.ListType(item_type=item) if ask.kind in ("week", "given"):
            return more(ask, least=kind.min_length or 0, longest=kind.max_length, **limits(bare(item)[0]))
        case inspect.ListType(item_type=inspect.StructType() as item):
            parts = fields(item, form, f"{path}.")
            return more(ask, kind="list", least=kind.min_length or 0, longest=kind.max_length, fields=parts)
        case inspect.StructType():
            return more(ask, kind=ask.kind or "block", fields=fields(kind, form, f"{path}."))
        case inspect.UnionType(types=types) if all(isinstance(each, inspect.StructType) for each in types):
            return union(ask, types, form, path)
        case inspect.LiteralType(values=values):
            chosen = tuple((str(value), ask.said.choices.get(str(value), str(value))) for value in values)
            return more(ask, kind=ask.kind or "choice", choices=chosen)
        case inspect.StrType():
            natural = "long" if (kind.max_length or 0) > TEXTS_OVER else "text"
            return more(ask, kind=ask.kind or natural, least=kind.min_length or 0, longest=kind.max_length, pattern=kind.pattern)
    natural = PLAIN.get(type(kind), "given")
    return more(ask, kind=ask.kind or natural, **limits(kind))


def union(ask: Ask, types: tuple[Any, ...], form: Form, path: str) -> Ask:
    branches = tuple((str(each.tag), ask.said.choices.get(str(each.tag), str(each.tag)), fields(each, form, f"{path}.")) for each in types)
    return msgspec.structs.replace(ask, kind=ask.kind or "union", branches=branches, tag=types[0].tag_field)


def bare(kind: inspect.Type) -> tuple[inspect.Type, bool]:
    """Without what is only said about it, and whether it may be None."""
    if isinstance(kind, inspect.Metadata):
        return bare(kind.type)
    if not isinstance(kind, inspect.UnionType):
        return kind, False
    types = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
    empty = len(types) < len(kind.types)
    if len(types) == 1:
        return bare(types[0])[0], empty
    return inspect.UnionType(tuple(bare(each)[0] for each in types)), empty


def limits(kind: inspect.Type) -> dict[str, Any]:
    """The lowest and the highest value that are allowed."""
    if not isinstance(kind, inspect.IntType | inspect.FloatType):
        return {}
    step = 1 if isinstance(kind, inspect.IntType) else 0
    low = kind.ge if kind.gt is None else kind.gt + step
    high = kind.le if kind.lt is None else kind.lt - step
    return {"low": low, "high": high}


def filled(asks: tuple[Ask, ...], settings: Mapping[str, Any]) -> dict[str, Any]:
    """As the form would send it: with the default of all that is asked and was left out."""
    found = dict(settings)
    for ask in asks:
        if ask.kind == "list":
            found[ask.name] = [filled(ask.fields, each) for each in found.get(ask.name, [])]
        elif ask.kind != "given":
            found.setdefault(ask.name, ask.default)
    return found


def undeclared(mechanic: Game) -> list[str]:
    """The paths of fields for which nobody has written words yet."""
    return [path for path, ask in walk(described(mechanic)) if not ask.declared or not ask.said.label]


def walk(asks: tuple[Ask, ...], path: str = "") -> list[tuple[str, Ask]]:
    found = []
    for ask in asks:
        found.append((f"{path}{ask.name}", ask))
        parts = ask.fields + tuple(part for _, _, branch in ask.branches for part in branch)
        found += walk(parts, f"{path}{ask.name}.")
    return found
