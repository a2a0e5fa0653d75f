"""Fill a demo: invented people from real municipalities, one running Staffel, one that is over, one open call.

What the people did is written by the same actions as in real life wherever these allow a date in the past.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from staffel.accounts.actions.people import ensure_personas, organisation_named, person_for
from staffel.accounts.core.personas import BRANDENBURG, OFFICE
from staffel.accounts.models import Person
from staffel.admissions.actions.release import ask_release
from staffel.admissions.core import baseline, consents
from staffel.admissions.models import Application, Call, Release
from staffel.base.rules import RuleBroken
from staffel.cohorts.actions.attendance import take_attendance
from staffel.cohorts.actions.cohorts import plan_cohort, start_cohort
from staffel.cohorts.actions.seats import add_trainer, enrol
from staffel.cohorts.models import Cohort, Session
from staffel.curriculum.models import Version
from staffel.learning.actions import note_presentation
from staffel.municipalities.models import Land, Municipality
from staffel.municipalities.queries.search import directory
from staffel.portal.core import demo, rules

WEEKDAYS = (1, 3)
MORNINGS_OVER = 4
RUNNING, OVER, OPEN = "Staffel 4", "Staffel 3a", "Staffel 5"
ROOM = "https://raum.example.org/staffel-4"
# The own municipalities of the personas: Anke and Bert are colleagues, Cora is the stranger.
EBERSWALDE, GREIFSWALD = "12060052", "13075039"


@transaction.atomic
def seed_demo() -> bool:
    """Fill an empty demo and return True; return False and change nothing if it has been filled.

    Raises RuleBroken: POR-01 if somebody real has an account.
    """
    if Cohort.objects.filter(is_example=True).exists() or not Municipality.objects.exists():
        return False
    real = Person.objects.filter(is_example=False).count()
    if real:
        raise RuleBroken(rules.EMPTY_OF_PEOPLE, f"{real} people are no examples")
    people = ensure_personas()
    Land.objects.filter(code="12").update(organisation=organisation_named(BRANDENBURG))
    version = Version.objects.filter(state=Version.State.RELEASED).order_by("pk").last()
    candidates = [
        demo.Candidate(row.ags, row.land, row.population, bool(row.funding))
        for row in directory().rows
        if not row.uninhabited and not row.dissolved
    ]
    eligible = demo.spread(candidates, 66, salt="Staffel")
    _running(version, people, eligible[:13])
    _over(version, people, eligible[13:21])
    _open(version, people, eligible[21:], demo.spread(candidates, 3, salt="Staffel", funded=True))
    return True


def _cohort(version, name, *, by, starts, places=15):
    cohort = plan_cohort(
        version,
        name=name,
        places=places,
        organisation=organisation_named(OFFICE),
        starts_on=starts,
        laender=Land.objects.filter(code="12"),
        room_url=ROOM,
        is_example=True,
        by=by,
    )
    add_trainer(cohort, email="frauke@example.org", name="Frauke Beispiel", by=by)
    return cohort


def _running(version, people, candidates):
    """The Staffel in its fifth morning: fifteen people, attendance of three mornings noted, the fourth waits for Frauke."""
    emil = people["emil"]
    starts = demo.first_day(timezone.localdate(), WEEKDAYS, MORNINGS_OVER)
    cohort = _cohort(version, RUNNING, by=emil, starts=starts)
    seats = [
        enrol(cohort, person=people[key], municipalities=[Municipality.objects.get(ags=ags)], by=emil)
        for key, ags in (("anke", EBERSWALDE), ("bert", EBERSWALDE))
    ]
    seats += _fill(cohort, candidates, first=101, by=emil)
    start_cohort(cohort, by=emil)
    _attend(cohort, seats, people["frauke"], sessions=MORNINGS_OVER - 1)


def _over(version, people, candidates):
    """A Staffel that has ended, whose certificates can be issued; one person was there too little, Cora held her talk."""
    emil = people["emil"]
    cohort = _cohort(version, OVER, by=emil, starts=timezone.localdate() - timedelta(days=90), places=10)
    cora = enrol(cohort, person=people["cora"], municipalities=[Municipality.objects.get(ags=GREIFSWALD)], by=emil)
    seats = [cora, *_fill(cohort, candidates, first=201, by=emil)]
    start_cohort(cohort, by=emil)
    _attend(cohort, seats, people["frauke"], sessions=None)
    last = cohort.sessions.order_by("starts_at").last()
    for seat in seats[:-1]:
        note_presentation(
            seat,
            held_on=timezone.localdate(last.starts_at),
            title="Erste Schritte zu unserer digitalen Strategie",
            by=people["frauke"],
        )


def _fill(cohort, candidates, *, first: int, by):
    """Give each municipality's invented person a place and return the places."""
    places = {one.ags: one for one in Municipality.objects.filter(ags__in=[one.ags for one in candidates])}
    return [
        enrol(
            cohort,
            person=person_for(f"beispiel-{number}@example.org", name=f"Beispielperson {number}", is_example=True),
            municipalities=[places[candidate.ags]],
            by=by,
        )
        for number, candidate in enumerate(candidates, start=first)
    ]


