"""`make check`: everything that can be said about the code without running its tests. One word picks a step: `-m tools.check types`."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.console import paint, step

BIN = Path(sys.executable).parent
PYTHON = sys.executable
DEMO = {"DEMO": "1", "VAR_DIR": "var/check"}

STEPS: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "--diff", "."],
    "lint": [str(BIN / "ruff"), "check", "--quiet", "--output-format=concise", "."],
    "types": [PYTHON, "-m", "mypy"],
    "contracts": [str(BIN / "lint-imports"), "--no-logo"],
    "scripts": [str(BIN / "oxlint"), "--deny-warnings", "--quiet", "."],
    "django": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "-m", "tools.messages", "check"],
    "protocol": [PYTHON, "-m", "tools.protocol", "--check"],
    "lengths": [PYTHON, "-m", "tools.lengths"],
}


def main(*names: str) -> int:
    failed = [name for name in names or STEPS if not step(name, STEPS[name], DEMO)]
    print(paint(f"make check: {', '.join(failed)} failed", "red") if failed else paint("make check: all is well", "green"))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
