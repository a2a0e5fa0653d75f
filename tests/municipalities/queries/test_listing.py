from datetime import UTC, date, datetime

import pytest

from staffel.municipalities.models import Dataset, FundedMember
from staffel.municipalities.queries import listing, search
from tests.municipalities.factories import (
    make_kreis,
    make_land,
    make_municipality,
    make_project,
)

pytestmark = pytest.mark.django_db


def test_lines_are_ready_to_print(django_assert_num_queries):
    own = make_municipality("12001001", short_name="Beispiel", population=21_500)
    make_project(municipality=own)
    make_municipality("12001002", short_name="Forst", counted=False, population=0)
    make_municipality("12001003", short_name="Altdorf", population=1000, valid_to="2024-01-01")
    known = search.directory()

    with django_assert_num_queries(0):
        lines = {line.name: (line.population, line.size, line.funded, line.note) for line in listing.lines(known.rows)}

    assert lines == {
        "Beispiel": ("21.500", "Mittelstadt", "durch ein eigenes Projekt", ""),
        "Forst": ("0", "", "keines", "unbewohnt, keine Kommune"),
        "Altdorf": ("1.000", "Landgemeinde", "keines", "besteht nicht mehr"),
    }


def test_credit_line_has_the_days_of_the_data_and_is_empty_without_data():
    assert listing.credit_line(search.directory()) == ""

    make_municipality()
    search.forget()

    assert listing.credit_line(search.directory()) == (
        "Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, Gebietsstand 30.11.2025, Bevölkerung 31.12.2024; "
        "© GeoBasis-DE / BKG (2024, 2025) dl-de/by-2-0, Daten verändert; BMV/BBSR RegioStaR 2021, dl-de/by-2-0; "
        "RKI GISD 2025 v1.0, CC BY 4.0."
    )


@pytest.mark.parametrize("count", [1, 3])
def test_project_lines_cost_two_queries(count, django_assert_num_queries):
    make_land("01")
    lead = make_municipality("12001001", short_name="Beispiel")
    for number in range(count):
        project = make_project(f"P-{number}", municipality=lead)
        kreis = make_kreis(f"0100{number}", name="Nordkreis")
        FundedMember.objects.create(
            project=project, role="partner", name="Nordkreis", kreis=kreis, source="https://example.org/kreis"
        )
    known = search.directory()

    with django_assert_num_queries(2):
        lines = listing.project_lines(known)

    assert [(line.code, line.laender) for line in lines] == [(f"P-{n}", ("12", "01")) for n in range(count)]
    assert lines[0].member_sources == ("https://example.org/kreis",)
    assert lines[0].members == (
        ("Beispiel", "/kommunen/12001001/", "Federführung", "https://example.org/liste"),
        ("Nordkreis", "/kreise/01000/", "Partner", "https://example.org/kreis"),
    )


@pytest.mark.parametrize("count", [1, 3])
def test_kreise_and_laender_cost_one_query_each(count, django_assert_num_queries):
    for number in range(count):
        make_municipality(f"1200{number}001")
    make_kreis("12009", valid_to="2024-01-01")
    known = search.directory()

    with django_assert_num_queries(1):
        kreise = listing.kreise(known)
    with django_assert_num_queries(1):
        laender = listing.laender(known)

    assert [(one.code, one.municipalities) for one in kreise] == [(f"1200{n}", 1) for n in range(count)]
    assert [(one.code, one.municipalities, one.path) for one in laender] == [("12", count, "/laender/12/")]
    assert [one.code for one in listing.kreise(known, code="12000")] == ["12000"]


def test_datasets_are_listed_as_loaded():
    day = date(2025, 11, 30)
    Dataset.objects.create(title="Kommunen", as_of=day, rows=1, loaded_at=datetime(2026, 1, 1, tzinfo=UTC))

    cohorts = {"key": "pilot_cohorts", "title": "Staffeln", "digest": "b"}
    Dataset.objects.create(**cohorts, as_of=date(2022, 11, 30), rows=44, loaded_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert listing.datasets() == [("Kommunen", "30. November 2025", 1), ("Staffeln", "November 2022", 44)]
