"""Reads the environment once, checks it, and says in one sentence what is wrong with it."""

import fcntl
import os
import secrets
import subprocess
import sys
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, NoReturn

import environ

BASE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", BASE / "var"))

HELP = {"help", "--help", "-h", "--version"}  # the command line explains itself without any key

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - what somebody asks for, not what we do

env = environ.Env()


def fail(sentence: str) -> NoReturn:
    """Stops the start: a wrong setting is a sentence, never a traceback."""
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(1)


def flag(name: str) -> bool:
    value = os.environ.get(name, "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no", ""}:
        fail(f"{name} must be 1 or 0, not {value!r}.")
    return value in {"1", "true", "yes"}


def number(name: str, default: int, low: int, high: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdigit() or not low <= int(text) <= high:
        fail(f"{name} must be a number from {low} to {high}, not {text!r}.")
    return int(text)


def choice(name: str, *words: str) -> str:
    """One of these words; the first where none is given."""
    given = os.environ.get(name) or words[0]
    if given not in words:
        fail(f"{name} must be {' or '.join(words)}, not {given!r}.")
    return given


def networks(name: str, default: str = "") -> list[IPv4Network | IPv6Network]:
    """Addresses and networks, with commas."""
    texts = [text.strip() for text in os.environ.get(name, default).split(",") if text.strip()]
    try:
        return [ip_network(text) for text in texts]
    except ValueError as problem:
        fail(f"{name} must be addresses or networks such as 10.0.0.1,10.1.0.0/16: {problem}.")


def asks_for_help(words: list[str]) -> bool:
    """Also the command line that was given no word."""
    return bool(HELP & set(words[1:])) or (len(words) == 1 and Path(words[0]).name == "manage.py")


def secret(name: str) -> str:
    """A password that may be left out, but not be guessed."""
    given = os.environ.get(name, "")
    if given and len(given) < 20:
        fail(f"{name} is too short: give at least 20 characters.")
    return given


def key(name: str, demo: bool) -> str:
    """A secret: given, or for the demo made once and kept in `var/`, readable by its owner alone (decision 55)."""
    if asks_for_help(sys.argv):
        return "only to read the help, nothing is signed"
    given = os.environ.get(name)
    if given:
        if len(given) < 32:
            fail(f"{name} is too short: give at least 32 characters.")
        return given
    if not demo:
        fail(f"{name} is not set. Set it to a long random text, or start the demo with `make run`; beside the demo put DEMO=1 in front.")
    kept = VAR / name.lower()
    make_key(kept)
    found = kept.read_text().strip()
    if len(found) < 32:
        fail(f"{kept} holds no whole key. Put back the one it held; or remove it, and what that key had sealed and signed is lost.")
    return found


def make_key(kept: Path) -> None:
    """Once, also when two start together; written aside and moved, so that it is whole or not there."""
    VAR.mkdir(parents=True, exist_ok=True)
    folder = os.open(VAR, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not kept.exists():
            fresh = kept.with_suffix(".new")
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:  # noqa: PTH123 - never readable by others
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(kept)
    finally:
        os.close(folder)


def hosts(host: str, demo: bool) -> list[str]:
    """`ALLOWED_HOSTS`; else this machine's names and the address that `HOST` listens on, and in the demo on all addresses any name."""
    if given := env.list("ALLOWED_HOSTS", default=[]):
        return list(given)
    if demo and host in EVERYWHERE:
        return ["*"]
    own = [] if host in EVERYWHERE else [f"[{host}]" if ":" in host else host]
    return list(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", *own]))


SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
}


# How long PostgreSQL is waited for. A frozen process lets go of its rows after ten seconds; who waits longer than three for a row,
# or is cut off, gets an error: whether it was stored is then not known (decision 23), and nobody is told that it was.
PATIENCE = {"lock_timeout": "3s", "idle_in_transaction_session_timeout": "10s", "statement_timeout": "30s"}
POSTGRESQL: dict[str, Any] = {"connect_timeout": 3, "tcp_user_timeout": 5000, "keepalives_idle": 10, "keepalives_interval": 5}


def postgresql(given: dict[str, Any]) -> dict[str, Any]:
    """What stands in `DATABASE_URL` comes last, and so it wins. A migration may take as long as it takes."""
    patience = {**PATIENCE, "statement_timeout": "0"} if "migrate" in sys.argv[1:2] else PATIENCE
    words = " ".join([*(f"-c {name}={value}" for name, value in patience.items()), given.get("options", "")])
    return {**POSTGRESQL, **given, "options": words.strip()}


def database() -> dict[str, Any]:
    """`DATABASE_URL`, or an SQLite file in `var/` (decision 52)."""
    VAR.mkdir(parents=True, exist_ok=True)
    try:
        found: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'so-buzz.sqlite3'}")
    except environ.ImproperlyConfigured:
        fail("DATABASE_URL is not an address of a database, for example postgres://user:password@host:5432/name.")
    if found["ENGINE"].endswith("sqlite3"):
        return {**found, "OPTIONS": SQLITE, "TEST": {"NAME": str(VAR / "test.sqlite3")}}
    if "postgres" not in found["ENGINE"]:
        fail("DATABASE_URL must begin with postgres:// or sqlite://.")
    return {**found, "ENGINE": "tenants.postgresql", "CONN_MAX_AGE": 0, "OPTIONS": postgresql(found.get("OPTIONS", {}))}


def mail(demo: bool) -> dict[str, Any]:
    """Django's settings for mail: the server of `MAIL_URL`; in the demo a folder, read at /demo/mail/ (decision 55)."""
    sender = {"DEFAULT_FROM_EMAIL": env.str("MAIL_FROM", default="so-buzz@localhost"), "EMAIL_TIMEOUT": 5}
    if demo:
        kept = str(VAR / "mail")
        return {**sender, "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": kept}
    try:
        found: dict[str, Any] = env.email_url("MAIL_URL", default="smtp://localhost:25")
    except (environ.ImproperlyConfigured, KeyError, ValueError):
        fail("MAIL_URL is not an address of a mail server, for example smtp+tls://user:password@host:587.")
    return {**found, **sender}


def version() -> str:
    """The short commit of this checkout, or of the release it was unpacked from."""
    if given := os.environ.get("VERSION"):
        return given
    try:
        asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=BASE, capture_output=True, text=True, check=False)
    except OSError:  # no git on this machine
        return "unknown"
    return asked.stdout.strip() or "unknown"


PROCESSES = {"serve": "web", "up": "web", "runserver": "web", "engine": "engine", "qcluster": "queue", "crowd": "crowd"}


def process() -> str:
    """What this process is, for metrics and log lines: by its command, or a web process under a server of another make."""
    words = sys.argv[1:2] if Path(sys.argv[0]).name == "manage.py" else ["serve"]
    return PROCESSES.get(words[0], "command") if words else "command"
