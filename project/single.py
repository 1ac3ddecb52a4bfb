"""One platform in one folder: two on the same SQLite file would fence each other out at every step."""

import fcntl
from pathlib import Path
from typing import IO


class AlreadyRuns(Exception):
    """Says where: the note that the other one left."""


def claim(folder: Path, note: str) -> IO[str]:
    """Holds the folder as long as the file is open; the system lets go when the process ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    held = (folder / "running").open("a+")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        with held:
            held.seek(0)
            raise AlreadyRuns(held.read().strip()) from None
    held.truncate(0)
    held.write(note)
    held.flush()
    return held
