"""The first who comes to a game whose actor sleeps: how long until he sees it. He asks again as long as he hears `busy`."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from benchmarks.load import main
from benchmarks.load.dialects import SoBuzz, dialect
from benchmarks.load.join import Person

AGAIN = 0.05
PATIENCE = 600.0


async def run(asked: dict[str, Any]) -> dict[str, Any]:
    words = dialect(asked["system"])
    assert isinstance(words, SoBuzz)
    begun = time.perf_counter()
    async with asyncio.timeout(PATIENCE):
        while not await came(Person(words, 1)):  # noqa: ASYNC110 - each look is a visit
            await asyncio.sleep(AGAIN)
    return {"seconds": round(time.perf_counter() - begun, 3)}


async def came(person: Person) -> bool:
    try:
        await person.come()
    except (OSError, TimeoutError):
        return False
    return True


if __name__ == "__main__":
    main(run)
