"""Numbers as the reader's language writes them: 1,840 or 1 840."""

from babel.numbers import format_decimal, format_percent
from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def figure(value: int) -> str:
    """Whole numbers only; the narrow space of French does not break."""
    return format_decimal(value, locale=get_language() or "en")


@register.filter
def percent(value: int) -> str:
    """59% or 59 %, on one line."""
    return format_percent(value / 100, locale=get_language() or "en").replace("\u00a0", "\u202f")