def _attend(cohort, seats, trainer, *, sessions: int | None):
    """Note the attendance of the first ``sessions`` mornings, or of all: mostly the whole, now and then half or nothing."""
    for session in Session.objects.filter(cohort=cohort).order_by("starts_at")[:sessions]:
        whole = int((session.ends_at - session.starts_at).total_seconds() // 60)
        minutes = {}
        for at, seat in enumerate(seats):
            missed = (at * 3 + session.position) % 11 == 0 or (at == len(seats) - 1 and session.position % 2 == 0)
            late = (at + session.position) % 7 == 0
            minutes[seat.public_id] = 0 if missed else whole // 2 if late else whole
        take_attendance(session, minutes, by=trainer)


def _open(version, people, eligible, funded):
    """The open call with 40 applications in every state, three of them from funded municipalities."""
    emil = people["emil"]
    today = timezone.localdate()
    cohort = _cohort(version, OPEN, by=emil, starts=today + timedelta(days=75))
    now = timezone.now()
    deadline = timezone.make_aware(datetime.combine(today + timedelta(days=18), time(23, 59)))
    call = Call.objects.create(
        organisation=cohort.organisation,
        cohort=cohort,
        title="Staffel 5: Smart City Manager:in, bundesweit",
        text=CALL_TEXT,
        state=Call.State.OPEN,
        opens_at=now - timedelta(days=21),
        closes_at=deadline,
        is_example=True,
    )
    places = {one.ags: one for one in Municipality.objects.filter(ags__in=[one.ags for one in (*eligible, *funded)])}
    waiting = None
    for one in demo.applications(eligible[:40], funded):
        application = _apply(call, one, places, sent_at=now - timedelta(days=20) + timedelta(hours=9 * one.number))
        waiting = application if application.state == Application.State.SUBMITTED else waiting
    # Heinz has a letter to answer.
    ask_release(waiting, name="Heinz Beispiel", email="heinz@example.org")


def _apply(call, invented, places, *, sent_at) -> Application:
    """Write one application as it stands after the supervisor was asked; no letter goes out for what never happened."""
    states = Application.State
    application = Application.objects.create(
        call=call,
        state=invented.state,
        municipality=places[invented.ags],
        partner=places.get(invented.partner),
        name=invented.name,
        email=f"bewerbung-{invented.number}@example.org",
        function=invented.function,
        supervisor_name=f"Fachvorgesetzte von {invented.name}",
        supervisor_email=f"fachvorgesetzte-{invented.number}@example.org",
        motivation=invented.motivation,
        baseline=dict(zip(baseline.KEYS, invented.baseline, strict=False)),
        consents=consents.agreed({one.key for one in consents.CURRENT}, sent_at.isoformat()),
        is_example=True,
        created_at=sent_at,
        changed_at=sent_at,
        submitted_at=sent_at,
        ended_at=sent_at + timedelta(days=1) if invented.state == states.WITHDRAWN else None,
    )
    answers = {states.RELEASED: Release.Answer.YES, states.WITHDRAWN: Release.Answer.YES, states.REFUSED: Release.Answer.NO}
    answer = answers.get(invented.state, "")
    Release.objects.create(
        application=application,
        name=application.supervisor_name,
        email=application.supervisor_email,
        asked_at=sent_at,
        expires_at=sent_at + timedelta(days=call.release_days + 7),
        answer=answer,
        reason=invented.reason if answer == Release.Answer.NO else "",
        answered_at=sent_at + timedelta(hours=20) if answer else None,
    )
    return application


CALL_TEXT = """\
Zehn Vormittage, an denen Kommunen lernen, eine eigene digitale Strategie zu entwickeln und umzusetzen.

**Was Sie erwartet**

- fünf Module, je zwei Vormittage von 9 bis 13 Uhr, online
- Arbeit an Fragen aus Ihrem Rathaus, in einer festen Gruppe von 15 Menschen
- ein Zertifikat, wenn Sie an 80 Prozent der Stunden dabei sind und Ihr Ergebnis vorstellen

**Was Sie mitbringen**

- die Freigabe Ihrer Fachvorgesetzten: zwei Vormittage in der Woche, fünf Wochen lang
- einen Rechner mit Internet und üblicher Software
- Neugier auf andere Ämter

Die Teilnahme ist kostenlos. Dies ist ein Beispiel: Die Ausschreibung ist erfunden, die Kommunen gibt es.
"""
