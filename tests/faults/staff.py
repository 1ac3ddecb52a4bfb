"""The host of a game, signed in as on the console."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from types import SimpleNamespace

from tests.faults.cluster import Cluster
from tests.realtime.sockets.board import Board, Client


def board(cluster: Cluster) -> Board:
    web = cluster.webs[0]
    return Board(SimpleNamespace(url=web.url, sockets=f"{web.url.replace('http', 'ws')}/ws", server="uvicorn"), games=0)


def host(cluster: Cluster, slug: str) -> AbstractAsyncContextManager[Client]:
    return board(cluster).operator(slug)
