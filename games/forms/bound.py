"""What is asked, with what was typed and what is wrong with it: all that a template needs to draw a field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from games.fairness.traffic import FRENCH_WEEK
from games.forms.described import Ask
from games.mechanic.form import Form


def worded(text: str) -> str:
    return _(text) if text else ""


@dataclass(frozen=True)
class Bound:
    ask: Ask
    path: str
    value: Any
    errors: Mapping[str, str]

    @property
    def template(self) -> str:
        return f"games/console/form/{self.ask.kind}.html"

    @property
    def key(self) -> str:
        """As the id of an element."""
        return self.path.replace(".", "-")

    @property
    def label(self) -> str:
        return worded(self.ask.said.label)

    @property
    def help(self) -> str:
        return worded(self.ask.said.help)

    @property
    def add(self) -> str:
        return worded(self.ask.said.add) or _("Add")

    @property
    def one(self) -> str:
        return worded(self.ask.said.one) or self.label

    @property
    def error(self) -> str:
        return self.errors.get(self.path, "")

    @property
    def text(self) -> str:
        return "" if self.value is None or isinstance(self.value, list | dict) else str(self.value)

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(value, worded(label), value == self.value) for value, label in self.ask.choices]

    @property
    def digits(self) -> int:
        """How wide a number is at most."""
        return max(3, len(str(int(self.ask.high)))) if self.ask.high is not None else 8

    @property
    def items(self) -> list["Item"]:
        blocks = self.value if isinstance(self.value, list) else []
        return [Item(self, place, fields(self.ask.fields, each, self.errors, f"{self.path}.{place}")) for place, each in enumerate(blocks)]

    @property
    def is_full(self) -> bool:
        return self.ask.longest is not None and len(self.items) >= self.ask.longest

    @property
    def on(self) -> bool:
        return isinstance(self.value, Mapping)

    @property
    def fields(self) -> list["Bound"]:
        return fields(self.ask.fields, self.value or {}, self.errors, self.path)

    @property
    def branches(self) -> list[tuple[str, str, bool, list["Bound"]]]:
        value = self.value if isinstance(self.value, Mapping) else {}
        chosen = value.get(self.ask.tag)
        return [
            (tag, worded(label), tag == chosen, fields(parts, value if tag == chosen else {}, self.errors, self.path))
            for tag, label, parts in self.ask.branches
        ]

    @property
    def drawn(self) -> bool:
        return isinstance(self.value, list)

    @property
    def week(self) -> str:
        return ",".join(str(each) for each in (self.value if self.drawn else FRENCH_WEEK))


@dataclass(frozen=True)
class Item:
    """One block of a list."""

    of: Bound
    place: int
    fields: list[Bound]

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def path(self) -> str:
        return f"{self.of.path}.{self.place}"

    @property
    def key(self) -> str:
        return self.path.replace(".", "-")

    @property
    def is_first(self) -> bool:
        return self.place == 0

    @property
    def is_last(self) -> bool:
        return self.number == len(self.of.value)


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    fields: list[Bound]
    folded: bool


def fields(asks: Sequence[Ask], typed: Mapping[str, Any], errors: Mapping[str, str], path: str) -> list[Bound]:
    """What is not asked is not drawn."""
    return [Bound(ask, f"{path}.{ask.name}", typed.get(ask.name, ask.default), errors) for ask in asks if ask.kind != "given"]


def sections(form: Form, asks: Sequence[Ask], typed: Mapping[str, Any], errors: Mapping[str, str]) -> list[Section]:
    """The groups in their order; what names none comes last."""
    bound = fields(asks, typed, errors, "settings")
    found = []
    for group in form.groups:
        own = [each for each in bound if each.ask.said.group == group.name]
        if own:
            wrong = any(path == each.path or path.startswith(f"{each.path}.") for each in own for path in errors)
            found.append(Section(group.name, worded(group.title), own, group.more and not wrong))
    named = {group.name for group in form.groups}
    rest = [each for each in bound if each.ask.said.group not in named]
    return [*found, Section("more", _("More"), rest, False)] if rest else found
