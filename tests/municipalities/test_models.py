from datetime import date

import pytest
from django.db import IntegrityError, transaction

from staffel.municipalities.models import FundedMember, Municipality, Verband
from tests.municipalities.factories import make_kreis, make_land, make_municipality, make_project, make_verband

pytestmark = pytest.mark.django_db


def refused_by(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


@pytest.mark.parametrize(
    "make, keys, name",
    [
        (make_land, {}, "municipalities_land_valid_in_order"),
        (make_kreis, {}, "municipalities_kreis_valid_in_order"),
        (make_verband, {}, "municipalities_verband_valid_in_order"),
        (make_municipality, {}, "municipalities_municipality_valid_in_order"),
    ],
)
def test_database_refuses_an_end_before_the_beginning(make, keys, name):
    refused_by(name, lambda: make(**keys, valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1)))


def test_place_may_exist_for_one_day():
    day = date(2026, 1, 1)

    assert make_municipality(valid_from=day, valid_to=day).is_dissolved


@pytest.mark.parametrize("quintile", [0, 6])
def test_database_refuses_a_quintile_outside_1_to_5(quintile):
    refused_by("municipalities_kreis_quintile_1_to_5", lambda: make_kreis(deprivation_quintile=quintile))


def test_database_refuses_a_verband_of_the_register_without_kreis():
    refused_by(
        "municipalities_verband_of_register_has_kreis",
        lambda: Verband.objects.create(code="120605003", name="Amt", kind="Amt"),
    )


def test_verband_without_key_may_reach_beyond_a_kreis_but_has_its_name_alone():
    Verband.objects.create(name="Regionalverband Muster", kind="Regionalverband")

    with pytest.raises(IntegrityError), transaction.atomic():
        Verband.objects.create(name="Regionalverband Muster", kind="Zweckverband")


def test_database_refuses_a_counted_municipality_without_kreis():
    place = make_municipality()

    refused_by(
        "municipalities_municipality_counted_has_kreis",
        lambda: Municipality.objects.filter(pk=place.pk).update(kreis=None),
    )
    assert Municipality.objects.filter(pk=place.pk).update(kreis=None, counted=False) == 1


@pytest.mark.parametrize("latitude, longitude", [(0.0, 0.0), (52.5, None), (91, 13), (52.5, 30)])
def test_database_refuses_a_place_outside_germany(latitude, longitude):
    refused_by("municipalities_municipality_lies_in_germany", lambda: make_municipality(latitude=latitude, longitude=longitude))


def test_database_refuses_a_successor_of_a_municipality_that_exists():
    successor = make_municipality("12060001")

    refused_by("municipalities_municipality_successor_after_end", lambda: make_municipality("12060002", successor=successor))


def test_database_refuses_a_funded_member_that_is_none_or_two_bodies():
    place = make_municipality()
    project = make_project(municipality=make_municipality("12060001"))
    facts = {"project": project, "role": "partner", "name": "Ort", "source": "https://example.org"}

    refused_by("municipalities_funded_member_is_one_body", lambda: FundedMember.objects.create(**facts))
    refused_by(
        "municipalities_funded_member_is_one_body",
        lambda: FundedMember.objects.create(municipality=place, kreis=place.kreis, **facts),
    )


@pytest.mark.parametrize("level", ["municipality", "kreis", "verband"])
def test_database_refuses_a_body_twice_in_a_project(level):
    body = {"municipality": make_municipality, "kreis": make_kreis, "verband": make_verband}[level]()
    project = make_project(**{level: body})

    with pytest.raises(IntegrityError), transaction.atomic():
        FundedMember.objects.create(project=project, role="partner", name="x", source="https://example.org", **{level: body})
