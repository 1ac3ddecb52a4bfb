"""`make soak`: the fault tests with their written counts for MINUTES minutes (default 10), at least one round, each round with another
seed; stops at the first failure. SOAK=0 keeps the short counts of `make test`, for many quick rounds. `ARGS="-k race"` goes to pytest.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time

from project.words import ROOT
from tools.console import paint


def rounds(seconds: float, arguments: list[str]) -> tuple[int, int]:
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end or number == 0:
        number += 1
        print(paint(f"--- round {number} ---", "bold"), flush=True)
        environment = {"SOAK": "1", **os.environ, "FAULT_SEED": str(number)}
        command = [sys.executable, "-m", "pytest", "-q", "-m", "fault", f"--hypothesis-seed={number}", *arguments]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if code:
            return number, code
    return number, 0


def main() -> int:
    number, code = rounds(float(os.environ.get("MINUTES", "10")) * 60, shlex.split(os.environ.get("ARGS", "")))
    if code == 5:
        print("There are no fault tests yet.")
        return 0
    print(paint(f"make soak: failed in round {number}", "red") if code else paint(f"make soak: {number} rounds held", "green"))
    return code


if __name__ == "__main__":
    sys.exit(main())
