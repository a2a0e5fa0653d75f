from datetime import date

import pytest
from django.utils import timezone

from staffel.cohorts.models import Attendance
from staffel.learning import queries
from staffel.learning.models import Presentation
from tests.accounts.factories import make_person
from tests.cohorts.factories import make_cohort, make_enrolment
from tests.curriculum.factories import make_version
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db


def make_group(people=2, **facts):
    """Return a cohort of two mornings with so many people, each from a municipality of their own."""
    cohort = make_cohort(**facts)
    return cohort, [
        make_enrolment(cohort, make_person(f"P{number}"), make_municipality(f"1206{number:04d}", f"Ort {number}"))
        for number in range(people)
    ]


def note(enrolment, *minutes):
    """Note so many minutes for one session after the other."""
    for session, number in zip(enrolment.cohort.sessions.order_by("position"), minutes, strict=False):
        Attendance.objects.create(session=session, enrolment=enrolment, minutes=number)


def test_completion_of_reads_attendance_and_presentation():
    _cohort, (anke, bert) = make_group()
    note(anke, 240, 200)
    note(bert, 0)
    Presentation.objects.create(enrolment=anke, held_on=date(2026, 11, 20), title="Leihräder")

    assert queries.completion_of(anke).is_fulfilled is True
    assert [reason.state.value for reason in queries.completion_of(bert).reasons] == ["impossible", "possible"]


def test_completion_of_a_single_module_needs_no_presentation():
    version = make_version()
    _cohort, (anke, _bert) = make_group(version=version, module=version.modules.get())
    note(anke, 240, 240)

    assert queries.completion_of(anke).state.value == "fulfilled"


@pytest.mark.parametrize("facts, place", [({"state": "cancelled"}, {}), ({}, {"state": "left"})])
def test_completion_of_what_ended_early_is_no_longer_possible(facts, place):
    cohort, _people = make_group(0, **facts)
    if place:
        place["left_at"] = timezone.now()

    assert queries.completion_of(make_enrolment(cohort, **place)).state.value == "impossible"


def test_completions_of_a_cohort_say_the_same_as_one_by_one():
    cohort, people = make_group(3)
    note(people[0], 240, 240)
    note(people[1], 120)
    Presentation.objects.create(enrolment=people[0], held_on=date(2026, 11, 20))
    make_enrolment(cohort, make_person("Cora"), state="left", left_at=timezone.now())

    found = queries.completions_of(cohort)

    assert [facts.name for facts, _completion in found] == ["P0 Beispiel", "P1 Beispiel", "P2 Beispiel"]
    one_by_one = [queries.completion_of(place) for place in people]
    assert [(one.state, one.attended, one.needed) for _facts, one in found] == [
        (one.state, one.attended, one.needed) for one in one_by_one
    ]
    assert found[0][0].municipalities == ("Ort 0",)


@pytest.mark.parametrize("count", [1, 3])
def test_completions_cost_five_queries(count, django_assert_num_queries):
    cohort, people = make_group(count)
    note(people[0], 240)
    cohort = type(cohort).objects.get()

    with django_assert_num_queries(5):
        assert len(queries.board_of(cohort)) == count
    enrolment = type(people[0]).objects.select_related("cohort__version").get(pk=people[0].pk)
    with django_assert_num_queries(3):
        queries.completion_of(enrolment)


def test_board_is_in_words():
    cohort, (anke, _bert) = make_group()
    note(anke, 240, 90)
    Presentation.objects.create(enrolment=anke, held_on=date(2026, 11, 20), title="Leihräder")

    first, second = queries.board_of(cohort)

    assert (first.words, first.attended, first.needed, first.missing) == ("nicht mehr möglich", "5,5", "6,4", "0,9")
    assert (first.presented, first.topic) == ("20. November 2026", "Leihräder")
    assert (second.words, second.attended, second.missing, second.presented) == ("noch möglich", "0", "6,4", "")
    assert queries.board_counts([first, second]) == {
        "fulfilled": ("erfüllt", 0),
        "possible": ("noch möglich", 1),
        "impossible": ("nicht mehr möglich", 1),
    }


def test_reasons_are_whole_sentences():
    _cohort, (anke, _bert) = make_group()
    note(anke, 240)
    Presentation.objects.create(enrolment=anke, held_on=date(2026, 11, 20))

    attendance, talk = (queries.reason_words(reason) for reason in queries.completion_of(anke).reasons)

    assert attendance.sentence == (
        "4 Stunden besucht, nötig sind 6,4 Stunden von 8 Stunden (80 Prozent). "
        "Es fehlen noch 2,4 Stunden, möglich sind noch 4 Stunden."
    )
    assert [part.sentence for part in attendance.parts] == [
        "1. Einheit 1: ganz da, 4 Stunden.",
        "2. Einheit 2: noch nicht erfasst, 4 Stunden.",
    ]
    assert talk.sentence == "Abschlusspräsentation am 20. November 2026 gehalten."


def test_the_rule_is_a_sentence():
    cohort, _people = make_group(0)

    assert queries.rule_words(queries.rule_of(cohort)) == (
        "Zum Abschluss gehören mindestens 80 Prozent der Stunden und die Abschlusspräsentation."
    )
