"""Which tenant a host name belongs to; asked for every request, so remembered for a minute."""

import time
from typing import NamedTuple

from tenants import scope
from tenants.models.domain import Domain

REMEMBERED = 60.0
LONGEST = 253  # of a name in the DNS
MOST = 10_000  # names a stranger can make us remember


class Owner(NamedTuple):
    tenant: int
    slug: str


_owners: dict[str, tuple[float, Owner | None]] = {}


def owner(host: str) -> Owner | None:
    """The tenant that has proved that this host (lower case, no port) is its own."""
    if "\0" in host or len(host) > LONGEST:
        return None
    until, found = _owners.get(host, (0.0, None))
    if time.monotonic() < until:
        return found
    found = _ask(host)
    if len(_owners) >= MOST:
        _owners.clear()
    _owners[host] = (time.monotonic() + REMEMBERED, found)
    return found


def forget() -> None:
    """After a domain was verified or taken away, in this process; the others follow within the minute."""
    _owners.clear()


def _ask(host: str) -> Owner | None:
    with scope.platform():
        row = Domain.objects.filter(host=host, verified=True).values_list("tenant_id", "tenant__slug").first()
    return Owner(*row) if row else None
