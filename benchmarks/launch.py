"""`manage.py` for a benchmark: the same platform, with the limits for one socket lifted, since a bench player is quicker than a finger.

`python -m benchmarks.launch serve --port 8001`. With PROFILE=file it writes what the loop did from SIGUSR1 to its end.
"""

from __future__ import annotations

import atexit
import cProfile
import os
import signal
import sys
import time

from games import limits

LIFTED = 1e9


def lift() -> None:
    """The limiter stays in the path and costs what it costs; it only never says no."""
    if limits.Bucket.__init__.__defaults__ != (10, 20, time.monotonic) or not isinstance(limits.MOST_OPEN, int):
        sys.exit("The limits for one socket look different now: benchmarks/launch.py has to follow games/limits.py.")
    limits.Bucket.__init__.__defaults__ = (LIFTED, LIFTED, time.monotonic)
    limits.MOST_OPEN = 1_000_000


def profile(file: str) -> None:
    """Of the main thread, which is the loop's; the store's threads are for a sampling profiler."""
    profiler = cProfile.Profile()
    atexit.register(profiler.dump_stats, file)
    signal.signal(signal.SIGUSR1, lambda *_: profiler.enable())


if __name__ == "__main__":
    lift()
    if "PROFILE" in os.environ:
        profile(os.environ["PROFILE"])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", *sys.argv[1:]])
