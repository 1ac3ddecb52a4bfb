"""Fields and their values in words: for what two people have typed differently, and for what is fixed for ever."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from games.forms.bound import worded
from games.forms.described import Ask
from games.pages import times

LONG = 60  # letters of a value that are shown


def called(asks: Sequence[Ask], path: str) -> str:
    """ "Prize 2: How many", for `prizes.1.stock`."""
    parts, words, here = path.split("."), [], asks
    while parts:
        ask = next((each for each in here if each.name == parts[0]), None)
        if ask is None:
            break
        parts = parts[1:]
        if ask.kind == "list" and parts:
            words.append(f"{worded(ask.said.one) or worded(ask.said.label)} {int(parts[0]) + 1}")
            parts = parts[1:]
        else:
            words.append(worded(ask.said.label))
        here = ask.fields or tuple(part for _, _, branch in ask.branches for part in branch)
    return _("{block}: {field}").format(block=words[0], field=words[-1]) if len(words) > 1 else "".join(words)


def written(ask: Ask | None, value: Any) -> str:
    """A value as people read it."""
    match value:
        case None | "":
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case int() | float():
            return times.number(int(value))
        case list():
            if ask and ask.kind == "week":
                return _("drawn by hand")
            return ngettext("{count} entry", "{count} entries", len(value)).format(count=len(value))
        case dict():
            return "; ".join(written(None, each) for each in value.values())
    if ask and ask.choices:
        return worded(dict(ask.choices).get(value, str(value)))
    text = str(value)
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def named(asks: Sequence[Ask], path: str) -> Ask | None:
    """The field of a path."""
    here, found = asks, None
    for part in path.split("."):
        if part.isdigit():
            continue
        found = next((each for each in here if each.name == part), None)
        if found is None:
            return None
        here = found.fields or tuple(each for _, _, branch in found.branches for each in branch)
    return found
