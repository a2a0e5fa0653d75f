"""Published Staffeln for tests."""

from datetime import date

from staffel.cohorts.models import PilotCohort, PilotSeat


def make_pilot_cohort(number=1, *, qualified_total=15, **facts):
    """Return a Staffel of the pilot without seats."""
    defaults = {"starts_on": date(2021, 10, 27), "start_precision": PilotCohort.Precision.DAY, "published_on": "2021-10-27"}
    defaults |= {"source": "https://example.org/liste", "qualified_total": qualified_total}
    return PilotCohort.objects.create(number=number, **(defaults | facts))


def make_seat(cohort, *municipalities, position=1):
    """Return a seat of ``cohort`` held by ``municipalities``."""
    seat = PilotSeat.objects.create(
        cohort=cohort, position=position, name="/".join(place.short_name for place in municipalities)
    )
    seat.municipalities.set(municipalities)
    return seat
