"""What a handshake says of who comes and from where; nothing of it is believed before it is proved."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import parse_cookie

from games.store import Came
from tenants import address, language


class Handshake:
    def __init__(self, scope: Any) -> None:
        self.scope = scope

    def header(self, name: bytes) -> str:
        return next((value.decode("latin-1") for key, value in self.scope["headers"] if key == name), "")

    @cached_property
    def came(self) -> Came:
        return Came(self.header(b"origin"), self.header(b"host"), self.secure)

    @cached_property
    def secure(self) -> bool:
        """Came by TLS; behind the proxy that ends it, the proxy says so."""
        return self.scope.get("scheme") == "wss" or (settings.SECURE and self.header(b"x-forwarded-proto") == "https")

    @cached_property
    def address(self) -> str:
        forwarded = address.FORWARDED.lower().encode()
        said = b",".join(value for name, value in self.scope["headers"] if name == forwarded)
        return address.source((self.scope.get("client") or [None])[0], said.decode("latin-1"))

    @cached_property
    def cookies(self) -> dict[str, str]:
        """A page brings its visitor's cookies along; without an Origin it is no page, and shows a ticket (decisions 38, 65)."""
        return parse_cookie(self.header(b"cookie")) if self.came.origin else {}

    @cached_property
    def language(self) -> str:
        """Of the handshake (decision 46): the cookie of who has chosen, else what the browser says, else English."""
        return language.chosen(None, parse_cookie(self.header(b"cookie")), self.header(b"accept-language"))
