"""A file that outgrows 200 lines becomes a folder; what may stay longer is listed here with its reason."""

from __future__ import annotations

import subprocess
import sys

from project.words import ROOT

LIMIT, LIMIT_OF_TESTS = 200, 250  # a suite may say all about its subject in one place
LONGER: dict[str, str] = {
    "games/fairness/verify.py": "ships as one stand-alone file that needs nothing but Python",
}


def sources() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py", "*.js"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split() if "/migrations/" not in name and (ROOT / name).exists()]


def allowed(name: str) -> int:
    return LIMIT_OF_TESTS if name.startswith("tests/") else LIMIT


def main() -> int:
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in sources()}
    over = {name: length for name, length in lengths.items() if length > allowed(name) and name not in LONGER}
    stale = [name for name in LONGER if lengths.get(name, 0) <= LIMIT]
    for name, length in sorted(over.items()):
        print(f"{name}: {length} lines, {allowed(name)} are allowed")
    for name in stale:
        print(f"{name}: listed in tools/lengths.py as longer, and is not")
    return bool(over or stale)


if __name__ == "__main__":
    sys.exit(main())
