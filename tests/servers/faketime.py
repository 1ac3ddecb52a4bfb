"""libfaketime: the time that a program sees is what a file says. Found, else installed, else named with the command that brings it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.servers import browser

PLACES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib*/faketime/libfaketimeMT.so.1", "/usr/local/lib/faketime/libfaketimeMT.so.1")
MISSING = "Clocks that jump need libfaketime. Debian: sudo apt-get install faketime"


def find() -> Path | None:
    return next((found for place in PLACES for found in Path("/").glob(place.lstrip("/"))), None)


def prepare() -> Path | None:
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        browser.apt_get(["faketime"])
    return find()


class Hands:
    """The hands of one clock: `jump(3600)` sets it an hour ahead of the right time."""

    def __init__(self, library: Path, file: Path, cached: bool = False) -> None:
        """`cached`: the program looks at the hands once a second, not each time; a program that asks often is slow without."""
        self.library, self.file, self.cached = library, file, cached
        self.jump(0)

    @property
    def environment(self) -> dict[str, str]:
        found = {"LD_PRELOAD": str(self.library), "FAKETIME_TIMESTAMP_FILE": str(self.file)}
        found |= {"FAKETIME_CACHE_DURATION": "1"} if self.cached else {"FAKETIME_NO_CACHE": "1"}
        return found | {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1"}

    def jump(self, seconds: float) -> None:
        fresh = self.file.with_suffix(".fresh")
        fresh.write_text(f"{seconds:+g}\n")
        fresh.chmod(0o644)
        fresh.replace(self.file)
