"""A process of ours, started with some of its safeguards switched off or with a trap in it: `python -m tests.faults.start serve …`.

`SWITCHES=name,name:argument` says which; nothing of this is in the product.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django

django.setup()

from django.core.management import execute_from_command_line  # noqa: E402
from django.db import connections  # noqa: E402

from tests.faults import square, stock, switches  # noqa: E402


def main(arguments: list[str]) -> None:
    square.register()
    for switch in filter(None, os.environ.get("SWITCHES", "").split(",")):
        name, _, argument = switch.partition(":")
        getattr(switches, name)(*filter(None, [argument]))
    if arguments[:1] == ["stock"]:
        stock.make(arguments[1])
        connections.close_all()
    else:
        execute_from_command_line(["manage.py", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
