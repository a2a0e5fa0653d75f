from datetime import date

import pytest

from staffel.cohorts.actions import load_pilot_cohorts
from staffel.cohorts.models import PilotCohort, PilotSeat
from staffel.municipalities.queries.places import digests
from tests.cohorts.core.test_loading import FIRST, SHARED, THIRD, read
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    for ags, name in (("12070296", "Perleberg"), ("12070424", "Wittenberge"), ("12061572", "Zeuthen")):
        make_municipality(ags, name=name)


def load(rows=FIRST + SHARED + THIRD, digest="a"):
    return [(one.rows, one.new, one.changed, one.vanished) for one in load_pilot_cohorts(read(rows), digest)]


def test_load_pilot_cohorts_writes_staffeln_seats_and_links():
    assert load() == [(2, 2, 0, ()), (2, 2, 0, ())]

    shared = PilotSeat.objects.get(cohort__number=1)
    assert [place.short_name for place in shared.municipalities.order_by("ags")] == ["Perleberg", "Wittenberge"]
    assert digests() == {"pilot_cohorts": "a"}


def test_load_pilot_cohorts_again_changes_nothing():
    load()

    assert load() == [(2, 0, 0, ()), (2, 0, 0, ())]


def test_load_pilot_cohorts_updates_what_changed():
    load()

    assert load(
        FIRST + THIRD.replace("2022-11,2022-12", "2022-11-08,2022-12").replace("Zeuthen,12", "Gemeinde Zeuthen,12")
    ) == [
        (2, 0, 1, ()),
        (2, 0, 2, ()),
    ]
    third = PilotCohort.objects.get(number=3)
    assert (third.starts_on, third.start_precision, third.seats.get().name) == (date(2022, 11, 8), "day", "Gemeinde Zeuthen")
    assert PilotSeat.objects.get(cohort__number=1).municipalities.count() == 1


def test_load_pilot_cohorts_reports_what_vanished_and_keeps_it():
    load()

    assert load(FIRST + SHARED) == [(1, 0, 0, ("3",)), (1, 0, 0, ("Zeuthen",))]
    assert PilotSeat.objects.count() == 2
