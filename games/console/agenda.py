"""What needs doing, and what comes next: only what the games' own rows say."""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from games.console import stock
from games.models import Game
from games.pages import times

SOON = 5  # lines of each list


class Task(NamedTuple):
    """A line of what needs doing; `word` is on the button."""

    game: Game
    icon: str
    what: str
    why: str
    word: str
    live: bool = True  # done on the live page, else seen on the overview


class Coming(NamedTuple):
    at: datetime
    clock: str
    day: str
    what: str
    game: Game


def tasks(games: list[Game]) -> list[Task]:
    return [task for game in games for task in of(game)][:SOON]


def of(game: Game) -> list[Task]:
    if game.phase == "ended":
        return []
    found = []
    if game.phase == "paused":
        found.append(Task(game, "pause", _("{game} is paused").format(game=game), _("Nobody can play until it goes on."), _("Resume")))
    if game.phase == "waiting" and game.opens_at is None:
        found.append(Task(game, "play", _("{game} is ready").format(game=game), _("It has no hour: it opens when you open it."), _("Open")))
    return found + [running_out(game, prize) for prize in stock.remaining(game) if prize.is_nearly_out]


def running_out(game: Game, prize: stock.Prize) -> Task:
    left = _("{label}: {left} of {of} left") if prize.left else _("{label}: all {of} are given")
    return Task(game, "gift", left.format(label=prize.label, left=prize.left, of=prize.of), str(game), _("See the stock"), live=False)


def coming(games: list[Game], now: datetime) -> list[Coming]:
    """The hours at which something opens or closes by itself, the next first."""
    hours = [(at, words, game) for game in games for at, words in turns(game) if at > now]
    return [line(at, words, game, now) for at, words, game in sorted(hours, key=lambda each: each[0])[:SOON]]


def turns(game: Game) -> list[tuple[datetime, str]]:
    found = []
    if game.phase == "waiting" and game.opens_at:
        found.append((game.opens_at, _("Opens: {game}").format(game=game)))
    if game.phase != "ended" and game.closes_at:
        found.append((game.closes_at, _("Closes: {game}").format(game=game)))
    return found


def line(at: datetime, what: str, game: Game, now: datetime) -> Coming:
    zone = game.tenant.zone
    return Coming(at, times.clock(at, zone), day(at, now, zone), what, game)


def day(at: datetime, now: datetime, zone: str) -> str:
    """Today, tomorrow, "Thu 24", and from next week on "24 Sep"."""
    if named := times.name(at, zone):
        return named
    local = at.astimezone(ZoneInfo(zone))
    away = local.date() - now.astimezone(ZoneInfo(zone)).date()
    return format_date(local, "EEE d" if away < timedelta(days=7) else "d MMM", locale=get_language())
