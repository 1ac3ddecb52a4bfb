"""Redis: there, and patient with who is slow to read."""

import time
from collections.abc import Iterator
from typing import Any

import redis
from django.conf import settings

from project.doctor.findings import Finding, Look, short

PATIENCE = 2.0
MIB = 1024**2
HARD, SOFT = 128 * MIB, 32 * MIB  # bytes that may wait for one of our processes: at once, for a minute
BUFFER = "client-output-buffer-limit"


def there() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield Finding("ok", "redis", "No REDIS_URL: everything runs in one process.")
        return
    server: Any = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, decode_responses=True)
    try:
        begun = time.perf_counter()
        version = server.info("server")["redis_version"]
        took = (time.perf_counter() - begun) * 1000
        yield Finding("ok", "redis", f"Redis {version} answers in {took:.1f} ms; our names begin with {prefix()!r}.")
        yield from memory(server)
        yield from buffers(server)
    except redis.RedisError as problem:
        yield Finding("fail", "redis", f"{settings.REDIS_URL} does not answer: {short(problem)}.", "Start it, or correct REDIS_URL.")
    finally:
        server.close()


def prefix() -> str:
    return str(settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"])


def configured(server: Any, name: str) -> str | None:
    """None where the server does not let us look."""
    try:
        return str(server.config_get(name)[name])
    except (redis.ResponseError, KeyError):
        return None


def memory(server: Any) -> Iterator[Finding]:
    policy = configured(server, "maxmemory-policy")
    if policy == "noeviction":
        yield Finding("ok", "eviction", "Redis throws nothing away.")
        return
    says = "Redis does not say its maxmemory-policy." if policy is None else f"maxmemory-policy is {policy}: under pressure names vanish."
    yield Finding("warn", "eviction", says, "Set it to noeviction.")


def buffers(server: Any) -> Iterator[Finding]:
    limits = configured(server, BUFFER)
    if limits is None:
        yield Finding("warn", "buffers", f"Redis does not say its {BUFFER}.", "Ask for pubsub 128mb 32mb 60.")
        return
    words = limits.split()
    hard, soft = (int(word) for word in words[words.index("pubsub") + 1 : words.index("pubsub") + 3])
    says = f"Redis cuts off a process for which {size(hard)} wait, or {size(soft)} for a while."
    if 0 < hard < HARD or 0 < soft < SOFT:
        yield Finding("warn", "buffers", says, f"Set {BUFFER} to: pubsub 128mb 32mb 60")
    else:
        yield Finding("ok", "buffers", says)


def size(number: int) -> str:
    return f"{number // MIB} MiB" if number else "any number of bytes"


REDIS = (Look("redis", there),)
