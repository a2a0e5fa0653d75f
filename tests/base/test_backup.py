"""Backup, wipe, restore on the real commands, each on a database of its own: equal digests on both databases."""

import json

import pytest

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


def the_copy(folder):
    return next(path for path in folder.iterdir() if path.suffix in (".sqlite3", ".dump"))


@pytest.mark.django_db
def test_backup_wipe_restore_gives_equal_digests_and_signs_nobody_in(instance, tmp_path):
    instance("manage.py", "migrate", "-v0")
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
    instance("manage.py", "migrate", "-v0")
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
