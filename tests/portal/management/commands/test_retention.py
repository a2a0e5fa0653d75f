import pytest
from django.core.management import call_command

from staffel.accounts.models import Report

pytestmark = pytest.mark.django_db


def test_retention_says_what_went_and_writes_the_report(capsys):
    call_command("retention")

    lines = capsys.readouterr().out.splitlines()
    assert ("accounts.letters: 0" in lines, lines[-1]) == (True, "done")
    assert Report.objects.count() == 1


def test_dry_run_changes_nothing(capsys):
    call_command("retention", "--dry-run")

    lines = capsys.readouterr().out.splitlines()
    assert ("accounts.letters: 0" in lines, lines[-1]) == (True, "nothing was changed")
    assert Report.objects.count() == 0
