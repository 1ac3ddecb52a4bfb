"""The real-time parts of a process start once, however many come at once."""

import asyncio
import gc

import pytest

from project import loops
from project.parts import Parts


@pytest.fixture
def looks(monkeypatch):
    """How often all that is there was looked at."""
    before, thresholds, found = gc.get_freeze_count(), gc.get_threshold(), []
    loops.settle.cache_clear()
    monkeypatch.setattr(gc, "collect", lambda: found.append("look"))
    yield found
    gc.set_threshold(*thresholds)
    if not before:
        gc.unfreeze()


async def test_what_stays_is_put_aside_once_also_where_a_server_has_no_lifespan(looks, monkeypatch):
    parts, gate = Parts(engine=False), asyncio.Event()
    monkeypatch.setattr(parts.house, "begin", gate.wait)
    first = [asyncio.create_task(parts.start()) for _ in range(20)]
    for _ in range(3):
        await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*first)
    assert looks == ["look"]
