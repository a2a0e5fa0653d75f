from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.models import AuditEntry, Letter, Person
from staffel.base.rules import RuleBroken
from staffel.cohorts.models import Cohort, Enrolment, Session
from staffel.credentials import actions
from staffel.credentials.core import rules
from staffel.credentials.models import Award
from tests.accounts.factories import make_emil, make_person
from tests.cohorts.factories import make_enrolment, make_pilot_cohort
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher

pytestmark = pytest.mark.django_db


def refusal_of(*arguments, **keywords):
    with pytest.raises(RuleBroken) as refusal:
        actions.issue_awards(*arguments, **keywords, by=make_emil())
    assert Award.objects.count() == 0 or keywords
    return refusal.value.rule


# Issuing ----------------------------------------------------------------------------------------------------------------


def test_issue_awards_copies_everything_that_is_printed():
    cohort = make_finished_cohort()
    anke = make_finisher(cohort, minutes=210)

    [award] = actions.issue_awards(cohort, [anke], by=make_emil())

    award.refresh_from_db()
    assert (award.kind, award.holder_name, award.issued_on) == ("certificate", "Anke Beispiel", timezone.localdate())
    assert award.facts == {
        "programme": "Beispielprogramm",
        "version": "1.0.0",
        "module": "",
        "cohort": "Staffel 4",
        "office": "Programmbüro",
        "is_example": False,
        "sessions": 2,
        "minutes": 480,
        "minutes_attended": 420,
        "first_day": "2024-09-02",
        "last_day": "2024-09-03",
        "modules": [{"number": 1, "title": "Grundlagen", "minutes": 480}],
        "requirement": "Voraussetzung waren mindestens 80 Prozent der Stunden und eine Abschlusspräsentation.",
    }
    assert (award.evidence["state"], award.evidence["attended"], award.evidence["needed"]) == ("fulfilled", 420, "384")


def test_issue_awards_writes_to_each_holder_and_into_the_audit_log():
    cohort = make_finished_cohort()
    emil = make_emil()

    awards = actions.issue_awards(cohort, [make_finisher(cohort), make_finisher(cohort, "Bert")], by=emil)

    assert [(letter.to_email, letter.kind) for letter in Letter.objects.order_by("to_email")] == [
        ("anke@example.org", "credentials.award_issued"),
        ("bert@example.org", "credentials.award_issued"),
    ]
    assert f"/urkunde/{awards[0].code}.pdf" in Letter.objects.get(to_email="anke@example.org").text
    entries = AuditEntry.objects.filter(action="credentials.award_issued").order_by("pk")
    assert [(entry.thing_id, entry.actor_id) for entry in entries] == [(award.code, emil.public_id) for award in awards]


def test_issue_awards_for_a_single_module_confirms_participation_only():
    cohort = make_finished_cohort()
    Cohort.objects.filter(pk=cohort.pk).update(module=cohort.version.modules.get())
    cohort.refresh_from_db()

    [award] = actions.issue_awards(cohort, [make_finisher(cohort, presented=False)], by=make_emil())

    assert (award.kind, award.facts["module"]) == ("attendance", "Grundlagen")
    assert award.facts["requirement"] == "Voraussetzung waren mindestens 80 Prozent der Stunden."


def test_issue_awards_marks_an_example():
    cohort = make_finished_cohort(is_example=True)

    [award] = actions.issue_awards(cohort, [make_finisher(cohort)], by=make_emil())

    assert award.facts["is_example"] is True


def test_issue_awards_needs_somebody():
    assert refusal_of(make_finished_cohort(), []) is rules.SOMEBODY_CHOSEN


def test_issue_awards_waits_for_the_last_session():
    cohort = make_finished_cohort()
    anke = make_finisher(cohort)
    last = cohort.sessions.last()
    later = timezone.now() + timedelta(hours=1)
    Session.objects.filter(pk=last.pk).update(starts_at=later, ends_at=later + timedelta(hours=4))

    assert refusal_of(cohort, [anke]) is rules.COHORT_OVER


def test_issue_awards_refuses_a_cancelled_cohort():
    cohort = make_finished_cohort(state=Cohort.State.CANCELLED)

    assert refusal_of(cohort, [make_finisher(cohort)]) is rules.COHORT_OVER


def test_issue_awards_refuses_places_elsewhere_and_given_back():
    cohort, other = make_finished_cohort(), make_finished_cohort(name="Staffel 5")
    anke = make_finisher(cohort)
    bert = make_finisher(other, "Bert")
    cora = make_enrolment(cohort, make_person("Cora"), state=Enrolment.State.LEFT, left_at=timezone.now())

    assert refusal_of(cohort, [anke, bert]) is rules.IN_THE_COHORT
    assert refusal_of(cohort, [anke, cora]) is rules.IN_THE_COHORT


