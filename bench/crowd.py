"""Invented people in bulk, beside those of the demo: whole Staffeln, whole calls, and single drafts to write to.

Written by ``bulk_create`` straight into the tables, as no action would: thousands of rows in a second. Only for measuring.
"""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from staffel.accounts.models import Letter, Organisation, Person
from staffel.admissions.actions.links import application_link
from staffel.admissions.core import baseline, consents
from staffel.admissions.models import Application, Call, Release
from staffel.base.public_id import new_public_id
from staffel.cohorts.models import Attendance, Cohort, Enrolment, Session, Trainer
from staffel.credentials.core.code import with_check
from staffel.credentials.models import Award
from staffel.curriculum.models import Unit, Version
from staffel.learning.models import Presentation
from staffel.municipalities.models import Municipality
from staffel.municipalities.queries.search import directory

MOTIVATION = "Wir wollen unseren Ortskern mit Daten und Beteiligung neu planen und brauchen dafür Menschen, die es können. " * 3
CHUNK = 500


def person(key: str) -> Person:
    """Return a persona of the demo: anke, emil, frauke."""
    return Person.objects.get(email=f"{key}@example.org")


def eligible() -> list[int]:
    """Return the municipalities that a call for places without funding takes, largest first."""
    rows = [row for row in directory().rows if not (row.uninhabited or row.dissolved or row.funding)]
    keys = [row.ags for row in sorted(rows, key=lambda row: -row.population)]
    numbers = dict(Municipality.objects.values_list("ags", "pk"))
    return [numbers[key] for key in keys]


def people(first: int, count: int) -> list[Person]:
    """Make ``count`` people, numbered from ``first`` on."""
    rows = (
        Person(name=f"Beispielperson {number}", email=f"menge-{number}@example.org", is_example=True)
        for number in range(first, first + count)
    )
    return Person.objects.bulk_create(rows, batch_size=CHUNK)


