"""Settings: what Django's checks and ours say of them, and what no check can know."""

from collections.abc import Iterator

from django.conf import settings
from django.core import checks

from project.doctor.findings import Finding, Level, Look

LOCAL = {"localhost", "127.0.0.1", "[::1]", "*"}
PLAIN = 10  # different signs: a key with fewer was typed, not drawn


def checked() -> Iterator[Finding]:
    found = checks.run_checks()
    for message in found:
        yield told(message)
    if not found:
        yield Finding("ok", "settings", "Django's checks and ours have nothing to say.")


def told(message: checks.CheckMessage, subject: str = "settings") -> Finding:
    level: Level = "fail" if message.level >= checks.ERROR else "warn"
    return Finding(level, subject, str(message.msg), str(message.hint or ""))


def keys() -> Iterator[Finding]:
    given = {name: str(getattr(settings, name)) for name in ("SECRET_KEY", "PLATFORM_KEY")}
    if len(set(given.values())) < len(given):
        yield Finding("fail", "keys", "SECRET_KEY and PLATFORM_KEY are the same.", "Who learns one has both: give each its own.")
    for name, key in given.items():
        if len(set(key)) < PLAIN:
            yield Finding("fail", "keys", f"{name} has few different signs.", "Draw it: openssl rand -base64 48")
            return
    yield Finding("ok", "keys", "SECRET_KEY and PLATFORM_KEY are there. Keep a copy of PLATFORM_KEY: without it no sealed game opens.")


def demo() -> Iterator[Finding]:
    if settings.DEMO:
        yield Finding("warn", "demo", "DEMO is on: everybody knows the passwords.", "Unset DEMO where real people play.")


def hosts() -> Iterator[Finding]:
    if LOCAL.isdisjoint(settings.ALLOWED_HOSTS):
        remedy = "Add 127.0.0.1 to ALLOWED_HOSTS, or probe by a name that stands there."
        yield Finding("warn", "hosts", "/healthz, /readyz and /metrics answer 400 to who asks 127.0.0.1.", remedy)
    else:
        yield Finding("ok", "hosts", f"The platform answers to {', '.join(settings.ALLOWED_HOSTS)}.")


SETTINGS = (Look("settings", checked), Look("keys", keys), Look("demo", demo), Look("hosts", hosts))
