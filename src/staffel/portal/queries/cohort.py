"""What the overview of one cohort shows its members."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from staffel.cohorts.models import Attendance, Cohort, Enrolment, Session
from staffel.portal.core.next_step import Next
from staffel.ui import words
from staffel.ui.parts import Step


@dataclass(frozen=True, slots=True)
class Overview:
    """A cohort as its members see it; ``enrolment`` is the public id of the person's own place, or empty."""

    next: Next
    steps: tuple[Step, ...]
    done: int
    people: int
    programme_path: str
    enrolment: str


def overview(cohort: Cohort, person, *, takes_attendance: bool) -> Overview:
    """Return the overview for ``person``. Four queries."""
    now = timezone.now()
    taken = set(Attendance.objects.filter(session__cohort=cohort).values_list("session_id", flat=True).distinct())
    sessions = list(Session.objects.filter(cohort=cohort).select_related("unit").order_by("starts_at"))
    people = Enrolment.objects.filter(cohort=cohort, state=Enrolment.State.ACTIVE).values_list("person_id", "public_id")
    places = dict(people)
    version = cohort.version
    return Overview(
        next=_next(cohort, sessions, taken if takes_attendance else None, now),
        steps=tuple(_steps(sessions, now)),
        done=sum(one.ends_at <= now for one in sessions),
        people=len(places),
        programme_path=f"/programme/{version.programme.key}/{version.number}/",
        enrolment=places.get(person.pk, ""),
    )


def _steps(sessions, now):
    current = next((one.pk for one in sessions if one.ends_at > now), None)
    for one in sessions:
        state = "done" if one.ends_at <= now else "now" if one.pk == current else "next"
        yield Step(one.unit.title, state, words.span(one.starts_at, one.ends_at))


def _next(cohort, sessions, taken, now) -> Next:
    path = f"/staffeln/{cohort.public_id}/"
    if cohort.state == Cohort.State.CANCELLED:
        return Next(None, _("Diese Staffel findet nicht statt."), "")
    for one in sessions:
        if taken is not None and one.starts_at <= now and one.pk not in taken:
            sentence = _("Für „%(unit)s“ fehlt die Anwesenheit.") % {"unit": one.unit.title}
            when = words.span(one.starts_at, one.ends_at)
            return Next(one.starts_at, sentence, when, f"{path}anwesenheit/{one.public_id}/", _("Anwesenheit erfassen"))
    coming = next((one for one in sessions if one.ends_at > now), None)
    if coming is None:
        if taken is None:
            return Next(None, _("Alle Termine sind vorbei. Danke, dass Sie dabei waren."), "")
        return Next(None, _("Alle Termine sind vorbei."), "", f"{path}abschluss/", _("Zum Abschluss"))
    sentence = _("Vormittag %(number)s von %(total)s: %(unit)s") % {
        "number": coming.position,
        "total": len(sessions),
        "unit": coming.unit.title,
    }
    room = coming.room_url or cohort.room_url
    if room and timezone.localdate(coming.starts_at) == timezone.localdate(now):
        return Next(coming.starts_at, sentence, words.span(coming.starts_at, coming.ends_at), room, _("Raum öffnen"))
    return Next(coming.starts_at, sentence, words.span(coming.starts_at, coming.ends_at), f"{path}termine/", _("Alle Termine"))
