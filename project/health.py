"""Liveness: the process answers. Readiness: the database does, and the engine takes letters."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    house: Any = getattr(request, "scope", {}).get("house")
    parts = {"database": _database(), "engine": bool(house and house.started and not house.clock.skewed)}
    status = 200 if all(parts.values()) else 503
    return JsonResponse({"ready": status == 200, "version": settings.VERSION, **parts}, status=status)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
