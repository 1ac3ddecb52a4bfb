"""A connection whose server lends its wire: bytes go to the transport, those of one turn of the loop in one write; no task, no wait."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from realtime import turn
from realtime.audience import Write
from realtime.codec import Codec
from realtime.connection import TOO_SLOW, Connection
from realtime.framing import framed

Listen = Callable[[bytes, bool], Any]  # a message and whether it is binary -> what could not be done at once, if anything


class Wire(Protocol):
    """The server's side of the bargain."""

    def begin(self, listen: Listen, overflow: Callable[[], None], gone: Callable[[], None]) -> bool:
        """From now on bytes may be written, or false: the line is gone. `listen` is told messages, `overflow` that more waits than a
        reader who reads would leave, `gone` that nothing may be written any more."""

    @property
    def write(self) -> Write: ...

    def close(self, code: int) -> None: ...


class Direct(Connection):
    direct: Write
    drained = asyncio.Event()  # what is written is with the transport, which outlives us
    drained.set()

    def __init__(self, codec: Codec, wire: Wire, listen: Listen) -> None:
        super().__init__(codec)
        self.wire, self.direct = wire, wire.write
        self.pending: list[bytes] = []  # of this turn
        self.due = False  # to be flushed when the turn ends
        self.turn = turn.now()
        if not wire.begin(listen, self.drop, self.end):
            self.closing = TOO_SLOW

    def dressed(self, body: bytes) -> bytes:
        return framed(body, self.codec.binary)

    def put(self, frame: bytes) -> None:
        if self.closing is None:
            self.step_out()
            self.pending.append(frame)

    def hold(self) -> None:
        self.step_out()
        super().hold()

    def release(self, seq: int, at: int = 0) -> int:
        self.step_out()
        return super().release(seq, at)

    def step_out(self) -> None:
        """Until the turn ends, frames are counted one by one and in order."""
        if not self.due:
            self.due = True
            self.turn.join(self)
            if self.group:
                self.pending += self.group.step_out(self)

    def flush(self) -> None:
        """The turn ends: out with it, and back into the group."""
        self.due = False
        self.write()
        if self.group and self.held is None and self.closing is None:
            self.group.step_in(self)

    def write(self) -> None:
        pending, self.pending = self.pending, []
        if pending:
            self.direct(pending[0] if len(pending) == 1 else b"".join(pending))

    def finish(self, code: int) -> None:
        self.step_out()
        self.write()
        self.wire.close(code)

    def drop(self) -> None:
        self.step_out()
        self.pending = []
        super().drop()

    def end(self) -> None:
        super().end()
        self.step_out()
        self.pending = []
