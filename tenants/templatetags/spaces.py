"""Which spaces a person may change to."""

from django import template

from tenants import access
from tenants.models.user import User

register = template.Library()


@register.filter
def has_other_spaces(user: User) -> bool:
    """Whether there is anything to choose: most people work for one tenant."""
    return len(access.memberships(user)) > 1


@register.filter
def initials(name: str) -> str:
    """At most two letters, of the first and the last word: IV for Inès Valmont."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()
