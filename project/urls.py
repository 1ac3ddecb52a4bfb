"""The addresses of the platform."""

from django.urls import include, path

from project import health, scrape
from project.api import api

handler500 = "project.apologies.failed"

urlpatterns = [
    path("readyz", health.ready),
    path("metrics", scrape.metrics),
    path("api/v1/", api.urls),
    path("", include("tenants.urls")),
    path("console/", include("games.console.urls")),
    path("", include("games.urls")),
]
