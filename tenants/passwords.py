"""How long a password has to be: length is what counts, not signs (checklist 16)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenants.signin import LONGEST_PASSWORD

SHORTEST = 12
SHORTEST_OF_STAFF = 15


class Length:
    """For AUTH_PASSWORD_VALIDATORS, beside Django's list of common passwords."""

    def validate(self, password: str, user: Any = None) -> None:
        least = SHORTEST_OF_STAFF if getattr(user, "is_staff", False) else SHORTEST
        if len(password) < least:
            raise ValidationError(_least(least), code="password_too_short")
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(_("A password has at most %(n)d characters.") % {"n": LONGEST_PASSWORD}, code="password_too_long")

    def get_help_text(self) -> str:
        return _least(SHORTEST)


def _least(n: int) -> str:
    return ngettext("A password has at least %(n)d character.", "A password has at least %(n)d characters.", n) % {"n": n}
