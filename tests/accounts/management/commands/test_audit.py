import re

import pytest
from django.core.management import CommandError, call_command

from staffel.accounts.models import Report
from staffel.accounts.queries.audit import head
from tests.accounts.actions.test_audit import make_entries

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    call_command("audit", *arguments)
    return capsys.readouterr().out


def test_verify_seals_and_says_that_the_chain_holds(capsys):
    make_entries(2)

    assert run(capsys, "verify") == f"2 entries, 0 blanked, head 2:{head()[1]}: holds\n"


def test_verify_holds_with_the_head_that_was_printed(capsys):
    make_entries(2)
    noted = run(capsys, "head").strip()
    make_entries(1)

    assert run(capsys, "verify", "--head", noted) == f"3 entries, 0 blanked, head 3:{head()[1]}: holds\n"


def test_verify_fails_when_a_noted_head_is_missing(capsys):
    make_entries(1)

    with pytest.raises(CommandError, match="the chain of 1 entries does not hold"):
        run(capsys, "verify", "--head", "7:" + "a" * 64)
    assert capsys.readouterr().out.startswith("7: noted: Der früher notierte Stand")


def test_verify_knows_the_heads_of_earlier_reports(capsys):
    Report.objects.create(kind="audit", content={"entries": 2, "blanked": 0, "head": "f" * 64, "problems": []})

    with pytest.raises(CommandError, match="the chain of 0 entries does not hold"):
        run(capsys, "verify")


def test_verify_refuses_a_head_that_is_none(capsys):
    with pytest.raises(CommandError, match=re.escape("--head is POSITION:HASH with 64 hexadecimal digits, got 'x'")):
        run(capsys, "verify", "--head", "x")


def test_seal_says_how_many(capsys):
    make_entries(2)

    assert run(capsys, "seal") == "sealed 2 entries\n"
