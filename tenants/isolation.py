"""Row-level security: the second wall between tenants, held by PostgreSQL itself.

`Isolate("games_game")` in a migration makes the database show and accept rows of the tenant of `app.tenant` only
(which the back end sets from the scope), also in raw SQL and also for the owner of the table (FORCE). Without a scope
there are no rows. The two sub-selects are evaluated once per statement, not once per row.
"""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SETTING = "app.tenant"
EVERYBODY = "platform"
POLICY = "tenant_isolation"

NOW = f"(SELECT current_setting('{SETTING}', true))"
MINE = f"tenant_id = (SELECT CASE WHEN {NOW} ~ '^[0-9]+$' THEN {NOW}::bigint END)"
RULE = f"({NOW} = '{EVERYBODY}' OR {MINE})"


class Wall(Operation):
    """An operation of PostgreSQL alone: models stay as they are, other databases do nothing."""

    reversible = True
    reduces_to_sql = True

    def forwards(self) -> list[str]:
        raise NotImplementedError

    def backwards(self) -> list[str]:
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: a model does not know of it."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        _run(schema_editor, self.forwards())

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        _run(schema_editor, self.backwards())


class Isolate(Wall):
    """Puts a table with a `tenant_id` under the policy."""

    def __init__(self, table: str) -> None:
        self.table = table

    def forwards(self) -> list[str]:
        return [
            f'ALTER TABLE "{self.table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{self.table}" FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY {POLICY} ON "{self.table}" USING {RULE} WITH CHECK {RULE}',
        ]

    def backwards(self) -> list[str]:
        return [
            f'DROP POLICY {POLICY} ON "{self.table}"',
            f'ALTER TABLE "{self.table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{self.table}" DISABLE ROW LEVEL SECURITY',
        ]

    def describe(self) -> str:
        return f"Isolate tenants in {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        return f"isolate_{self.table}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {}


class Belongs(Wall):
    """A foreign key that cannot reach into another tenant: (tenant_id, column) -> (tenant_id, id) of the parent."""

    def __init__(self, table: str, column: str, parent: str) -> None:
        self.table, self.column, self.parent = table, column, parent

    def forwards(self) -> list[str]:
        return [
            f'CREATE UNIQUE INDEX IF NOT EXISTS "{self.parent}_own" ON "{self.parent}" (tenant_id, id)',
            f'ALTER TABLE "{self.table}" ADD CONSTRAINT "{self._name}" FOREIGN KEY (tenant_id, "{self.column}") '
            f'REFERENCES "{self.parent}" (tenant_id, id) DEFERRABLE INITIALLY DEFERRED',
        ]

    def backwards(self) -> list[str]:
        """The index stays: other tables may lean on it."""
        return [f'ALTER TABLE "{self.table}" DROP CONSTRAINT "{self._name}"']

    @property
    def _name(self) -> str:
        return f"{self.table}_{self.column}_own"

    def describe(self) -> str:
        return f"Keep {self.table}.{self.column} within its tenant"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.table}_{self.column}_own"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.column, self.parent], {}


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for statement in statements:
        schema_editor.execute(statement)


def unprotected(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> list[str]:
    """What PostgreSQL does not hold, a sentence each; tables that do not exist yet are passed over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        found = ["The role of DATABASE_URL is above row-level security."] if cursor.fetchone()[0] else []
        cursor.execute(OPEN, [list(tables), POLICY, f"%{SETTING}%", f"%{SETTING}%"])
        return found + [f"{table} has no wall between tenants: add Isolate({table!r}) to its migration." for (table,) in cursor.fetchall()]


# Permissive policies add up, so a second one would open a hole beside ours.
OPEN = """
    SELECT c.relname
    FROM pg_class c
    WHERE c.oid = ANY (SELECT to_regclass(quote_ident(t)) FROM unnest(%s::text[]) t)
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND (
        SELECT count(*) = 1 AND bool_and(polname = %s AND polcmd = '*'
          AND pg_get_expr(polqual, polrelid) LIKE %s AND pg_get_expr(polwithcheck, polrelid) LIKE %s)
        FROM pg_policy WHERE polrelid = c.oid AND polpermissive))
    ORDER BY 1
"""
