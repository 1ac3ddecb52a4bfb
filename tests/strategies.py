"""Makes examples of any struct from its declared types and bounds: settings, commands, events."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

FEW = 20  # a longer list repeats the few items that were drawn


def instances(struct: type, most: int | None = None) -> st.SearchStrategy[Any]:
    """Valid ones only. `most` keeps whole numbers within that much of their least: a prize of a million units makes a slow test."""
    return fields(struct, most).map(lambda found: made(found, struct)).filter(lambda found: found is not None)


def fields(struct: type, most: int | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """As they come from outside: right by type and bound, not yet judged as a whole."""
    return of(inspect.type_info(struct), most)


def made(found: dict[str, Any], struct: type) -> Any:
    try:
        return msgspec.convert(found, struct)
    except msgspec.ValidationError:
        return None


def of(kind: inspect.Type, most: int | None = None) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.Metadata(type=inner, extra_json_schema={"examples": examples}):
            return st.sampled_from(examples)
        case inspect.Metadata(type=inner):
            return of(inner, most)
        case inspect.StructType():
            return struct_of(kind, most)
        case inspect.UnionType(types=types):
            return st.one_of(*(of(each, most) for each in types))
        case inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case inspect.NoneType():
            return st.none()
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType():
            return whole(kind, most)
        case inspect.FloatType():
            return number(kind)
        case inspect.StrType():
            return text(kind)
        case inspect.ListType(item_type=item, min_length=least, max_length=longest):
            return several(of(item, most), least or 0, longest)
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(of(key, most), of(value, most), max_size=5)
        case inspect.TupleType(item_types=items):
            return st.tuples(*(of(item, most) for item in items)).map(list)
    raise NotImplementedError(f"no examples of {kind}")


def struct_of(kind: inspect.StructType, most: int | None) -> st.SearchStrategy[dict[str, Any]]:
    """What has a default may be left out, or given."""
    asked = {field.encode_name: of(field.type, most) for field in kind.fields if field.required}
    optional = {field.encode_name: of(field.type, most) for field in kind.fields if not field.required}
    tag = {} if kind.tag is None else {kind.tag_field: st.just(kind.tag)}
    return st.fixed_dictionaries({**tag, **asked}, optional=optional)


def whole(kind: inspect.IntType, most: int | None) -> st.SearchStrategy[int]:
    low = kind.ge if kind.ge is not None else (-(2**53) if kind.gt is None else kind.gt + 1)
    high = kind.le if kind.le is not None else (2**53 if kind.lt is None else kind.lt - 1)
    return st.integers(low, high if most is None else min(high, low + most))


def number(kind: inspect.FloatType) -> st.SearchStrategy[float]:
    low, high = kind.gt if kind.ge is None else kind.ge, kind.lt if kind.le is None else kind.le
    return st.floats(low, high, exclude_min=kind.gt is not None, exclude_max=kind.lt is not None, allow_nan=False, allow_infinity=False)


def text(kind: inspect.StrType) -> st.SearchStrategy[str]:
    if kind.pattern:
        return st.from_regex(kind.pattern, fullmatch=True)
    longest = 20 if kind.max_length is None else min(20, kind.max_length)
    return st.text(st.characters(exclude_categories=["Cs"]), min_size=kind.min_length or 0, max_size=longest)


def several(item: st.SearchStrategy[Any], least: int, longest: int | None) -> st.SearchStrategy[list[Any]]:
    if least > FEW:
        return st.lists(item, min_size=1, max_size=FEW).map(lambda drawn: (drawn * least)[:least])
    return st.lists(item, min_size=least, max_size=max(least, min(5, 5 if longest is None else longest)))
