from datetime import date

import pytest

from staffel.municipalities.models import FundedMember
from staffel.municipalities.queries import mapped
from staffel.municipalities.queries.mapped import FundedBody, Position
from tests.municipalities.factories import make_kreis, make_municipality, make_project, make_verband

pytestmark = pytest.mark.django_db


def test_positions_are_the_current_municipalities_big_before_small(django_assert_num_queries):
    make_municipality("12060020", "Bernau bei Berlin", 45_000)
    make_municipality("12060181", "Panketal", 21_000)
    make_municipality("09162000", "München", 1_500_000, latitude=48.1, longitude=11.6)
    make_municipality("12060999", "Aufgelöst", 900_000, valid_to=date(2020, 1, 1))
    make_municipality("12060998", "Gemeindefrei", 0, counted=False)

    with django_assert_num_queries(1):
        everyone = mapped.positions()

    assert everyone[0] == ("09162000", "München", 1_500_000, 48.1, 11.6)
    assert [row[1] for row in everyone] == ["München", "Bernau bei Berlin", "Panketal"]
    assert [row[1] for row in mapped.positions(land="12")] == ["Bernau bei Berlin", "Panketal"]


def test_position_is_none_for_an_unknown_or_dissolved_municipality(django_assert_num_queries):
    make_municipality()
    make_municipality("12060999", "Aufgelöst", valid_to=date(2020, 1, 1))

    with django_assert_num_queries(1):
        assert mapped.position("12060052") == Position("12060052", "Eberswalde", 41_481, 52.83, 13.79)
    assert mapped.position("12060999") is None
    assert mapped.position("99999999") is None


@pytest.mark.parametrize("count", [1, 3])
def test_funded_bodies_name_each_municipality_of_a_verband_in_two_queries(count, django_assert_num_queries):
    amt = make_verband()
    for number in range(count):
        make_municipality(f"1206000{number}", f"Dorf {number}", 900, verband=amt)
    make_project(verband=amt)

    with django_assert_num_queries(2):
        bodies = mapped.funded_bodies()

    assert [(body.verband, body.ags, body.name, body.latitude) for body in bodies] == [
        ("Britz-Chorin-Oderberg", f"1206000{number}", f"Dorf {number}", 52.83) for number in range(count)
    ]


def test_funded_bodies_tell_municipality_and_kreis_apart():
    town = make_municipality()
    project = make_project(name="Barnim wird smart", municipality=town)
    FundedMember.objects.create(
        project=project, role="partner", name="Barnim", kreis=make_kreis(), source="https://example.org/liste"
    )

    assert mapped.funded_bodies() == [
        FundedBody(
            "MPSC-2019-01", "Barnim wird smart", 2019, "lead", "Eberswalde", "", None, "12060052", "Eberswalde", 52.83, 13.79
        ),
        FundedBody("MPSC-2019-01", "Barnim wird smart", 2019, "partner", "Barnim", "", "12060", None, None, None, None),
    ]


def test_quintiles_are_those_of_current_kreise(django_assert_num_queries):
    make_kreis(deprivation_quintile=4)
    make_kreis("12052", "Cottbus")
    make_kreis("12099", "Früher", valid_to=date(2020, 1, 1), deprivation_quintile=1)

    with django_assert_num_queries(1):
        assert mapped.quintiles() == {"12052": None, "12060": 4}


def test_register_days_are_the_newest(django_assert_num_queries):
    assert mapped.register_days() == (None, None)
    make_municipality()

    with django_assert_num_queries(1):
        assert mapped.register_days() == (date(2025, 11, 30), date(2024, 12, 31))
