import pytest

from staffel.credentials import actions
from staffel.reporting.queries import figures
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.admissions.factories import make_application, make_call
from tests.cohorts.factories import make_enrolment, make_pilot_cohort, make_seat
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher
from tests.municipalities.factories import make_land, make_municipality, make_project

pytestmark = pytest.mark.django_db


def make_stuttgart():
    make_land("08", "Baden-Württemberg")
    return make_municipality("08111000", "Stuttgart", 633_000)


def bars_of(chart):
    return [(bar.label, bar.value) for bar in chart.bars]


# Public -----------------------------------------------------------------------------------------------------------------


def test_public_figures_join_awards_and_pilot():
    eberswalde, stuttgart = make_municipality(), make_stuttgart()
    make_project(municipality=stuttgart)
    make_seat(make_pilot_cohort(qualified_total=2), eberswalde)
    actions.reconstruct_pilot_awards("Test")
    cohort = make_finished_cohort()
    make_award(make_finisher(cohort, "Anke", stuttgart, eberswalde))
    make_award(make_finisher(make_finished_cohort(name="Beispiel", is_example=True), "Bert", stuttgart))
    make_finisher(cohort, "Cora", stuttgart)

    found = figures.public_figures()

    assert (found.people, found.pilot_people, found.municipalities, found.laender, found.examples) == (4, 2, 2, 2, 1)
    assert [(chart.key, bars_of(chart)) for chart in found.charts] == [
        ("menschen-nach-land", [("Brandenburg", 3), ("Baden-Württemberg", 2)]),
        ("kommunen-nach-land", [("Baden-Württemberg", 1), ("Brandenburg", 1)]),
        ("kommunen-nach-groesse", [("Großstadt", 1), ("Mittelstadt", 1), ("Kleinstadt", 0), ("Landgemeinde", 0)]),
        ("kommunen-nach-foerderung", [("gefördert", 1), ("nicht gefördert", 1)]),
    ]
    assert found.charts[0].sentence == "3 von 4 Menschen mit Urkunde kommen aus Kommunen in Brandenburg."


def test_public_figures_of_nothing_have_no_chart():
    found = figures.public_figures()

    assert (found.people, found.municipalities, found.charts) == (0, 0, ())


def test_public_figures_leave_revoked_awards_out():
    award = make_award(make_finisher(make_finished_cohort(), "Anke", make_municipality()))
    actions.revoke_award(award, reason="Falsch.", by=make_emil())

    assert figures.public_figures().people == 0


def test_public_lines_hold_every_land_size_and_funding_twice():
    lines = figures.public_figures().lines

    assert len(lines) == 2 * (16 + 4 + 2)
    assert {line.number for line in lines} == {0}


@pytest.mark.parametrize("count", [1, 3])
def test_public_figures_cost_four_queries_once_the_register_is_held(count, django_assert_num_queries):
    cohort = make_finished_cohort()
    for number in range(count):
        make_award(make_finisher(cohort, f"Mensch{number}", make_municipality(f"1206005{number}", f"Ort {number}")))
    figures.public_figures()

    with django_assert_num_queries(4):
        figures.public_figures()


# Office -----------------------------------------------------------------------------------------------------------------


def make_programme():
    """One cohort of Emil's with a call, one of another office; Eberswalde and Stuttgart."""
    eberswalde, stuttgart = make_municipality(), make_stuttgart()
    cohort = make_finished_cohort()
    call = make_call(cohort=cohort)
    make_application(call, 1, municipality=eberswalde, partner=stuttgart)
    make_application(call, 2, municipality=stuttgart)
    make_application(call, 3, municipality=stuttgart, state="draft")
    make_award(make_finisher(cohort, "Anke", eberswalde, stuttgart))
    make_enrolment(cohort, make_person("Bert"), stuttgart)
    elsewhere = make_finished_cohort(name="Anderswo", organisation=make_organisation("Anderes Büro"))
    make_award(make_finisher(elsewhere, "Cora", eberswalde))


def numbers_of(rows):
    return {row.name: row.numbers for row in rows}


def test_office_figures_count_what_the_office_runs():
    make_programme()

    found = figures.office_figures(make_emil(), everything=False)

    assert [number for number, _words in found.totals] == ["1", "2", "15", "2", "1", "2"]
    assert numbers_of(found.by_land) == {"Baden-Württemberg": ("2", "2", "1"), "Brandenburg": ("1", "1", "1")}
    assert numbers_of(found.by_size) == {"Großstadt": ("2", "2", "1"), "Mittelstadt": ("1", "1", "1")}
    assert numbers_of(found.by_funding) == {"nicht gefördert": ("2", "2", "1")}
    assert [(row.name, row.numbers) for row in found.cohorts] == [("Staffel 4", ("15", "2", "2", "1"))]
    assert (found.overlaps, found.examples, found.is_empty) == (True, 0, False)


def test_office_figures_of_everything_are_the_sponsors():
    make_programme()

    found = figures.office_figures(make_person("Gül"), everything=True)

    assert [row.name for row in found.cohorts] == ["Anderswo", "Staffel 4"]
    assert [number for number, _words in found.totals] == ["1", "2", "30", "3", "2", "2"]


def test_office_figures_of_somebody_without_a_role_are_empty():
    make_programme()

    found = figures.office_figures(make_person("Gül"), everything=False)

    assert (found.is_empty, found.by_land, found.charts) == (True, (), ())


@pytest.mark.parametrize("count", [1, 3])
def test_office_figures_cost_six_queries_once_the_register_is_held(count, django_assert_num_queries):
    cohort, emil = make_finished_cohort(), make_emil()
    call = make_call(cohort=cohort)
    for number in range(count):
        place = make_municipality(f"1206005{number}", f"Ort {number}")
        make_application(call, number, municipality=place)
        make_award(make_finisher(cohort, f"Mensch{number}", place))
    figures.office_figures(emil, everything=False)

    with django_assert_num_queries(6):
        figures.office_figures(emil, everything=False)
