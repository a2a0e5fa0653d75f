from datetime import UTC, date, datetime

import pytest

from staffel.municipalities.models import Dataset, Municipality
from staffel.municipalities.queries import search
from staffel.municipalities.queries.places import stamp
from tests.municipalities.factories import make_kreis, make_land, make_municipality, make_project, make_verband

pytestmark = pytest.mark.django_db


def shown(query):
    return [(hit.kind, hit.code) for hit in search.suggestions(query).hits]


@pytest.mark.parametrize("count", [1, 3])
def test_directory_costs_five_queries_once_and_then_one(count, django_assert_num_queries):
    for number in range(count):
        make_municipality(f"1200100{number}")

    with django_assert_num_queries(5):
        assert search.directory().count == count
    with django_assert_num_queries(1):
        assert search.directory().count == count


def test_directory_is_read_anew_when_the_stamp_changes():
    make_municipality("12001001")
    assert search.directory().count == 1
    before = stamp()

    make_municipality("12001002")
    loaded_at = datetime(2026, 1, 1, tzinfo=UTC)
    Dataset.objects.create(key="municipalities", as_of=date(2025, 11, 30), rows=2, digest="b", loaded_at=loaded_at)

    assert stamp() != before
    assert search.directory().count == 2


def test_directory_knows_through_what_a_municipality_is_funded():
    kreis = make_kreis("12001")
    verband = make_verband("120015001", kreis=kreis)
    make_municipality("12001001", verband=verband)
    own = make_municipality("12002001")
    make_municipality("12003001")
    make_project("P-1", kreis=kreis)
    make_project("P-2", verband=verband)
    make_project("P-3", municipality=own)

    rows = {row.ags: row.funding for row in search.directory().rows}

    assert rows == {"12001001": (("verband", "P-2"), ("kreis", "P-1")), "12002001": (("self", "P-3"),), "12003001": ()}


def test_directory_row_has_the_facts_of_the_municipality():
    make_kreis("12001", name="Beispielkreis")
    verband = make_verband("120015001", name="Amt Beispiel")
    make_municipality(
        "12001001",
        verband=verband,
        short_name="Beispiel",
        second_name="Pśikład",
        kind="Stadt",
        population=7000,
        area_km2=None,
    )
    Municipality.objects.update(name="Beispiel, Stadt")

    row = search.directory().row("12001001")

    assert (row.name, row.official_name, row.second_name, row.kind) == ("Beispiel", "Beispiel, Stadt", "Pśikład", "Stadt")
    assert (row.land, row.kreis, row.kreis_name, row.verband_name) == ("12", "12001", "Beispielkreis", "Amt Beispiel")
    assert (row.population, row.size, row.area_km2, row.path) == (7000, "kleinstadt", None, "/kommunen/12001001/")


def test_suggestions_put_municipalities_before_kreis_and_land():
    land = make_land("12", name="Beispielland")
    make_kreis("12001", land=land, name="Beispielkreis")
    make_municipality("12001001", short_name="Beispielstadt")

    assert shown("beisp") == [("municipality", "12001001"), ("kreis", "12001"), ("land", "12")]
    assert shown("land beispielland") == [("land", "12")]


def test_suggestions_leave_room_for_kreis_and_land_and_count_all():
    make_land("12", name="Ortland")
    make_kreis("12001", name="Nordkreis")
    for number in range(1, 10):
        make_municipality(f"1200100{number}", short_name=f"Ort {number}", population=100 - number)

    found = search.suggestions("ort")

    assert (found.total, len(found.hits)) == (9, 7)
    assert shown("ort")[-1] == ("land", "12")
    assert [code for kind, code in shown("ort") if kind == "municipality"] == [f"1200100{n}" for n in range(1, 7)]


def test_suggestions_say_kreis_where_it_could_be_taken_for_a_town():
    make_kreis("12001", name="Leipzig")
    make_kreis("12002", name="Nordkreis")
    make_kreis("12003", name="Stadt", kind="Kreisfreie Stadt")
    make_municipality("12001001", short_name="Aba")
    make_municipality("12002001", short_name="Abb")
    make_municipality("12003000", short_name="Abc", kind="Kreisfreie Stadt")

    assert {hit.name: hit.kreis_name for hit in search.suggestions("ab").hits} == {
        "Aba": "Landkreis Leipzig",
        "Abb": "Nordkreis",
        "Abc": "",
    }


def test_suggestions_of_a_dissolved_and_an_uninhabited_place_say_so():
    make_kreis("12001", name="Nordkreis")
    make_municipality("12001001", short_name="Altdorf", valid_to="2024-01-01")
    make_municipality("12001002", short_name="Altforst", counted=False, population=0)

    assert [(hit.name, hit.dissolved, hit.uninhabited) for hit in search.suggestions("alt").hits] == [
        ("Altdorf", True, False),
        ("Altforst", False, True),
    ]
