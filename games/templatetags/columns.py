"""Numbers as the columns of a game's pages write them."""

from django import template

from games.console.columns import written

register = template.Library()


@register.filter
def odds(value: float) -> str:
    """12.5% or 12,5 %: per cent with one digit behind the point."""
    return written(value, "%")
