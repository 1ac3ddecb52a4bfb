"""How long a password has to be."""

import pytest
from django.core.exceptions import ValidationError

from tenants.models import User
from tenants.passwords import Length


@pytest.mark.parametrize(
    ("length", "staff", "good"),
    [(11, False, False), (12, False, True), (14, True, False), (15, True, True), (128, True, True), (129, False, False)],
)
def test_length_is_what_counts(length: int, staff: bool, good: bool) -> None:
    user = User(is_staff=staff)
    if good:
        Length().validate("x" * length, user)
    else:
        with pytest.raises(ValidationError):
            Length().validate("x" * length, user)


def test_the_hint_says_the_number() -> None:
    assert "12" in Length().get_help_text()
