"""How the settings of a mechanic are asked for: words, groups and order of its fields, never markup (decision 53).

A field is named by its path in the settings: `prizes`, `prizes.label`. Kinds follow from the types; a declaration says more
only where a type cannot: `id` is made from what its neighbours say, `week` is a weight for each hour of a week, `given` comes
from elsewhere (the tenant's zone, an import) and is not asked.
"""

from collections.abc import Mapping
from typing import Any

import msgspec


class Group(msgspec.Struct, frozen=True):
    name: str
    title: str
    more: bool = False  # folded at first: the usual game needs none of it


class Field(msgspec.Struct, frozen=True):
    """Label, help and what else is words are marked for translation where they are declared."""

    label: str = ""
    help: str = ""
    group: str = ""
    kind: str = ""
    choices: Mapping[str, str] = {}  # by value, or by tag of a union
    one: str = ""  # what one of a list is called; for a block that may be left out, the word on its switch
    add: str = ""  # on the button that adds one
    wide: bool = False


class Form(msgspec.Struct, frozen=True):
    pitch: str = ""  # what this game is, in a sentence
    groups: tuple[Group, ...] = ()
    fields: Mapping[str, Field] = {}
    start: Mapping[str, Any] = {}  # settings of a new draft; texts in them are marked for translation
    refusals: Mapping[str, str] = {}  # what the rules say of settings that do not go together, and how people are told