def staffeln(count: int, size: int, *, first: int, over: bool = True) -> list[Cohort]:
    """Make ``count`` Staffeln of ``size`` people each, with attendance of every morning, and certificates if it is ``over``."""
    now, version = timezone.now(), Version.objects.filter(state=Version.State.RELEASED).order_by("pk").last()
    office, trainer, places = Organisation.objects.get(name="Programmbüro"), person("frauke"), eligible()
    state = Cohort.State.COMPLETED if over else Cohort.State.RUNNING
    cohorts = Cohort.objects.bulk_create(
        Cohort(
            name=f"Messung {first + at}",
            organisation=office,
            version=version,
            state=state,
            places=min(size, 1000),
            is_example=True,
        )
        for at in range(count)
    )
    units = list(Unit.objects.filter(module__version=version).order_by("position"))
    begun = now - timedelta(days=400 if over else 30)
    sessions = Session.objects.bulk_create(
        Session(
            cohort=cohort,
            unit=unit,
            position=position,
            starts_at=begun + timedelta(days=2 * position),
            ends_at=begun + timedelta(days=2 * position, minutes=unit.minutes),
        )
        for cohort in cohorts
        for position, unit in enumerate(units, start=1)
    )
    if not over:
        # Frauke's own list grows with what she leads now, and she leads one Staffel at a time.
        Trainer.objects.bulk_create(Trainer(cohort=cohort, person=trainer) for cohort in cohorts)
    crowd = people(first * 10_000, count * size)
    seats = Enrolment.objects.bulk_create(
        (Enrolment(cohort=cohorts[at // size], person=one, enrolled_at=begun) for at, one in enumerate(crowd)), batch_size=CHUNK
    )
    through = Enrolment.municipalities.through
    through.objects.bulk_create(
        (through(enrolment=seat, municipality_id=places[at % len(places)]) for at, seat in enumerate(seats)), batch_size=CHUNK
    )
    by_cohort: dict[int, list[Session]] = {}
    for session in sessions:
        by_cohort.setdefault(session.cohort_id, []).append(session)
    Attendance.objects.bulk_create(
        (
            Attendance(session=session, enrolment=seat, minutes=0 if (at + session.position) % 13 == 0 else 240)
            for at, seat in enumerate(seats)
            for session in by_cohort[seat.cohort_id]
        ),
        batch_size=CHUNK,
    )
    held = [seat for at, seat in enumerate(seats) if at % 5]
    Presentation.objects.bulk_create(
        (Presentation(enrolment=seat, held_on=now.date(), title="Erste Schritte") for seat in held), batch_size=CHUNK
    )
    if over:
        _certify(held)
    return cohorts


def _certify(seats: list[Enrolment]) -> None:
    facts = {
        "programme": "Smart City Manager:in",
        "version": "1.0.0",
        "module": "",
        "cohort": "Messung",
        "office": "Programmbüro",
    }
    facts |= {"is_example": True, "sessions": 10, "minutes": 2400, "minutes_attended": 2160, "requirement": "Erfundene Angabe."}
    facts |= {"office": "Programmbüro", "first_day": "2025-09-02", "last_day": "2025-10-02", "modules": []}
    Award.objects.bulk_create(
        (
            Award(
                code=with_check(new_public_id()),
                enrolment=seat,
                holder_name=seat.person.name,
                facts=facts,
                evidence={},
                issued_on=timezone.localdate(),
            )
            for seat in seats
        ),
        batch_size=CHUNK,
    )


def call(title: str, count: int, *, state: str = Call.State.OPEN) -> Call:
    """Make a call with ``count`` applications that the supervisors released, each with its letter."""
    now, places = timezone.now(), eligible()
    office = Organisation.objects.get(name="Programmbüro")
    version = Version.objects.filter(state=Version.State.RELEASED).order_by("pk").last()
    cohort = Cohort.objects.create(name=title, organisation=office, version=version, places=15, is_example=True)
    made = Call.objects.create(
        organisation=office,
        cohort=cohort,
        title=title,
        text="Eine Messung.",
        state=state,
        opens_at=now - timedelta(days=21),
        closes_at=now + timedelta(days=18 if state == Call.State.OPEN else -1),
        published_at=now if state == Call.State.ENDED else None,
        is_example=True,
    )
    agreed = consents.agreed({one.key for one in consents.CURRENT}, now.isoformat())
    rows = Application.objects.bulk_create(
        (
            Application(
                call=made,
                state=Application.State.RELEASED,
                municipality_id=places[at % len(places)],
                name=f"Beispielperson {at}",
                email=f"bewerbung-{made.pk}-{at}@example.org",
                function="Stabsstelle Digitalisierung",
                supervisor_name="Fachvorgesetzte",
                supervisor_email="fachvorgesetzte@example.org",
                motivation=MOTIVATION,
                baseline=dict.fromkeys(baseline.KEYS, 3),
                consents=agreed,
                is_example=True,
                submitted_at=now,
            )
            for at in range(count)
        ),
        batch_size=CHUNK,
    )
    releases = (
        Release(application=row, name="Fachvorgesetzte", email="f@example.org", expires_at=now, answer="yes", answered_at=now)
        for row in rows
    )
    Release.objects.bulk_create(releases, batch_size=CHUNK)
    letters = (
        Letter(
            kind="admissions.submitted",
            event=f"bench:{row.public_id}",
            to_email=row.email,
            subject="Ihre Bewerbung",
            text=MOTIVATION,
            html=MOTIVATION,
            message_id=f"<{row.public_id}@example.org>",
            state=Letter.State.SENT,
            sent_at=now,
        )
        for row in rows
    )
    Letter.objects.bulk_create(letters, batch_size=CHUNK)
    return made


def drafts(of: Call, count: int, *, whole: bool) -> list[tuple[Application, str]]:
    """Make ``count`` drafts with the tokens of their links; a ``whole`` one can be sent."""
    taken = set(of.applications.values_list("municipality", flat=True))
    places = [place for place in eligible() if place not in taken][:count]
    rows = [
        Application.objects.create(
            call=of,
            municipality_id=place,
            email=f"entwurf-{of.pk}-{place}@example.org",
            is_example=True,
            **_whole() if whole else {},
        )
        for place in places
    ]
    return [(row, application_link(row)) for row in rows]


def _whole() -> dict:
    return {
        "name": "Beispielperson",
        "function": "Stabsstelle",
        "supervisor_name": "Fachvorgesetzte",
        "supervisor_email": "fachvorgesetzte@example.org",
        "motivation": MOTIVATION,
        "baseline": dict.fromkeys(baseline.KEYS, 3),
    }


def untaken(of: Call) -> list[tuple[str, str]]:
    """Return key and name of the municipalities that nobody has applied for."""
    taken = set(of.applications.values_list("municipality", flat=True))
    rows = Municipality.objects.filter(pk__in=[place for place in eligible() if place not in taken]).order_by("-population")
    return list(rows.values_list("ags", "short_name"))


def grow(times: int) -> None:
    """Add ``times`` as much as the demo holds: for each three Staffeln that are over and an ended call with 40 applications."""
    first = Cohort.objects.count()
    staffeln(3 * times, 15, first=first)
    for number in range(times):
        call(f"Messung {first + number}", 40, state=Call.State.ENDED)
    analyse()


def analyse() -> None:
    """Tell the database how much there is now, as it finds out itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
