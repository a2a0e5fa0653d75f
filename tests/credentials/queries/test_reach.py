import pytest

from staffel.credentials import actions, queries
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.cohorts.factories import make_pilot_cohort
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db


def test_reached_counts_people_with_valid_awards_in_each_municipality():
    eberswalde, bernau = make_municipality(), make_municipality("12060020", "Bernau bei Berlin")
    cohort, example = make_finished_cohort(), make_finished_cohort(name="Beispielstaffel", is_example=True)
    make_award(make_finisher(cohort, "Anke", eberswalde, bernau))
    make_award(make_finisher(example, "Bert", eberswalde))
    make_finisher(cohort, "Cora", bernau)
    revoked = make_award(make_finisher(cohort, "Heinz", bernau))
    actions.revoke_award(revoked, reason="Falsch.", by=make_emil())

    assert [(place.name, place.people, place.examples) for place in queries.reached()] == [
        ("Bernau bei Berlin", 1, 0),
        ("Eberswalde", 2, 1),
    ]
    assert queries.reach_of("12060052") == queries.Reach(2, 1)
    assert queries.reach_of("12060020") == queries.Reach(1, 0)
    assert queries.reach_of("99999999") == queries.Reach(0, 0)


def test_the_same_person_counts_once():
    place = make_municipality()
    make_award(make_finisher(make_finished_cohort(), "Anke", place))
    make_award(make_finisher(make_finished_cohort(name="Staffel 5"), "Anke", place))

    assert [(one.people, one.examples) for one in queries.reached()] == [(1, 0)]


def test_award_bodies_name_each_municipality_of_a_shared_seat():
    cohort = make_finished_cohort()
    anke = make_finisher(cohort, "Anke", make_municipality(), make_municipality("12060020", "Bernau bei Berlin"))
    make_award(anke)

    assert sorted(queries.award_bodies()) == [
        (anke.person_id, "12060020", False),
        (anke.person_id, "12060052", False),
    ]


def test_awards_are_counted_for_who_sees_them():
    cohort, elsewhere = (
        make_finished_cohort(),
        make_finished_cohort(name="Staffel 5", organisation=make_organisation("Anderes")),
    )
    award = make_award(make_finisher(cohort, "Anke", make_municipality()))
    other = make_award(make_finisher(elsewhere, "Bert"))

    assert queries.awards_counted(make_emil()) == [(award.pk, cohort.pk, "12060052")]
    assert queries.awards_counted(make_person("Anke")) == []
    assert sorted(queries.awards_counted(make_person("Gül"), everything=True)) == [
        (award.pk, cohort.pk, "12060052"),
        (other.pk, elsewhere.pk, None),
    ]


def test_pilot_people_are_counted_by_staffel():
    for number, total in ((1, 15), (2, 29)):
        make_pilot_cohort(number, qualified_total=total)
    actions.reconstruct_pilot_awards("Test")

    assert queries.pilot_people() == {1: 15, 2: 14}


def test_stamp_changes_when_an_award_is_issued_or_revoked():
    stamps = [queries.stamp()]
    award = make_award(make_finisher(make_finished_cohort()))
    stamps.append(queries.stamp())
    actions.revoke_award(award, reason="Falsch.", by=make_emil())
    stamps.append(queries.stamp())

    assert len(set(stamps)) == 3
    assert queries.stamp() == stamps[-1]


@pytest.mark.parametrize("count", [1, 3])
def test_each_question_costs_one_query(count, django_assert_num_queries):
    cohort = make_finished_cohort()
    for number in range(count):
        make_award(make_finisher(cohort, f"Anke{number}", make_municipality(f"1206005{number}", f"Ort {number}")))

    for ask, answers in ((queries.reached, count), (queries.award_bodies, count), (queries.pilot_people, 0)):
        with django_assert_num_queries(1):
            assert len(ask()) == answers
    with django_assert_num_queries(1):
        queries.stamp()
    with django_assert_num_queries(1):
        queries.reach_of("12060050")
