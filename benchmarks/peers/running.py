"""Starts a peer, knows its processes and how to speak with it, and ends it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks import measure
from benchmarks.house import ROOT, Databases, Missing
from tests.servers import process, redis

NODE = Path(__file__).parent / "node"
TUTORIAL = "benchmarks.peers.tutorial.asgi:application"
PLAIN = ("--ws-per-message-deflate", "false", "--lifespan", "off")
ASGI = {
    "daphne": ("-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", "{port}", TUTORIAL),
    "uvicorn": ("-m", "uvicorn", "--port", "{port}", "--log-level", "warning", "--no-access-log", *PLAIN, TUTORIAL),
}


class Peer:
    """`with Peer(...) as peer`: listens on `peer.port` as long as the block lasts."""

    layer: redis.Redis | None = None  # counts as the peer's own

    def __init__(self, databases: Databases, command: Sequence[str | Path], path: str = "/", dialect: str = "plain", **given: str) -> None:
        self.port, self.path, self.spoken = process.free_port(), path, dialect
        self.command = [str(part).format(port=self.port) for part in command]
        self.environment = process.environment({"PYTHONWARNINGS": "", **given})
        self.log = Path(databases.folder) / f"peer{self.port}"

    def __enter__(self) -> Peer:
        self.process = process.spawn(self.command, cwd=ROOT, log=self.log, env=self.environment)
        process.wait_until(lambda: process.accepts(self.port), self.process, self.log)
        return self

    def __exit__(self, *error: object) -> None:
        process.stop(self.process, grace=3)
        self.log.unlink()

    @property
    def pids(self) -> list[int]:
        own = measure.family(self.process.pid)
        return own + ([self.layer.process.pid] if self.layer and self.layer.process else [])

    def dialect(self, **more: Any) -> dict[str, Any]:
        return {"dialect": self.spoken, "url": f"ws://127.0.0.1:{self.port}{self.path}", **more}


def tutorial(databases: Databases, server: str, layer: str = "pubsub", path: str = "/room/", **environment: str) -> Peer:
    """On the layer that serves it best; `core`, which the tutorial names, loses messages when one event has so many readers."""
    command = [sys.executable, *ASGI[server]]
    given = {"DJANGO_SETTINGS_MODULE": "benchmarks.peers.tutorial.settings", "LAYER": layer, **environment}
    if layer == "memory":
        return Peer(databases, command, path, **given)
    redis = databases.redis()
    peer = Peer(databases, command, path, **given, REDIS_URL=redis.url)
    peer.layer = redis
    return peer


def hub(databases: Databases) -> Peer:
    return Peer(databases, [sys.executable, "-m", "benchmarks.peers.hub_server", "{port}"])


def picows(databases: Databases) -> Peer:
    return Peer(databases, [sys.executable, "-m", "benchmarks.peers.picows_server", "{port}"])


def node(databases: Databases, script: str) -> Peer:
    prepare_node()
    path, dialect = ("/socket.io/?EIO=4&transport=websocket", "socket.io") if script == "socketio.mjs" else ("/", "plain")
    return Peer(databases, ["node", NODE / script, "{port}"], path, dialect)


@cache
def prepare_node() -> None:
    """Once: the two packages, from the lock file, into a folder that git ignores."""
    if not shutil.which("node") or not shutil.which("npm"):
        raise Missing("Node is not installed: socket.io and ws are left out.")
    if (NODE / "node_modules" / ".package-lock.json").exists():
        return
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=NODE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing("npm could not install socket.io and ws: they are left out.")


@cache
def node_versions() -> dict[str, str]:
    prepare_node()
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip().lstrip("v")
    found = {name: json.loads((NODE / "node_modules" / name / "package.json").read_text())["version"] for name in ("socket.io", "ws")}
    return {"node": told, **found}
