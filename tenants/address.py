"""Where a request or a socket comes from, as far as limits are concerned."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
FORWARDED = "X-Forwarded-For"
UNKNOWN = "unknown"


def of(request: HttpRequest) -> str:
    return source(request.META.get("REMOTE_ADDR"), request.headers.get(FORWARDED, ""))


def source(peer: str | None, forwarded: str) -> str:
    """The network of the last one in the chain who is no proxy of ours: what stands before him is his own word.

    `forwarded` is the header X-Forwarded-For, to which each proxy adds at the end whom it has heard.
    """
    nearest = UNKNOWN
    for text in [peer or "", *reversed(forwarded.split(","))]:
        hop = _read(text)
        if hop is None:
            return nearest
        nearest = _network(hop)
        if not is_proxy(hop):
            break
    return nearest


def is_proxy(hop: Address) -> bool:
    proxies: Sequence[IPv4Network | IPv6Network] = settings.TRUSTED_PROXIES
    return any(hop in each for each in proxies)


def _read(text: str) -> Address | None:
    """Some proxies write the port too."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found


def _network(address: Address) -> str:
    """One IPv4 address, or the /64 that one household or phone has of IPv6."""
    return str(address) if address.version == 4 else str(ip_network((address, 64), strict=False))
