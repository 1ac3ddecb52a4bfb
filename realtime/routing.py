"""The addresses of the sockets."""

from typing import Any

from channels.routing import URLRouter
from django.urls import path, re_path

from games.store import Store
from realtime.consumers import OperateConsumer, PlayConsumer, StatsConsumer
from realtime.consumers.base import Socket
from realtime.node import Node


class NoSuchSocket(Socket):
    """Scanners knock at any address: they get a close code, not a traceback."""

    async def refusal(self) -> int | None:
        return 4404


def sockets(node: Node, store: Store) -> Any:
    made = {"node": node, "store": store}
    return URLRouter(
        [
            path("ws/play/<str:tenant>/<str:game>/", PlayConsumer.as_asgi(**made)),
            path("ws/operate/<str:tenant>/<str:game>/", OperateConsumer.as_asgi(**made)),
            path("ws/stats/<str:tenant>/", StatsConsumer.as_asgi(**made)),
            re_path(r"", NoSuchSocket.as_asgi(**made)),
        ]
    )
