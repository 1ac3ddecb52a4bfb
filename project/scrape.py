"""`/metrics`: the page that Prometheus reads, for those who may (METRICS_ALLOW, METRICS_TOKEN)."""

import asyncio
from collections.abc import Mapping
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import Gauge
from prometheus_client.exposition import choose_encoder

from realtime.metrics import registry
from scheduler.gauges import QueueGauges

PASSED_ON = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via")
REFUSAL = "Metrics are for addresses in METRICS_ALLOW, or who shows METRICS_TOKEN as a bearer.\n"

registry.register(QueueGauges())
BUILD = Gauge("sobuzz_build", "Always 1: which release this is, and which process.", ["version", "process"], registry=registry)
BUILD.labels(settings.VERSION, settings.PROCESS).set(1)


def may(address: str | None, headers: Mapping[str, str]) -> bool:
    """Who came through a proxy has the proxy's address, which says nothing about him: he needs the token."""
    shown = headers.get("Authorization") or ""
    if settings.METRICS_TOKEN and constant_time_compare(shown, f"Bearer {settings.METRICS_TOKEN}"):
        return True
    if any(headers.get(name) for name in PASSED_ON):
        return False
    return is_allowed(address or "")


def is_allowed(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return any(found in network for network in settings.METRICS_ALLOW)


def page(accept: str) -> tuple[bytes, str]:
    """The text, and what kind of text it is."""
    encode, kind = choose_encoder(accept)
    return encode(registry), kind


async def metrics(request: HttpRequest) -> HttpResponse:
    """Away from the loop: the queue is asked for in the database."""
    if not may(request.META.get("REMOTE_ADDR"), request.headers):
        return HttpResponse(REFUSAL, status=403, content_type="text/plain")
    text, kind = await asyncio.to_thread(page, request.headers.get("Accept", ""))
    return HttpResponse(text, content_type=kind, headers={"Cache-Control": "no-store"})
