"""A line between two programs that can be cut, held and refused. Runs in a thread of its own, so that also a test that waits has it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from tests.servers import process

Cut = Callable[[bytes], bool]  # whether the line ends before these bytes reach the client


def never(data: bytes) -> bool:
    return False


class Proxy:
    def __init__(self, target: int, cut: Cut = never) -> None:
        self.target, self.cut = target, cut
        self.port = process.free_port()
        self.cuts = 0
        self.lines: set[asyncio.StreamWriter] = set()
        self.refusing = False
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self) -> Proxy:
        self.thread.start()
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.server = self.call(asyncio.start_server(self.serve, "127.0.0.1", self.port, limit=2**20))
        return self

    def __exit__(self, *_: object) -> None:
        self.server.close()
        self.loop.call_soon_threadsafe(self.abort)
        self.call(asyncio.sleep(0.05))
        self.call(self.end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def end(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def call(self, job):
        return asyncio.run_coroutine_threadsafe(job, self.loop).result(10)

    # What a test may do

    def refuse(self) -> None:
        """All lines end, new ones end at once."""
        self.refusing = True
        self.loop.call_soon_threadsafe(self.abort)

    def hold(self) -> None:
        """Nothing passes; nobody is told."""
        self.loop.call_soon_threadsafe(self.flowing.clear)

    def go_on(self) -> None:
        self.refusing = False
        self.loop.call_soon_threadsafe(self.flowing.set)

    # Inside

    def abort(self) -> None:
        for line in list(self.lines):
            line.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refusing:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target, limit=2**20)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, far_writer}
        self.lines |= ends
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.pass_on(reader, far_writer, never))
                group.create_task(self.pass_on(far_reader, writer, self.cut))
        except* (OSError, ConnectionAbortedError):
            pass
        finally:
            self.lines -= ends
            for end in ends:
                end.transport.abort()

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: Cut) -> None:
        while data := await reader.read(65536):
            await self.flowing.wait()
            if cut(data):
                self.cuts += 1
                raise ConnectionAbortedError
            writer.write(data)
            await writer.drain()
        raise ConnectionAbortedError
