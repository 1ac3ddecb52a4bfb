"""Questions that are asked for each batch, past the ORM: as words for both databases."""

from typing import Any

import msgspec
from django.db import connection
from django.db.backends.utils import CursorWrapper

from games.store.postgresql import prepared
from tenants import scope

LISTED = {"postgresql": "= ANY(%s)", "sqlite": "IN (SELECT value FROM json_each(%s))"}


def ask(sql: str, *values: Any) -> list[Any]:
    """`{listed}` in it stands for "is one of", the value is then what `listed` makes of a list."""
    with cursor() as asked:
        asked.execute(sql.format(listed=LISTED[connection.vendor]), values)
        return list(asked.fetchall())


def listed(numbers: list[int]) -> list[int] | str:
    return numbers if connection.vendor == "postgresql" else msgspec.json.encode(numbers).decode()


def owners() -> tuple[int, int]:
    """The tenants of the scope, from and to: what the manager is for the ORM, these are for `tenant_id BETWEEN`."""
    owner = scope.current()
    return (0, 2**63 - 1) if owner is scope.PLATFORM else (owner, owner)


def cursor() -> CursorWrapper:
    return prepared() if connection.vendor == "postgresql" else connection.cursor()
