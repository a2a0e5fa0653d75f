"""Staffeln for tests: published ones of the pilot, and running ones with people."""

from datetime import UTC, date, datetime, timedelta

from staffel.cohorts.models import Cohort, Enrolment, PilotCohort, PilotSeat, Session, Trainer
from staffel.curriculum.models import Unit, Version
from tests.accounts.factories import make_organisation, make_person
from tests.curriculum.factories import make_version


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


def make_cohort(name="Staffel 4", *, version=None, places=15, starts=datetime(2026, 9, 1, 7, tzinfo=UTC), **facts):
    """Return a cohort with a session for each unit of its version, one a day, four hours long from ``starts`` on."""
    version = version or Version.objects.filter(state="released").first() or make_version()
    organisation = facts.pop("organisation", None) or make_organisation()
    cohort = Cohort.objects.create(name=name, version=version, places=places, organisation=organisation, **facts)
    for number, unit in enumerate(Unit.objects.filter(module__version=version).order_by("position")):
        begin = starts + timedelta(days=number)
        Session.objects.create(
            cohort=cohort, unit=unit, position=number + 1, starts_at=begin, ends_at=begin + timedelta(minutes=unit.minutes)
        )
    return cohort


def make_enrolment(cohort, person=None, *municipalities, **facts):
    """Return the place of ``person`` (Anke) in ``cohort``."""
    enrolment = Enrolment.objects.create(cohort=cohort, person=person or make_person("Anke"), **facts)
    enrolment.municipalities.set(municipalities)
    return enrolment


def make_trainer(cohort, person=None):
    """Let ``person`` (Frauke) lead ``cohort``."""
    return Trainer.objects.create(cohort=cohort, person=person or make_person("Frauke"))
