"""Liveness: the process answers. Readiness: the database does, and engines own all shards of the games and hear their letters."""

import asyncio
import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

logger = logging.getLogger(__name__)

PATIENCE = 1.5  # seconds that the database has for an answer


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


async def ready(request: HttpRequest) -> JsonResponse:
    said = await readiness(getattr(request, "scope", {}).get("house"))
    headers = {} if said["ready"] else {"Retry-After": "2"}
    return JsonResponse(said, status=200 if said["ready"] else 503, headers=headers)


async def readiness(house: Any) -> dict[str, Any]:
    served = await shards_served(house)
    parts = {
        "database": served is not None,
        "process": bool(house and house.healthy),
        "engine": served == settings.ENGINE_SHARDS,
    }
    return {"ready": all(parts.values()), "version": settings.VERSION, **parts}


async def shards_served(house: Any) -> int | None:
    """None when the database does not say it in time. Without Redis nobody but this process can serve us."""
    if house is None:
        return None
    try:
        async with asyncio.timeout(PATIENCE):
            served = int(await house.store.served(settings.ENGINE_SHARDS))
            return served if house.engine is None else house.engine.served
    except Exception as error:
        logger.warning("readiness: the database does not answer: %r", error)
        return None
