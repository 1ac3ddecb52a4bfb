"""`Owned`: the base of every row that belongs to a tenant, and the manager that refuses to guess whose.

What covers what: `objects` is the default and the base manager, so lists, related managers, `obj.game`, prefetches,
`save()` and `refresh_from_db()` all come through `ScopedManager`. A query set remembers the scope that built it and
works in no other, so a lazy one cannot be read after its scope has closed. What no manager can see, a join from a
table without a tenant, raw SQL or the cascade of a deletion, is left to the policies of PostgreSQL.
"""

from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models.sql import Query

from tenants import scope
from tenants.models.tenant import Tenant

Row = TypeVar("Row", bound="Owned")


class ScopedQuerySet(models.QuerySet[Row]):
    """Works in the scope it was built in, and only there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._scope = scope.current()
        super().__init__(*args, **kwargs)

    @property
    def query(self) -> Query:
        """Django takes this way for every refinement and for every execution."""
        if scope.current() != self._scope:
            raise scope.OutsideScope("A query was made in one scope and used in another.")
        return super().query

    @query.setter
    def query(self, value: Query) -> None:
        models.QuerySet.query.fset(self, value)  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        rows = list(objs)
        for row in rows:
            row.adopt()
        return super().bulk_create(rows, *args, **kwargs)

    def update(self, **values: Any) -> int:
        if "tenant" in values or "tenant_id" in values:
            raise scope.OutsideScope("A row never moves to another tenant.")
        return super().update(**values)


class ScopedManager(models.Manager[Row]):
    """Raises outside a scope; inside a tenant's it sees that tenant's rows alone."""

    def get_queryset(self) -> ScopedQuerySet[Row]:
        found: ScopedQuerySet[Row] = ScopedQuerySet(self.model, using=self._db)
        owner = scope.current()
        return found if owner is scope.PLATFORM else found.filter(tenant_id=owner)


class Owned(models.Model):
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", editable=False)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.adopt()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.adopt()
        return super().delete(*args, **kwargs)

    def adopt(self) -> None:
        """A new row belongs to the tenant of the scope; a row of another tenant is not for this scope to touch."""
        owner = scope.current()
        if owner is scope.PLATFORM:
            return
        if self.tenant_id is None:
            self.tenant_id = owner
        if self.tenant_id != owner:
            raise scope.OutsideScope("This row belongs to another tenant.")
