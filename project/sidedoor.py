"""METRICS_PORT: the small port of a process that serves no pages. In a thread of its own, so that it answers while the loop does not.

`/metrics` is guarded as on the web process; `/healthz` and `/readyz` say yes or no to anybody who reaches the port.
"""

import json
import logging
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, NamedTuple

from django.conf import settings

from project.scrape import REFUSAL, may, page

logger = logging.getLogger(__name__)


MOST = 8  # who are served at a time; a thread each


class Said(NamedTuple):
    status: int
    body: bytes
    kind: str = "text/plain; charset=utf-8"


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.free, self.lock = MOST, Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Who comes while all places are taken is sent away: he asks again."""
        with self.lock:
            there_is_room = self.free > 0
            self.free -= there_is_room
        if there_is_room:
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.lock:
                self.free += 1


class Sidedoor:
    """`alive` and `ready` are asked from another thread; `ready` says its parts."""

    def __init__(self, alive: Callable[[], bool], ready: Callable[[], dict[str, Any]]) -> None:
        self.alive, self.ready = alive, ready
        self.server: Server | None = None

    def open(self, port: int) -> None:
        """A taken port costs the metrics, never the games."""
        try:
            self.server = Server((settings.METRICS_HOST, port), self.handler())
        except OSError as error:
            logger.error("metrics: port %s cannot be used (%s); this process tells none", port, error.strerror)
            return
        Thread(target=self.server.serve_forever, name="sidedoor", daemon=True).start()

    def close(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()

    def answer(self, path: str, address: str, headers: Any) -> Said:
        match path.partition("?")[0]:
            case "/healthz":
                return Said(200, b"ok\n") if self.alive() else Said(503, b"stuck\n")
            case "/readyz":
                parts = self.ready()
                return Said(200 if parts["ready"] else 503, json.dumps(parts).encode(), "application/json")
            case "/metrics" if may(address, headers):
                return Said(200, *page(headers.get("Accept") or ""))
            case "/metrics":
                return Said(403, REFUSAL.encode())
        return Said(404, b"/metrics, /healthz, /readyz\n")

    def handler(self) -> type[BaseHTTPRequestHandler]:
        door = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 5  # seconds that somebody has to say what he wants

            def do_GET(self) -> None:
                said = door.answer(self.path, self.client_address[0], self.headers)
                self.send_response_only(said.status)
                self.send_header("Content-Type", said.kind)
                self.send_header("Content-Length", str(len(said.body)))
                self.end_headers()
                self.wfile.write(said.body)

            def log_message(self, *arguments: Any) -> None: ...

        return Handler
