"""Which of the platform's languages a person reads."""

from collections.abc import Collection, Mapping

from django.conf import settings
from django.utils.translation.trans_real import parse_accept_lang_header

PARAMETER = "lang"


def chosen(wanted: str | None, cookies: Mapping[str, str], accept: str) -> str:
    """What was asked for now, else before, else what the browser prefers, else the platform's."""
    offered = {code for code, _name in settings.LANGUAGES}
    for code in (wanted, cookies.get(settings.LANGUAGE_COOKIE_NAME), *_preferred(accept, offered)):
        if code in offered:
            return code
    return settings.LANGUAGE_CODE


def _preferred(accept: str, offered: Collection[str]) -> list[str]:
    """`fr-CA` is served in `fr`."""
    codes = [code.split("-")[0] for code, _weight in parse_accept_lang_header(accept.lower()[:500])]
    return [code for code in codes if code in offered]
