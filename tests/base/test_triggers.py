import re

import pytest
from django.core.management.color import no_style
from django.db import IntegrityError, connection, migrations, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from staffel.base.triggers import Forbid, Lift, changed, forbid, lift

WORDS = {"when": "{row}.state = 'kept' OR {row}.note LIKE '%fest%'", "because": "what is kept doesn't change, 100 % sure"}


@pytest.fixture
def table(db):
    """Make a table with a kept and a free row."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE probe (id integer PRIMARY KEY, state varchar(4), note varchar(20))")
        cursor.execute("INSERT INTO probe VALUES (1, 'kept', ''), (2, 'free', NULL)")
    return "probe"


def migrate(*operations, backwards=False):
    # Not entered: on SQLite its ``with`` wants no transaction around it, and a test has one.
    editor = connection.SchemaEditorClass(connection)
    for operation in operations:
        step = operation.database_backwards if backwards else operation.database_forwards
        step("base", editor, ProjectState(), ProjectState())


def execute(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, state, note FROM probe ORDER BY id")
        return [tuple(row) for row in cursor.fetchall()]


KEPT, FREE = (1, "kept", ""), (2, "free", None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE probe SET note = 'anders' WHERE id = 1",
        "DELETE FROM probe WHERE id = 1",
        "DELETE FROM probe",
        "INSERT INTO probe VALUES (3, 'kept', '')",
        "INSERT INTO probe VALUES (3, 'free', 'steht fest')",
    ],
)
def test_forbid_lets_the_database_refuse(table, statement):
    migrate(*forbid(table, "kept", on=("INSERT", "UPDATE", "DELETE"), **WORDS))

    with pytest.raises(IntegrityError, match=re.escape("what is kept doesn't change, 100 % sure")):
        execute(statement)

    assert rows() == [KEPT, FREE]


@pytest.mark.parametrize(
    "statement, after",
    [
        ("UPDATE probe SET note = 'anders' WHERE id = 2", [KEPT, (2, "free", "anders")]),
        ("DELETE FROM probe WHERE id = 2", [KEPT]),
        ("INSERT INTO probe VALUES (3, 'free', '')", [KEPT, FREE, (3, "free", "")]),
    ],
)
def test_forbid_leaves_everything_else_alone(table, statement, after):
    migrate(*forbid(table, "kept", on=("INSERT", "UPDATE", "DELETE"), **WORDS))

    execute(statement)

    assert rows() == after


def test_changed_names_the_columns_that_may_not_get_another_value(table):
    migrate(*forbid(table, "state", on=("UPDATE",), when=changed("state", "note"), because="no"))

    execute("UPDATE probe SET state = 'free', note = NULL WHERE id = 2")
    execute("UPDATE probe SET id = 5 WHERE id = 2")

    assert rows() == [KEPT, (5, "free", None)]
    with pytest.raises(IntegrityError, match="no"):
        execute("UPDATE probe SET note = '' WHERE id = 5")


def test_lift_and_backwards_take_it_away(table):
    migrate(*forbid(table, "kept", **WORDS))
    migrate(*lift(table, "kept", **WORDS))
    migrate(*forbid(table, "kept", **WORDS))
    migrate(*forbid(table, "kept", **WORDS), backwards=True)

    execute("DELETE FROM probe")

    assert rows() == []


def test_forbid_refuses_an_event_that_does_not_exist():
    with pytest.raises(ValueError, match=re.escape("a trigger is on one of ('INSERT', 'UPDATE', 'DELETE'), got 'TRUNCATE'")):
        forbid("probe", "kept", on=("TRUNCATE",), **WORDS)


def test_operations_say_what_they_do():
    words = [operation.describe() for operation in [*forbid("probe", "kept", **WORDS), *lift("probe", "kept", **WORDS)]]

    assert words == [
        "Forbid UPDATE of probe: what is kept doesn't change, 100 % sure",
        "Forbid DELETE of probe: what is kept doesn't change, 100 % sure",
        "Lift the ban on UPDATE of probe",
        "Lift the ban on DELETE of probe",
    ]


@pytest.mark.django_db(transaction=True)
def test_the_flush_after_a_test_that_commits_empties_a_frozen_table_and_keeps_its_triggers():
    triggers = in_database()
    execute("CREATE TABLE probe (id integer PRIMARY KEY, state varchar(4), note varchar(20))")
    execute("INSERT INTO probe VALUES (1, 'kept', '')")
    migrate(*forbid("probe", "kept", **WORDS))

    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), ["probe"]))

    assert rows() == []
    assert in_database() == {*triggers, "probe_kept_update", "probe_kept_delete"}
    migrate(*lift("probe", "kept", **WORDS))
    execute("DROP TABLE probe")


def test_no_trigger_got_lost_on_the_way_through_the_migrations(db):
    """SQLite drops the triggers of a table that a later migration alters; this finds what is missing afterwards."""
    assert in_database() == declared()


def declared() -> set[str]:
    """Return the names of all triggers that the migrations make and do not lift."""
    loader = MigrationLoader(connection)
    names: set[str] = set()
    for key in loader.graph.leaf_nodes():
        for node in loader.graph.forwards_plan(key):
            for operation in loader.graph.nodes[node].operations:
                if isinstance(operation, migrations.SeparateDatabaseAndState):
                    continue
                if isinstance(operation, Lift):
                    names.discard(operation.trigger)
                elif isinstance(operation, Forbid):
                    names.add(operation.trigger)
    return names


def in_database() -> set[str]:
    """Return the names of all triggers that the database has."""
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return {name for (name,) in cursor.fetchall()}