def test_issue_awards_issues_none_if_one_has_not_fulfilled_the_rule():
    cohort = make_finished_cohort()
    anke, bert = make_finisher(cohort), make_finisher(cohort, "Bert", presented=False)

    assert refusal_of(cohort, [anke, bert]) is rules.FULFILLED
    assert (Award.objects.count(), Letter.objects.count()) == (0, 0)


def test_issue_awards_refuses_a_name_that_cannot_be_printed():
    cohort = make_finished_cohort()
    anke = make_finisher(cohort)
    Person.objects.update(name="王 Beispiel")

    with pytest.raises(RuleBroken) as refusal:
        actions.issue_awards(cohort, [anke], by=make_emil())

    assert (refusal.value.rule, refusal.value.values) == (
        rules.PRINTABLE_NAME,
        {"name": "王 Beispiel", "characters": "王"},
    )


def test_issue_awards_issues_each_once_until_it_is_revoked():
    cohort, emil = make_finished_cohort(), make_emil()
    anke = make_finisher(cohort)
    [first] = actions.issue_awards(cohort, [anke], by=emil)

    with pytest.raises(RuleBroken) as refusal:
        actions.issue_awards(cohort, [anke], by=emil)
    actions.revoke_award(first, reason="Der Name war falsch.", by=emil)
    [second] = actions.issue_awards(cohort, [anke], by=emil)

    assert refusal.value.rule is rules.ONCE
    assert (second.enrolment, second.code == first.code, second.is_valid) == (anke, False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_issue_awards_costs_a_fixed_number_of_queries_and_those_of_each_letter(count, django_assert_num_queries):
    cohort, emil = make_finished_cohort(), make_emil()
    places = [make_finisher(cohort, name) for name in ("Anke", "Bert", "Cora")[:count]]

    with django_assert_num_queries(FIXED + EACH * count):
        actions.issue_awards(cohort, places, by=emil)


FIXED, EACH = 14, 4


# Revoking ---------------------------------------------------------------------------------------------------------------


def test_revoke_award_keeps_the_reason_and_tells_the_holder():
    award, emil = make_award(make_finisher(make_finished_cohort())), make_emil()

    actions.revoke_award(award, reason="  Der Name war falsch. ", by=emil)

    award.refresh_from_db()
    assert (award.is_valid, award.has_paper, award.revocation_reason) == (False, False, "Der Name war falsch.")
    letter = Letter.objects.get()
    assert (letter.kind, letter.to_email) == ("credentials.award_revoked", "anke@example.org")
    assert "Der Grund: Der Name war falsch." in letter.text
    entry = AuditEntry.objects.get(action="credentials.award_revoked")
    assert (entry.thing_id, entry.payload["why"]) == (award.code, "Der Name war falsch.")


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_revoke_award_needs_a_reason(reason):
    award = make_award(make_finisher(make_finished_cohort()))

    with pytest.raises(RuleBroken) as refusal:
        actions.revoke_award(award, reason=reason, by=make_emil())

    award.refresh_from_db()
    assert (refusal.value.rule, award.is_valid) == (rules.REASON_GIVEN, True)


def test_revoke_award_works_once():
    award, emil = make_award(make_finisher(make_finished_cohort())), make_emil()
    actions.revoke_award(award, reason="Falsch.", by=emil)

    with pytest.raises(RuleBroken) as refusal:
        actions.revoke_award(award, reason="Noch einmal.", by=emil)

    award.refresh_from_db()
    assert (refusal.value.rule, award.revocation_reason) == (rules.STILL_VALID, "Falsch.")


def test_revoke_award_refuses_a_reconstruction():
    make_pilot_cohort(qualified_total=1)
    actions.reconstruct_pilot_awards("Test")

    with pytest.raises(RuleBroken) as refusal:
        actions.revoke_award(Award.objects.get(), reason="Falsch.", by=make_emil())

    assert refusal.value.rule is rules.REAL_AWARD


# The pilot --------------------------------------------------------------------------------------------------------------


def test_reconstruct_pilot_awards_makes_one_for_each_person_who_qualified_and_changes_nothing_again():
    for number, total in ((1, 15), (2, 29), (3, 45)):
        make_pilot_cohort(number, qualified_total=total)

    assert (actions.reconstruct_pilot_awards("Test"), actions.reconstruct_pilot_awards("Test")) == (45, 0)
    by_cohort = [Award.objects.filter(pilot_cohort__number=number).count() for number in (1, 2, 3)]
    assert by_cohort == [15, 14, 16]
    assert set(Award.objects.values_list("holder_name", "enrolment", "issued_by")) == {("", None, None)}
    # The codes are the same everywhere and for ever.
    assert Award.objects.filter(pilot_cohort__number=1).order_by("pk").first().code == "74ZZ3REB2D6CP"
    assert AuditEntry.objects.filter(action="credentials.pilot_reconstructed").count() == 3
