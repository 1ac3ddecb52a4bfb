"""How a file is sent while it is made: on a thread of its own, away from those that answer pages, and at the reader's pace.

Nothing is kept on a server, so nothing has to be found, swept or erased later. A piece is asked for when the one before has gone
out; a page of rows is a query of its own, so no transaction stands open while somebody's line is slow.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator

from games.store.threads import Threads

MOST = 4  # files at a time in one process, each with a connection to the database
PATIENCE = 600.0  # seconds for one piece; a sheet of a million rows is written in less


class Sender:
    def __init__(self, most: int = MOST) -> None:
        self.most, self.busy = most, 0

    @property
    def full(self) -> bool:
        return self.busy >= self.most

    async def send(self, tenant: int, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
        self.busy += 1
        threads = Threads(1)
        try:
            while (piece := await asyncio.wait_for(threads.run(tenant, next, pieces, None), PATIENCE)) is not None:
                if piece:
                    yield piece
        finally:
            self.busy -= 1
            await asyncio.to_thread(ended, threads, pieces)


def ended(threads: Threads, pieces: Iterator[bytes]) -> None:
    """Waits for the piece under way, then lets go of its file and of the connection: whoever hangs up leaves nothing behind."""
    threads.close()
    if close := getattr(pieces, "close", None):
        close()


SENDER = Sender()
