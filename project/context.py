"""What every page may know of the platform."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def platform(request: HttpRequest) -> dict[str, Any]:
    return {"demo": settings.DEMO, "languages": settings.LANGUAGES}
