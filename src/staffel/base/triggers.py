"""Rows that the database itself keeps from being changed: triggers for SQLite and PostgreSQL from one sentence.

A migration lists them, after the operations that make the table::

    operations = [
        *forbid(
            "curriculum_module",
            "released",
            on=("INSERT", "UPDATE", "DELETE"),
            when="EXISTS (SELECT 1 FROM curriculum_version v WHERE v.id = {row}.version_id AND v.state = 'released')",
            because="a released version never changes",
        ),
    ]

``when`` is SQL that both databases understand. ``{row}`` stands for ``NEW`` on INSERT and ``OLD`` otherwise; ``OLD`` and
``NEW`` may be named themselves, and ``changed("title", "text")`` says that an UPDATE changes one of these columns. Whoever
breaks it gets ``IntegrityError`` with ``because``.

Three things to know:

- SQLite rebuilds a table to alter it and forgets its triggers; it also refuses to rename a table that a trigger of
  another one names. A later migration of such a table therefore begins with ``*lift(...)`` and ends with ``*forbid(...)``,
  both with the same words. ``tests/base/test_triggers.py`` misses a trigger that got lost.
- Between a release and its rows the order counts: write the rows first, then the state that freezes them.
- Only the flush after a test that commits may set them aside: ``tests/conftest.py`` does so on SQLite, where a flush is
  DELETE. On PostgreSQL it is TRUNCATE, which fires no row's trigger. Nothing in the product lifts a trigger.
"""

from django.db.migrations.operations.base import Operation

EVENTS = ("INSERT", "UPDATE", "DELETE")


def changed(*columns: str) -> str:
    """Return the condition that an UPDATE gives one of ``columns`` another value; no value counts as a value."""
    return "(" + " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns) + ")"


def forbid(table: str, name: str, *, on: tuple[str, ...] = ("UPDATE", "DELETE"), when: str, because: str) -> list[Operation]:
    """Return the operations after which no row of ``table`` can be written in one of the ways ``on``, while ``when`` holds.

    ``name`` tells several triggers of a table apart. Raises ValueError for a way that is none of ``EVENTS``.
    """
    return [Forbid(table, name, event, when, because) for event in on]


def lift(table: str, name: str, *, on: tuple[str, ...] = ("UPDATE", "DELETE"), when: str, because: str) -> list[Operation]:
    """Return the operations that take away what ``forbid`` with the same words put there."""
    return [Lift(table, name, event, when, because) for event in on]


class Forbid(Operation):
    """Make one trigger; backwards, take it away."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, name: str, event: str, when: str, because: str):
        if event not in EVENTS:
            raise ValueError(f"a trigger is on one of {EVENTS}, got {event!r}")
        self.table, self.name, self.event, self.when, self.because = table, name, event, when, because

    @property
    def trigger(self) -> str:
        """The name of the trigger in the database, which PostgreSQL cuts at 63 characters."""
        return f"{self.table}_{self.name}_{self.event.lower()}"[:63]

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._make(schema_editor)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._drop(schema_editor)

    def describe(self):
        return f"Forbid {self.event} of {self.table}: {self.because}"

    def deconstruct(self):
        return self.__class__.__name__, [self.table, self.name, self.event, self.when, self.because], {}

    def _make(self, schema_editor):
        for statement in self.statements(schema_editor.connection.vendor):
            # Without parameters, so that a percent sign of a condition is no placeholder.
            schema_editor.execute(statement, params=None)

    def _drop(self, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{self.trigger}"', params=None)
        else:
            schema_editor.execute(f'DROP FUNCTION IF EXISTS "{self.trigger}" CASCADE', params=None)

    def statements(self, vendor: str) -> list[str]:
        """Return the SQL that makes the trigger on ``sqlite`` or ``postgresql``."""
        condition = self.when.replace("{row}", "NEW" if self.event == "INSERT" else "OLD")
        message = self.because.replace("'", "''")
        if vendor == "sqlite":
            return [
                f'CREATE TRIGGER "{self.trigger}" BEFORE {self.event} ON "{self.table}" FOR EACH ROW WHEN {condition} '
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            ]
        # The condition stands in the function, since a WHEN of PostgreSQL may not look into another table.
        text = message.replace("%", "%%")
        kept = "OLD" if self.event == "DELETE" else "NEW"
        return [
            f'CREATE OR REPLACE FUNCTION "{self.trigger}"() RETURNS trigger LANGUAGE plpgsql AS $staffel$ '
            f"BEGIN IF {condition} THEN "
            f"RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {kept}; END $staffel$",
            f'CREATE TRIGGER "{self.trigger}" BEFORE {self.event} ON "{self.table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "{self.trigger}"()',
        ]


class Lift(Forbid):
    """Take one trigger away; backwards, make it again."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._drop(schema_editor)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._make(schema_editor)

    def describe(self):
        return f"Lift the ban on {self.event} of {self.table}"
