"""Routing as in the tutorial."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.tutorial.settings")

from django.core.asgi import get_asgi_application

http = get_asgi_application()  # first: models need the apps to be ready

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402

from benchmarks.peers.tutorial.consumers import Game, Room  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": URLRouter([path("room/", Room.as_asgi()), path("game/<int:number>/", Game.as_asgi())]),
    }
)
