from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from staffel.accounts.models import AuditEntry
from staffel.base.rules import RuleBroken
from staffel.learning import actions
from staffel.learning.core import rules
from staffel.learning.models import Presentation
from tests.accounts.factories import make_person
from tests.cohorts.factories import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 10)


def test_note_presentation_and_correct_it_with_before_and_after(django_assert_num_queries):
    anke, frauke = make_enrolment(make_cohort()), make_person("Frauke")
    actions.note_presentation(anke, held_on=DAY, title=" Leihräder ", by=frauke)

    with django_assert_num_queries(6):
        actions.note_presentation(anke, held_on=DAY, title="Leihautos", by=frauke)

    row = Presentation.objects.get()
    assert (row.title, row.held_on, row.noted_by) == ("Leihautos", DAY, frauke)
    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.payload["before"]["Thema"], entry.payload["after"]["Thema"]) == ("Leihräder", "Leihautos")


def test_note_presentation_refuses_tomorrow_and_who_left():
    cohort = make_cohort()
    anke = make_enrolment(cohort)
    left = make_enrolment(cohort, make_person("Bert"), state="left", left_at=timezone.now())
    tomorrow = timezone.localdate() + timedelta(days=1)

    for enrolment, day, rule in ((anke, tomorrow, rules.NOT_IN_THE_FUTURE), (left, DAY, rules.TAKES_PART)):
        with pytest.raises(RuleBroken) as refusal:
            actions.note_presentation(enrolment, held_on=day, by="x")
        assert refusal.value.rule == rule
    assert Presentation.objects.count() == 0


def test_withdraw_presentation_with_its_reason():
    anke = make_enrolment(make_cohort())
    actions.note_presentation(anke, held_on=DAY, title="Leihräder", by="x")

    actions.withdraw_presentation(anke, reason="Verwechselt", by="x")

    entry = AuditEntry.objects.order_by("pk").last()
    assert (Presentation.objects.count(), entry.payload["why"], entry.payload["before"]["Thema"]) == (
        0,
        "Verwechselt",
        "Leihräder",
    )


def test_withdraw_presentation_refuses_without_reason_or_presentation():
    anke = make_enrolment(make_cohort())

    for reason, rule in (("", rules.REASON_GIVEN), ("x", rules.PRESENTATION_HELD)):
        with pytest.raises(RuleBroken) as refusal:
            actions.withdraw_presentation(anke, reason=reason, by="x")
        assert refusal.value.rule == rule


def test_database_refuses_a_second_presentation():
    anke = make_enrolment(make_cohort())
    Presentation.objects.create(enrolment=anke, held_on=DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Presentation.objects.create(enrolment=anke, held_on=DAY)
