"""What the terminal says once the platform runs: addresses, demo logins, and a code for phones."""

import io

import segno
from django.conf import settings

from project import lan

LOGINS = (
    ("owner@demo.test", "the client: games, numbers, everything of its own"),
    ("moderator@demo.test", "runs a game live"),
    ("analyst@demo.test", "reads the numbers"),
    ("operator@platform.test", "hosts the platform: all spaces"),
)
PASSWORD = "so-buzz-demo"  # noqa: S105


def here(host: str) -> str:
    """The host as this machine itself reaches it."""
    if lan.is_open(host):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def text(host: str, port: int, game: str) -> str:
    """`game` is the word of the demo's game, of the one that runs."""
    base, page = f"http://{here(host)}:{port}/", f"t/demo/{game}/"
    lines = ["", f"So-Buzz runs at {base}", ""]
    lines += demo(base, page) if settings.DEMO else [f"  console      {base}console/"]
    lines += phones(port, page if settings.DEMO else "") if lan.is_open(host) else []
    return "\n".join([*lines, "", "Ctrl-C ends everything.", ""])


def demo(base: str, page: str) -> list[str]:
    addresses = [
        f"  play         {base}{page}",
        f"  big screen   {base}{page}screen/",
        f"  console      {base}console/",
        "",
        f"  logins, all with the password {PASSWORD}:",
    ]
    return addresses + [f"    {login:<24}{what}" for login, what in LOGINS]


def phones(port: int, page: str) -> list[str]:
    address = lan.address()
    if address is None:
        return ["", "  No network found: phones cannot reach this machine."]
    url = f"http://{address}:{port}/{page}"
    return ["", f"  phones in this network: {url}", "", code(url)]


def code(url: str) -> str:
    drawn = io.StringIO()
    segno.make(url, error="l").terminal(out=drawn, compact=True)
    return drawn.getvalue().rstrip("\n")
