"""Finished Staffeln and awards for tests."""

from datetime import UTC, date, datetime

from staffel.cohorts.models import Attendance
from staffel.credentials.core.code import code_from
from staffel.credentials.models import Award
from staffel.learning.models import Presentation
from tests.accounts.factories import make_person
from tests.cohorts.factories import make_cohort, make_enrolment

LONG_AGO = datetime(2024, 9, 2, 7, tzinfo=UTC)
FACTS = {
    "programme": "Beispielprogramm",
    "version": "1.0.0",
    "module": "",
    "cohort": "Staffel 4",
    "office": "Programmbüro",
    "is_example": False,
    "sessions": 2,
    "minutes": 480,
    "minutes_attended": 450,
    "first_day": "2024-09-02",
    "last_day": "2024-09-03",
    "modules": [{"number": 1, "title": "Grundlagen", "minutes": 480}],
    "requirement": "Voraussetzung waren mindestens 80 Prozent der Stunden und eine Abschlusspräsentation.",
}


def make_finished_cohort(**facts):
    """Return a cohort whose two mornings are long over."""
    return make_cohort(starts=LONG_AGO, **facts)


def make_finisher(cohort, name="Anke", *municipalities, minutes=240, presented=True, **facts):
    """Return the place of somebody who was there for ``minutes`` each morning and, if so, held their presentation."""
    enrolment = make_enrolment(cohort, make_person(name, **facts), *municipalities)
    Attendance.objects.bulk_create(
        Attendance(session=session, enrolment=enrolment, minutes=minutes) for session in cohort.sessions.all()
    )
    if presented:
        Presentation.objects.create(enrolment=enrolment, held_on=date(2024, 9, 3), title="Ein Leitbild")
    return enrolment


def make_award(enrolment, **facts):
    """Return an award of ``enrolment`` as it stands in the table, without the way to it."""
    number = Award.objects.count()
    defaults = {"holder_name": enrolment.person.name, "issued_on": date(2024, 9, 5), "evidence": {"state": "fulfilled"}}
    defaults |= {"code": code_from(f"test:{number}"), "facts": FACTS | {"is_example": enrolment.cohort.is_example}}
    return Award.objects.create(enrolment=enrolment, **(defaults | facts))
