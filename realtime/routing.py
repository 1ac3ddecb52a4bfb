"""The addresses of the sockets."""

from typing import Any

from channels.routing import URLRouter
from django.urls import path, re_path

from games.store import Store
from realtime.consumers import OperateConsumer, PlayConsumer, StatsConsumer
from realtime.consumers.base import NO_SUCH_GAME, Socket
from realtime.doors import Doors
from realtime.node import Node


class NoSuchSocket(Socket):
    """Scanners knock at any address: they get a close code, not a traceback; and no sign that is no name reaches the database."""

    async def refusal(self) -> int | None:
        return NO_SUCH_GAME


def sockets(node: Node, store: Store) -> Any:
    made = {"node": node, "store": store, "doors": Doors(store)}
    return URLRouter(
        [
            path("ws/play/<slug:tenant>/<slug:game>/", PlayConsumer.as_asgi(**made)),
            path("ws/operate/<slug:tenant>/<slug:game>/", OperateConsumer.as_asgi(**made)),
            path("ws/stats/<slug:tenant>/", StatsConsumer.as_asgi(**made)),
            re_path(r"", NoSuchSocket.as_asgi(**made)),
        ]
    )
