"""A hall that scans one code: everybody joins in the same second, and nobody is sent away."""

import asyncio
import json
import time
from collections import Counter

import pytest

from tests.servers.site import Site

HALL = 300
ALARM = 2.0  # seconds; a probe that waits longer takes the process for dead


async def ask(site: Site, head: str, body: str = "") -> tuple[int, str]:
    """One request on a connection of its own, as each phone has."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(f"{head} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
    answer = (await reader.read()).decode()
    writer.close()
    return int(answer.split()[1]), answer


async def join(site: Site, number: int) -> int:
    return (await ask(site, "POST /api/v1/t/demo/games/instant-win/join", json.dumps({"nickname": f"Guest {number}"})))[0]


async def pulse(site: Site, waits: list[float]) -> None:
    while True:
        begun = time.monotonic()
        assert (await ask(site, "GET /healthz"))[0] == 200
        waits.append(time.monotonic() - begun)
        await asyncio.sleep(0.02)


@pytest.mark.promise("P13")
async def test_three_hundred_who_join_at_once_are_all_in_and_the_process_answers_meanwhile(new_site, figure):
    site, waits = new_site(), []
    watch = asyncio.create_task(pulse(site, waits))
    begun = time.monotonic()
    answers = Counter(await asyncio.gather(*[join(site, number) for number in range(HALL)]))
    spent = time.monotonic() - begun
    watch.cancel()
    assert answers == {201: HALL}, site.said()[-2000:]
    figure("s for 300 to join", spent)
    figure("ms the slowest sign of life took", max(waits) * 1000)
    assert max(waits) < ALARM
