"""How the tools speak: a step with its outcome and time, colours on a terminal alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from project.words import ROOT

COLOURS = {"green": "32", "red": "31", "dim": "2", "bold": "1"}


def paint(text: str, colour: str) -> str:
    return f"\033[{COLOURS[colour]}m{text}\033[0m" if sys.stdout.isatty() and "NO_COLOR" not in os.environ else text


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Checks need settings, not a deployment: the demo's."""
    return {**os.environ, "PYTHONWARNINGS": "", **(extra or {})}


def step(name: str, command: Sequence[str], extra: Mapping[str, str] | None = None) -> bool:
    """Silent when all is well; shows what the command said when it is not."""
    print(f"{name:<14}", end="", flush=True)
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=environment(extra), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    word = paint("failed", "red") if done.returncode else paint("ok", "green")
    print(f"{word:<6} {time.monotonic() - begun:5.1f} s", flush=True)
    if done.returncode:
        print("    " + done.stdout.rstrip().replace("\n", "\n    "), flush=True)
    return done.returncode == 0
