"""Instants in words: in the language of the reader, in the zone of the tenant, and the zone named."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

ORDERS: dict[bool, dict[str, str]] = {True: {"fr": "d MMMM", "en": "d MMMM"}, False: {"en": "d MMMM y"}}  # this year, another year
VOWELS = "AEIOUYÀÂÉÈÊÎÔ"


def zone_words(zone: str) -> str:
    """As people call it: "Paris time", « heure de Paris »."""
    locale = Locale.parse(get_language() or "en")
    city = locale.time_zones.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
    words = pgettext("city that begins with a vowel", "{city} time") if city[0] in VOWELS else _("{city} time")
    return words.format(city=city)


def number(value: int) -> str:
    return format_decimal(value, locale=get_language())


def clock(at: datetime, zone: str) -> str:
    return format_time(at.astimezone(ZoneInfo(zone)), "short", locale=get_language())


def date(at: datetime, zone: str) -> str:
    """ "27 September"; with the year when it is another one."""
    local = at.astimezone(ZoneInfo(zone))
    same_year = local.year == timezone.now().astimezone(ZoneInfo(zone)).year
    language = get_language() or "en"
    written = format_date(local.date(), ORDERS[same_year].get(language, "long"), locale=language)
    return written.replace("1 ", "1er ", 1) if language == "fr" and local.day == 1 else written


def moment(at: datetime, zone: str) -> str:
    """ "27 September, 21:00": always the date, for what is kept."""
    return _("{day}, {clock}").format(day=date(at, zone), clock=clock(at, zone))


def when(at: datetime, zone: str) -> str:
    """ "today, 21:00": for what is near."""
    return _("{day}, {clock}").format(day=name(at, zone) or date(at, zone), clock=clock(at, zone))


def name(at: datetime, zone: str) -> str:
    """Today and tomorrow have one."""
    local, today = (each.astimezone(ZoneInfo(zone)).date() for each in (at, timezone.now()))
    return {0: _("today"), 1: _("tomorrow")}.get((local - today).days, "")


def until(at: datetime, zone: str) -> str:
    if named := name(at, zone):
        return _("until {named}, {clock}").format(named=named, clock=clock(at, zone))
    return _("until {moment}").format(moment=moment(at, zone))


def since(at: datetime, zone: str) -> str:
    if named := name(at, zone):
        return _("from {named}, {clock}").format(named=named, clock=clock(at, zone))
    return _("from {moment}").format(moment=moment(at, zone))


def zoned(text: str, zone: str) -> str:
    return _("{moment}, {zone}").format(moment=text, zone=zone_words(zone))
