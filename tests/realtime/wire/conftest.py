"""On both loops: uvloop, which serves, and asyncio's own, which serves where there is no uvloop."""

import asyncio
import importlib.util

import pytest

LOOPS = ["asyncio", *(["uvloop"] if importlib.util.find_spec("uvloop") else [])]


@pytest.fixture(params=LOOPS)
def run(request):
    def loop():
        if request.param == "asyncio":
            return asyncio.new_event_loop()
        import uvloop

        return uvloop.new_event_loop()

    def run(coroutine):
        with asyncio.Runner(loop_factory=loop) as runner:
            return runner.run(coroutine)

    return run
