"""Addresses for other people's phones: who opens the big screen on this very machine shows the address that phones can reach."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def outward(request: HttpRequest, path: str) -> str:
    url = urlsplit(request.build_absolute_uri(path))
    known = settings.NEIGHBOURS_REACH_US_AT() if settings.NEIGHBOURS_REACH_US_AT and is_this_machine(url.hostname or "") else None
    if known is None:
        return url.geturl()
    host = f"[{known}]" if ":" in known else known
    return url._replace(netloc=f"{host}:{url.port}" if url.port else host).geturl()


def is_for_this_machine_alone(url: str) -> bool:
    """No phone gets here: whoever looks at this address started the server for himself, or has no network."""
    return is_this_machine(urlsplit(url).hostname or "")


def is_this_machine(host: str) -> bool:
    """By a name that means itself to every machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
