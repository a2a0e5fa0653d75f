from datetime import date

import pytest
from django.db import IntegrityError, transaction

from staffel.cohorts.models import PilotSeat
from tests.cohorts.factories import make_pilot_cohort

pytestmark = pytest.mark.django_db


def test_database_refuses_a_staffel_that_ends_before_it_starts():
    with pytest.raises(IntegrityError, match="cohorts_pilot_ends_after_start"), transaction.atomic():
        make_pilot_cohort(ends_on=date(2021, 10, 26), end_precision="day")


def test_database_refuses_a_number_twice():
    make_pilot_cohort()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_pilot_cohort()


def test_database_refuses_a_position_twice_in_a_list():
    first, second = make_pilot_cohort(), make_pilot_cohort(2)
    for cohort in (first, second):
        PilotSeat.objects.create(cohort=cohort, position=1, name="x")

    with pytest.raises(IntegrityError), transaction.atomic():
        PilotSeat.objects.create(cohort=first, position=1, name="y")
