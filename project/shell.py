"""The command line: what one can do with it, in the order in which one comes to it, then Django's own commands."""

import textwrap
from collections import defaultdict
from collections.abc import Iterator

from django.core.management import ManagementUtility, get_commands, load_command_class

GROUPS = {
    "Run it": ("up", "serve", "engine", "qcluster"),
    "See whether it is well": ("doctor", "check_invariants", "sync_schedules"),
    "Try it out": ("demo", "crowd"),
    "Check what it claims": ("verify",),
}
STEPS = {
    "DEMO=1 manage.py up": "the demo on http://127.0.0.1:8000, with its people and their password; the same as `make run`",
    "DEMO=1 manage.py crowd": "a hundred players more, while it runs",
    "manage.py doctor --at-rest": "before the first start for real: what is to be set, and what is missing",
    "manage.py up": "for real, in one process tree; `serve`, `engine` and `qcluster` are its parts",
    "manage.py COMMAND --help": "what a command is for, with examples",
}
WIDTH = 118


class Shell(ManagementUtility):
    """Django's, with another list."""

    def main_help_text(self, commands_only: bool = False) -> str:
        if commands_only or self.settings_exception is not None:
            return super().main_help_text(commands_only)
        return "\n".join(["So-Buzz: live promotional games.", "", *rows("First steps", STEPS), *ours(), *djangos()])


def ours() -> Iterator[str]:
    apps = get_commands()
    for wish, names in GROUPS.items():
        yield from rows(wish, {name: load_command_class(apps[name], name).help for name in names})


def djangos() -> Iterator[str]:
    """By the application that brings them, without what they do: Django's own pages say that."""
    found = defaultdict(list)
    for name, app in sorted(get_commands().items()):
        if not any(name in names for names in GROUPS.values()):
            found[app.rpartition(".")[2].replace("core", "django")].append(name)
    yield "Django's own"
    for app in sorted(found):
        yield textwrap.fill(", ".join(found[app]), WIDTH, initial_indent=f"  {app:<17}", subsequent_indent=" " * 19)


def rows(title: str, said: dict[str, str]) -> Iterator[str]:
    width = max(17, *(len(name) + 2 for name in said))
    yield title
    yield from (f"  {name:<{width}}{line}" for name, line in said.items())
    yield ""
