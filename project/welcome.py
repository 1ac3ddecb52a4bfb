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
GAME = "t/demo/instant-win/"


def here(host: str) -> str:
    """The host as this machine itself reaches it."""
    if lan.is_open(host):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def text(host: str, port: int) -> str:
    base = f"http://{here(host)}:{port}/"
    lines = ["", f"So-Buzz runs at {base}", ""]
    lines += demo(base) if settings.DEMO else [f"  console      {base}console/"]
    lines += phones(port) if lan.is_open(host) else []
    return "\n".join([*lines, "", "Ctrl-C ends everything.", ""])


def demo(base: str) -> list[str]:
    addresses = [
        f"  play         {base}{GAME}",
        f"  big screen   {base}{GAME}screen/",
        f"  console      {base}console/",
        "",
        f"  logins, all with the password {PASSWORD}:",
    ]
    return addresses + [f"    {login:<24}{what}" for login, what in LOGINS]


def phones(port: int) -> list[str]:
    address = lan.address()
    if address is None:
        return ["", "  No network found: phones cannot reach this machine."]
    url = f"http://{address}:{port}/{GAME if settings.DEMO else ''}"
    return ["", f"  phones in this network: {url}", "", code(url)]


def code(url: str) -> str:
    drawn = io.StringIO()
    segno.make(url, error="l").terminal(out=drawn, compact=True)
    return drawn.getvalue().rstrip("\n")
