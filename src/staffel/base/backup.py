"""Copies of the whole database, and the proof that a copy is whole.

A backup is one file in the database's own format (SQLite: a database file, PostgreSQL: an archive of ``pg_dump``) and beside
it a list with a digest for each table. Restoring compares the digests: equal digests mean equal rows.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

# What a restored instance makes anew: nobody stays signed in.
LEFT_OUT = frozenset(["django_session"])


class BackupFailed(Exception):
    """A backup or restore that did not come about; the message is a German sentence for the operator."""


@dataclass(frozen=True)
class Backup:
    """A written backup: the file, and the digest of each table by name."""

    path: Path
    digests: dict[str, str]


def write_backup(folder: Path, name: str) -> Backup:
    """Write the database as it is at one moment to ``folder``/``name`` with its digests beside it; nobody has to wait.

    Raises BackupFailed if the file is there already or ``pg_dump`` fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (f"{name}.sqlite3" if connection.vendor == "sqlite" else f"{name}.dump")
    if path.exists():
        raise BackupFailed(f"{path} gibt es schon. Bitte nehmen Sie einen anderen Namen.")
    digests = _write_sqlite(path) if connection.vendor == "sqlite" else _write_postgresql(path)
    path.chmod(0o600)
    list_of(path).write_text(json.dumps(digests, indent=1, sort_keys=True), encoding="utf-8")
    return Backup(path, digests)


def restore_backup(path: Path) -> Backup:
    """Replace the database by the backup ``path`` and return it, once the digests are those that were written down.

    Whatever stood in the database is gone. Raises BackupFailed for a file of the other kind, a missing or different digest.
    """
    wanted = ".sqlite3" if connection.vendor == "sqlite" else ".dump"
    if path.suffix != wanted or not path.is_file() or not list_of(path).is_file():
        raise BackupFailed(f"{path} ist keine Sicherung dieser Art von Datenbank (*{wanted}) mit ihrer Liste daneben.")
    expected = json.loads(list_of(path).read_text(encoding="utf-8"))
    _restore_sqlite(path) if connection.vendor == "sqlite" else _restore_postgresql(path)
    found = digests()
    different = sorted(table for table in {*expected, *found} if expected.get(table) != found.get(table))
    if different:
        raise BackupFailed(f"Die Sicherung stimmt nicht mit ihrer Liste überein: {', '.join(different)}.")
    return Backup(path, found)


def list_of(path: Path) -> Path:
    """Return where the digests of the backup ``path`` stand."""
    return path.with_suffix(f"{path.suffix}.json")


def digests() -> dict[str, str]:
    """Return the SHA-256 over all rows of each table of the database, in the order of their first column."""
    if connection.vendor == "sqlite":
        return _digests_of_file(Path(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        return _digests(cursor, connection.introspection.table_names(cursor))


def _digests(cursor, tables: list[str]) -> dict[str, str]:
    return {table: _digest(cursor, table) for table in sorted(tables) if table not in LEFT_OUT}


def _digest(cursor, table: str) -> str:
    digest = hashlib.sha256()
    cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608 - a name from the database's own catalogue
    # By name: a column added later stands last in one database and elsewhere in another.
    order = sorted(range(len(cursor.description)), key=lambda at: cursor.description[at][0])
    while rows := cursor.fetchmany(2_000):
        for row in rows:
            digest.update(repr([row[at] for at in order]).encode())
    return digest.hexdigest()


# SQLite ---------------------------------------------------------------------------------------------------------------


def _write_sqlite(path: Path) -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.in_atomic_block:
            raise BackupFailed("Innerhalb einer Transaktion lässt sich nicht sichern.")
        cursor.execute("VACUUM INTO %s", [str(path)])
    with closing(sqlite3.connect(path)) as copy, copy:
        for table in LEFT_OUT:
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own names
    return _digests_of_file(path)


def _digests_of_file(path: Path) -> dict[str, str]:
    """Read the file itself: through Django days and yes or no would come converted."""
    with closing(sqlite3.connect(path)) as file:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        return _digests(file.cursor(), [row[0] for row in file.execute(tables)])


def _restore_sqlite(path: Path) -> None:
    """Put the copy in the place of the database file, with nothing of the old write-ahead log left."""
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    fresh = target.with_suffix(".restoring")
    shutil.copyfile(path, fresh)
    for leftover in ("-wal", "-shm"):
        Path(f"{target}{leftover}").unlink(missing_ok=True)
    fresh.replace(target)


# PostgreSQL -----------------------------------------------------------------------------------------------------------


def _write_postgresql(path: Path) -> dict[str, str]:
    with transaction.atomic(), connection.cursor() as cursor:
        # The dump sees exactly the rows that the digests are made of.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        leaving = [f"--exclude-table-data={table}" for table in sorted(LEFT_OUT)]
        _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", *leaving, f"--file={path}")
        return _digests(cursor, connection.introspection.table_names(cursor))


def _restore_postgresql(path: Path) -> None:
    connection.close()
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction", str(path))


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on this database; no list of processes shows the password in the environment."""
    found = shutil.which(program, path=settings.POSTGRESQL_BIN or None)
    if found is None:
        raise BackupFailed(f"{program} fehlt. Es gehört zu PostgreSQL; STAFFEL_POSTGRESQL_BIN nennt seinen Ordner.")
    environment = _access()
    command = [found, f"--dbname={environment['PGDATABASE']}", *arguments]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupFailed(f"{program} meldet: {done.stderr.strip()}")


def _access() -> dict[str, str]:
    here = connection.settings_dict
    values = {"PGHOST": here["HOST"], "PGPORT": here["PORT"], "PGUSER": here["USER"], "PGPASSWORD": here["PASSWORD"]}
    return {name: str(value) for name, value in values.items() if value} | {"PGDATABASE": here["NAME"]}
