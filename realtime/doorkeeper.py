"""Looks again at what the tenants' people may who hold a socket here: one question for all of them, so often that it can be promised."""

import asyncio
import logging
from contextvars import Context
from typing import Protocol

from games.store import Store
from realtime.lookups import Lookups
from tenants.rights import Right, Shown

logger = logging.getLogger(__name__)

EVERY = 1.0  # seconds; a right that is withdrawn ends its sockets within two (checklist 4)


class Staff(Protocol):
    """A socket, as far as its right to be here goes."""

    shown: Shown

    def judge(self, right: Right | None) -> int | None: ...

    def close(self, code: int) -> None: ...


class Doorkeeper:
    def __init__(self, store: Store, lookups: Lookups) -> None:
        self.store, self.lookups = store, lookups
        self.inside: set[Staff] = set()
        self.task: asyncio.Task[None] | None = None
        self.blind = False

    def admit(self, socket: Staff) -> None:
        self.inside.add(socket)
        if self.task is None:
            self.task = asyncio.create_task(self.keep(), context=Context())  # it speaks of no one game

    def dismiss(self, socket: Staff) -> None:
        self.inside.discard(socket)
        if self.task and not self.inside:
            self.task.cancel()
            self.task = None

    async def keep(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            await self.look()

    async def look(self) -> None:
        """A lost database throws out nobody who is in."""
        inside = tuple(self.inside)
        try:
            rights = await self.lookups.ask(self.store.rights, {socket.shown for socket in inside})
        except Exception:
            if not self.blind:
                logger.exception("staff: what who is here still may could not be looked at")
            self.blind = True
            return
        self.blind = False
        for socket in inside:
            if refusal := socket.judge(rights.get(socket.shown)):
                socket.close(refusal)
