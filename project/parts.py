"""The real-time parts of one process, of the web or of the engine: they start and stop together."""

from project.loops import settle
from realtime.house import House
from scheduler.clock import Alarm


class Parts:
    def __init__(self, engine: bool) -> None:
        self.house = House(engine=engine)
        self.alarm = Alarm(self.house.node, self.house.store, self.house.conducts)

    async def start(self) -> None:
        """Whoever comes while they start waits for it."""
        settle()
        await self.house.start()
        if self.house.engine:
            await self.alarm.start()

    async def stop(self) -> None:
        await self.alarm.stop()
        await self.house.stop()
