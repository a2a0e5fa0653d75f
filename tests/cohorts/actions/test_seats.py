import pytest

from staffel.accounts.models import AuditEntry, Person
from staffel.base.rules import RuleBroken
from staffel.cohorts import actions
from staffel.cohorts.core import rules
from staffel.cohorts.models import Enrolment, Trainer
from staffel.cohorts.queries import places_left
from tests.accounts.factories import make_emil, make_person
from tests.cohorts.factories import make_cohort, make_enrolment
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db


def test_enrol_gives_a_place_for_two_municipalities_and_logs_it(django_assert_num_queries):
    cohort, anke, emil = make_cohort(places=1), make_person("Anke"), make_emil()
    towns = [make_municipality("12070296", "Perleberg"), make_municipality("12070424", "Wittenberge")]

    with django_assert_num_queries(9):
        enrolment = actions.enrol(cohort, person=anke, municipalities=towns, by=emil)

    assert [town.short_name for town in enrolment.municipalities.order_by("ags")] == ["Perleberg", "Wittenberge"]
    assert places_left(cohort) == 0
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.payload["after"]) == (
        "cohorts.enrolled",
        {"Staffel": cohort.public_id, "Kommunen": ["12070296", "12070424"]},
    )


@pytest.mark.parametrize("state", ["cancelled", "completed"])
def test_enrol_refuses_a_closed_cohort(state):
    cohort = make_cohort(state=state)

    with pytest.raises(RuleBroken) as refusal:
        actions.enrol(cohort, person=make_person(), municipalities=[], by=make_emil())

    assert (refusal.value.rule, Enrolment.objects.count()) == (rules.STILL_OPEN, 0)


def test_enrol_refuses_when_no_place_is_left():
    cohort = make_cohort(places=1)
    make_enrolment(cohort, make_person("Anke"))

    with pytest.raises(RuleBroken) as refusal:
        actions.enrol(cohort, person=make_person("Cora"), municipalities=[], by=make_emil())

    assert (refusal.value.rule, refusal.value.values) == (rules.PLACE_LEFT, {"cohort": "Staffel 4", "places": 1})
    assert Enrolment.objects.count() == 1


def test_enrol_refuses_a_second_place_for_the_same_person():
    cohort = make_cohort()
    make_enrolment(cohort)

    with pytest.raises(RuleBroken) as refusal:
        actions.enrol(cohort, person=make_person("Anke"), municipalities=[], by=make_emil())

    assert refusal.value.rule == rules.ONE_PLACE_EACH


def test_leave_frees_the_place_and_it_can_be_taken_again():
    cohort, anke, emil = make_cohort(places=1), make_person("Anke"), make_emil()
    town = make_municipality()
    enrolment = actions.enrol(cohort, person=anke, municipalities=[town], by=emil)

    left = actions.leave(enrolment, by=emil, reason="Krank")

    assert (left.state, left.left_at is not None, places_left(cohort)) == ("left", True, 1)
    assert AuditEntry.objects.order_by("pk").last().payload["why"] == "Krank"
    again = actions.enrol(cohort, person=anke, municipalities=[town], by=emil)
    assert (again.pk, again.state, again.left_at, places_left(cohort)) == (enrolment.pk, "active", None, 0)


@pytest.mark.parametrize(
    "reason, state, cohort_state, rule",
    [
        (" ", "active", "planned", rules.REASON_GIVEN),
        ("x", "left", "planned", rules.IN_THE_COHORT),
        ("x", "active", "completed", rules.STILL_OPEN),
    ],
)
def test_leave_refuses(reason, state, cohort_state, rule):
    cohort = make_cohort(state=cohort_state)
    enrolment = make_enrolment(cohort, state=state, left_at=cohort.created_at if state == "left" else None)

    with pytest.raises(RuleBroken) as refusal:
        actions.leave(enrolment, by=make_emil(), reason=reason)

    assert (refusal.value.rule, Enrolment.objects.get().state) == (rule, state)


def test_add_trainer_makes_the_person_once():
    cohort, emil = make_cohort(), make_emil()

    for _again in range(2):
        actions.add_trainer(cohort, email="Frauke@example.org", name="Frauke Beispiel", by=emil)

    assert Person.objects.get(email="frauke@example.org").teaching.count() == 1
    assert [entry.action for entry in AuditEntry.objects.filter(action__startswith="cohorts")] == ["cohorts.trainer_added"]

    actions.remove_trainer(Trainer.objects.get(), by=emil)
    assert (Trainer.objects.count(), Person.objects.filter(email="frauke@example.org").count()) == (0, 1)
