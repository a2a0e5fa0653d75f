import pytest

from staffel.municipalities.models import FundedMember, Verband
from staffel.municipalities.queries import funding, search
from staffel.municipalities.queries.places import municipality_facts
from tests.municipalities.factories import make_kreis, make_municipality, make_project, make_verband

pytestmark = pytest.mark.django_db


def add(project, role, **body):
    return FundedMember.objects.create(project=project, role=role, name="x", source="https://example.org/m", **body)


def test_funding_of_names_what_it_comes_through_own_first():
    place = make_municipality(verband=make_verband())
    make_project("P-3", name="Kreisprojekt", kreis=place.kreis)
    make_project("P-2", name="Amtsprojekt", verband=place.verband)
    make_project("P-1", name="Eigenes", municipality=place, year=2021)
    make_project("P-4", name="Fremdes", municipality=make_municipality("12060001"))

    found = funding.funding_of(municipality_facts(place.ags))

    assert [(one.project, one.through, one.body, one.body_path, one.year) for one in found] == [
        ("Eigenes", "self", "Eberswalde", "/kommunen/12060052/", 2021),
        ("Amtsprojekt", "verband", "Britz-Chorin-Oderberg", "", 2019),
        ("Kreisprojekt", "kreis", "Barnim", "/kreise/12060/", 2019),
    ]
    assert (found[0].role_word, found[0].source) == ("Federführung", "https://example.org/liste")


def test_funding_through_a_regionalverband_says_so():
    place = make_municipality()
    union = Verband.objects.create(name="Verband Muster", kind="Regionalverband")
    add(make_project(name="Region", verband=union), "association", kreis=place.kreis)

    (found,) = funding.funding_of(place)

    assert (found.project, found.through, found.role, found.role_word) == (
        "Region",
        "kreis",
        "association",
        "Mitglied des Verbands",
    )


def test_municipality_in_a_regionalverband_is_funded_through_it():
    place = make_municipality()
    union = Verband.objects.create(name="Verband Muster", kind="Regionalverband")
    add(make_project("P-1", name="Region", verband=union), "association", municipality=place)

    (found,) = funding.funding_of(place)

    assert (found.through, found.body, found.lead) == ("verband", "Eberswalde", "Verband Muster")
    assert search.directory().row(place.ags).funding == (("verband", "P-1"),)


def test_funding_of_a_place_in_no_verband_takes_nothing_from_bodies_without_one():
    place = make_municipality()
    make_project(municipality=make_municipality("12060001"))

    assert funding.funding_of(place) == ()


@pytest.mark.parametrize("count", [1, 3])
def test_funding_of_costs_one_query(count, django_assert_num_queries):
    place = make_municipality(verband=make_verband())
    for number in range(count):
        make_project(f"P-{number}", municipality=place)

    with django_assert_num_queries(1):
        assert len(funding.funding_of(place)) == count
    with django_assert_num_queries(1):
        assert funding.funding_of_kreis(place.kreis_id) == ()


def test_funding_of_kreis_is_its_own_only():
    place = make_municipality()
    make_project("P-1", municipality=place)
    make_project("P-2", name="Kreisprojekt", kreis=place.kreis)

    assert [one.project for one in funding.funding_of_kreis(place.kreis_id)] == ["Kreisprojekt"]


def test_count_funded_counts_own_verband_and_kreis_in_two_queries(django_assert_num_queries):
    own = make_municipality("12060001")
    inside = make_municipality("12060002", verband=make_verband())
    below = make_municipality("12061001", kreis=make_kreis("12061", name="Oder"))
    make_municipality("12061002", kreis=make_kreis("12061"), counted=False)
    make_municipality("12060003")
    make_project("P-1", municipality=own)
    make_project("P-2", verband=inside.verband)
    make_project("P-3", kreis=below.kreis)

    with django_assert_num_queries(2):
        assert funding.count_funded("12") == (3, 3)
    assert funding.count_funded("09") == (0, 0)


def test_count_funded_counts_a_project_once_and_in_each_of_its_laender():
    own = make_municipality("12060001")
    union = Verband.objects.create(name="Verband Muster", kind="Regionalverband")
    make_project("P-1", municipality=own)
    both = make_project("P-2", verband=union)
    add(both, "partner", verband=make_verband())
    add(both, "partner", municipality=make_municipality("09162000"))

    assert funding.count_funded("12") == (1, 2)
    assert funding.count_funded("09") == (1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_funded_projects_cost_two_queries(count, django_assert_num_queries):
    place, amt = make_municipality(), make_verband()
    for number in range(count):
        project = make_project(f"P-{number}", municipality=place, year=2019 + number)
        add(project, "association", kreis=place.kreis)
        add(project, "partner", verband=amt)

    with django_assert_num_queries(2):
        found = funding.funded_projects()

    assert [project.year for project in found] == list(range(2019, 2019 + count))
    assert [(one.level, one.code, one.name, one.role) for one in found[0].members] == [
        ("municipality", "12060052", "Eberswalde", "lead"),
        ("verband", "120605003", "Amt Britz-Chorin-Oderberg", "partner"),
        ("kreis", "12060", "Landkreis Barnim", "association"),
    ]
