"""The event loop that our processes run on: uvloop where there is one."""

import asyncio
import importlib.util


def new_loop() -> asyncio.AbstractEventLoop:
    if importlib.util.find_spec("uvloop") is None:
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()
