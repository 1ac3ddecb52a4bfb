"""Which groups of the layer this process hears: joined before the first who needs one goes on, left after the last has gone."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

logger = logging.getLogger(__name__)


class Subscriptions:
    def __init__(self, layer: Any, patience: float) -> None:
        self.layer, self.patience = layer, patience
        self.channel = ""
        self.joined: set[str] = set()
        self.lock = asyncio.Lock()

    async def join(self, topic: str, needed: Callable[[], bool]) -> None:
        """Returns when frames of this topic reach us; the second who comes waits for the first. Raises what the layer says."""
        if topic in self.joined:
            return
        async with asyncio.timeout(self.patience), self.lock:
            if needed() and topic not in self.joined:
                await self.layer.group_add(topic, self.channel)
                self.joined.add(topic)

    async def leave(self, topic: str, needed: Callable[[], bool]) -> None:
        """Nobody needs it any more, unless somebody came meanwhile. What is heard in vain does no harm, so this cannot fail."""
        try:
            async with asyncio.timeout(self.patience), self.lock:
                if not needed() and topic in self.joined:
                    self.joined.discard(topic)
                    await self.layer.group_discard(topic, self.channel)
        except Exception:
            logger.warning("subscriptions: %s was not left", topic, exc_info=True)
