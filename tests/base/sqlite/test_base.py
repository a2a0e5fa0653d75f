"""Writers in other processes wait their turn; none is lost."""

import fcntl
import os
import sqlite3
import subprocess
import sys

import pytest
from django.db.utils import OperationalError

from staffel.base.sqlite.base import DatabaseWrapper
from tests.architecture.house import SOURCE

WRITER = """
import sys
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "staffel.base.sqlite", "NAME": sys.argv[1],
    "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"}}})
import django; django.setup()
from django.db import connection, transaction
for _ in range(100):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT n FROM counter")
        cursor.execute("UPDATE counter SET n = %s", [cursor.fetchone()[0] + 1])
"""


def wrapper(path, timeout=20):
    options = {"timeout": timeout, "transaction_mode": "IMMEDIATE"}
    settings = {"ENGINE": "staffel.base.sqlite", "NAME": path, "OPTIONS": options, "CONN_MAX_AGE": 0, "AUTOCOMMIT": True}
    settings |= {"ATOMIC_REQUESTS": False, "TIME_ZONE": None, "CONN_HEALTH_CHECKS": False, "TEST": {"NAME": None}}
    return DatabaseWrapper(settings, alias="writers")


@pytest.fixture
def database(tmp_path):
    path = str(tmp_path / "db.sqlite3")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE counter (n INTEGER)")
    connection.execute("INSERT INTO counter VALUES (0)")
    connection.commit()
    connection.close()
    return path


def test_four_writers_lose_no_update(database):
    environment = os.environ | {"PYTHONPATH": str(SOURCE.parent)}
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, database], env=environment) for _ in range(4)]

    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    connection = sqlite3.connect(database)
    assert connection.execute("SELECT n FROM counter").fetchone() == (400,)
    connection.close()


def test_a_writer_gives_up_after_its_timeout(database):
    with open(f"{database}-writers", "w") as other:  # noqa: PTH123 - the lock belongs to this very descriptor
        fcntl.flock(other, fcntl.LOCK_EX)
        late = wrapper(database, timeout=0.05)

        with pytest.raises(OperationalError, match="another writer did not finish in time"):
            late._start_transaction_under_autocommit()

    late._close()


@pytest.mark.django_db  # which allows connections of our own, too
@pytest.mark.parametrize("end", ["_commit", "_rollback"])
def test_the_turn_ends_with_the_transaction(database, end):
    first, second = wrapper(database), wrapper(database, timeout=0.05)
    first.connect()
    first._start_transaction_under_autocommit()
    getattr(first, end)()

    second.connect()
    second._start_transaction_under_autocommit()
    second._rollback()
    for connection in (first, second):
        connection._close()
