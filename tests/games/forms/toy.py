"""A mechanic with one field of each kind: no game, only settings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from games.mechanic import Count, Mechanic, Slug, Text
from games.mechanic.form import Field, Form, Group


class Photo(msgspec.Struct, frozen=True, tag="photo"):
    caption: Text


class Number(msgspec.Struct, frozen=True, tag="number"):
    about: Annotated[float, msgspec.Meta(ge=0.5, le=9.5)]


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Slug
    label: Text
    stock: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    level: Literal["easy", "hard"] = "easy"


class Toy(Mechanic[Any, Any, Any], frozen=True):
    form = Form(
        groups=(Group("main", "Main"),),
        fields={
            "items": Field("Items", group="main", one="Item"),
            "items.id": Field("Short name", kind="id"),
            "items.label": Field("Label"),
            "items.stock": Field("How many"),
            "items.level": Field("Level", choices={"easy": "Easy", "hard": "Hard"}),
            "question": Field("Question", choices={"photo": "A photo", "number": "A number"}),
            "question.caption": Field("Caption"),
            "question.about": Field("About"),
            "extra": Field("Extra", one="There is more"),
            "extra.id": Field("Short name", kind="id"),
            "extra.label": Field("Label"),
            "extra.stock": Field("How many"),
            "extra.level": Field("Level"),
            "week": Field("Week", kind="week"),
            "secret": Field("Secret", kind="given"),
        },
    )

    items: Annotated[list[Item], msgspec.Meta(min_length=1, max_length=3)]
    question: Photo | Number
    extra: Item | None = None
    week: Annotated[list[Count], msgspec.Meta(min_length=168, max_length=168)] | None = None
    most: Count | None = None
    loud: bool = False
    story: Annotated[str, msgspec.Meta(max_length=400)] = ""
    secret: str = "kept"

    def __post_init__(self) -> None:
        if self.loud and not self.most:
            raise ValueError("What is loud needs a limit.")
