import pytest

from staffel.accounts.actions.texts import change_text
from staffel.accounts.core import rules
from staffel.accounts.models import AuditEntry, InstanceText
from staffel.accounts.queries.texts import stamp, text_lines, text_of
from staffel.base.rules import RuleBroken
from tests.accounts.factories import make_emil

pytestmark = pytest.mark.django_db


def test_change_text_keeps_it_and_writes_it_down():
    change_text("impressum", "Amt\r\n\r\n## Weg ", by=make_emil(), why="Umzug")

    assert text_of("impressum") == "Amt\n\n## Weg"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.payload["why"]) == ("accounts.text_changed", "Umzug")
    assert (entry.payload["before"], entry.payload["after"]) == ({"markdown": ""}, {"markdown": "Amt\n\n## Weg"})


def test_change_text_to_the_same_writes_nothing():
    emil = make_emil()
    change_text("impressum", "Amt", by=emil)
    before = stamp()

    change_text("impressum", " Amt\r\n", by=emil)

    assert (stamp(), AuditEntry.objects.count()) == (before, 1)


def test_change_text_changes_the_stamp_of_kept_pages():
    emil = make_emil()
    stamps = [stamp()]
    for text in ("Amt", "Anderes Amt", ""):
        change_text("impressum", text, by=emil)
        stamps.append(stamp())

    assert len(set(stamps)) == 4


def test_change_text_refuses_a_text_that_no_page_has():
    with pytest.raises(RuleBroken) as refusal:
        change_text("start", "x", by=make_emil())

    assert refusal.value.rule is rules.TEXT_KNOWN
    assert InstanceText.objects.count() == 0


def test_text_lines_say_which_are_the_instances_own(django_assert_num_queries):
    change_text("impressum", "Amt", by=make_emil())

    with django_assert_num_queries(1):
        lines = text_lines()
    assert [(line.key, bool(line.changed)) for line in lines] == [
        ("impressum", True),
        ("datenschutz", False),
        ("barrierefreiheit", False),
        ("leichte-sprache", False),
        ("gebaerdensprache", False),
        ("gebaerdensprache-video", False),
    ]
