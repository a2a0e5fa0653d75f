"""What "Mein Bereich" shows somebody of their own: what is next, what runs, what was reached."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from staffel.admissions.models import Application, Offer
from staffel.cohorts.models import Attendance, Cohort, Enrolment, Session, Trainer
from staffel.credentials.models import Award
from staffel.portal.core.next_step import Next, first_of
from staffel.ui import words


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as plain values; ``taken`` says whether attendance is noted for anybody."""

    public_id: str
    cohort_id: int
    number: int
    unit: str
    starts_at: datetime
    ends_at: datetime
    when: str
    room_url: str
    taken: bool


@dataclass(frozen=True, slots=True)
class OwnCohort:
    """A cohort in which somebody takes part (``enrolment`` is its public id) or which they lead (empty)."""

    public_id: str
    name: str
    programme: str
    state: str
    path: str
    enrolment: str
    done: int
    meetings: tuple[Meeting, ...]

    @property
    def total(self) -> int:
        """How many sessions there are."""
        return len(self.meetings)

    @property
    def coming(self) -> Meeting | None:
        """The session that runs or comes next."""
        return next((one for one in self.meetings[self.done :]), None)


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """An application: title of its call, state in words, the last moment to answer an offer."""

    title: str
    state: str
    words: str
    answer_by: datetime | None


@dataclass(frozen=True, slots=True)
class OwnAward:
    """A certificate of somebody; ``code`` without hyphens."""

    code: str
    title: str
    issued: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything on "Mein Bereich"."""

    next: Next
    taking: tuple[OwnCohort, ...]
    teaching: tuple[OwnCohort, ...]
    applications: tuple[OwnApplication, ...]
    awards: tuple[OwnAward, ...]


def own_page(person) -> OwnPage:
    """Return what concerns ``person``. Six queries at most."""
    now = timezone.now()
    enrolled = dict(Enrolment.objects.filter(person=person, state=Enrolment.State.ACTIVE).values_list("cohort_id", "public_id"))
    led = set(Trainer.objects.filter(person=person).values_list("cohort_id", flat=True))
    cohorts = _cohorts({**dict.fromkeys(led, ""), **enrolled}, now)
    taking = tuple(one for one in cohorts if one.enrolment)
    teaching = tuple(one for one in cohorts if not one.enrolment)
    applications, awards = _applications(person), _awards(person)
    steps = [*_offers(applications), *_to_take(teaching, now), *_meetings(cohorts, now)]
    return OwnPage(first_of(steps) or nothing_to_do(taking, awards), taking, teaching, applications, awards)


def _cohorts(seats: dict[int, str], now: datetime) -> tuple[OwnCohort, ...]:
    if not seats:
        return ()
    taken = set(Attendance.objects.filter(session__cohort__in=seats).values_list("session_id", flat=True).distinct())
    rows = (
        Session.objects.filter(cohort__in=seats)
        .exclude(cohort__state=Cohort.State.CANCELLED)
        .order_by("cohort_id", "starts_at")
        .values_list(
            "pk", "public_id", "cohort_id", "position", "unit__title", "starts_at", "ends_at", "room_url", "cohort__room_url",
            "cohort__public_id", "cohort__name", "cohort__version__programme__title", "cohort__state",
        )
    )  # fmt: skip
    found: dict[tuple, list[Meeting]] = {}
    for pk, public_id, cohort, number, unit, starts, ends, room, common_room, *facts in rows:
        meeting = Meeting(
            public_id, cohort, number, unit, starts, ends, words.span(starts, ends), room or common_room, pk in taken
        )
        found.setdefault((cohort, *facts), []).append(meeting)
    return tuple(
        OwnCohort(
            public_id,
            name,
            programme,
            state,
            f"/staffeln/{public_id}/",
            seats[cohort],
            sum(one.ends_at <= now for one in meetings),
            tuple(meetings),
        )
        for (cohort, public_id, name, programme, state), meetings in found.items()
    )


def _applications(person) -> tuple[OwnApplication, ...]:
    rows = (
        Application.objects.filter(person=person)
        .exclude(state=Application.State.DRAFT)
        .order_by("-submitted_at")
        .values_list("call__title", "state", "offer__answer_by", "offer__state")
    )
    return tuple(
        OwnApplication(title, state, Application.State(state).label, answer_by if offer == Offer.State.OPEN else None)
        for title, state, answer_by, offer in rows
    )


def _awards(person) -> tuple[OwnAward, ...]:
    rows = (
        Award.objects.filter(enrolment__person=person)
        .order_by("-issued_on")
        .values_list("code", "kind", "enrolment__cohort__version__programme__title", "issued_on", "revoked_at")
    )
    return tuple(
        OwnAward(code, f"{Award.Kind(kind).label} {programme}", words.day(issued), revoked is not None)
        for code, kind, programme, issued, revoked in rows
    )


def _offers(applications):
    for one in applications:
        if one.answer_by:
            yield Next(
                one.answer_by,
                _("Sie haben einen Platz. Bitte bestätigen Sie ihn über den Link in Ihrer Mail."),
                _("Antwort bis %(when)s") % {"when": words.moment(one.answer_by)},
            )


def _to_take(teaching, now):
    for cohort in teaching:
        for meeting in cohort.meetings:
            if meeting.starts_at <= now and not meeting.taken:
                yield Next(
                    meeting.starts_at,
                    _("Bitte erfassen Sie die Anwesenheit von „%(unit)s“ in %(cohort)s.")
                    % {"unit": meeting.unit, "cohort": cohort.name},
                    meeting.when,
                    f"{cohort.path}anwesenheit/{meeting.public_id}/",
                    _("Anwesenheit erfassen"),
                )


def _meetings(cohorts, now):
    for cohort in cohorts:
        meeting = cohort.coming
        if meeting is None:
            continue
        today = timezone.localdate(meeting.starts_at) == timezone.localdate(now)
        sentence = _("Vormittag %(number)s von %(total)s: %(unit)s") % {
            "number": meeting.number,
            "total": cohort.total,
            "unit": meeting.unit,
        }
        if today and meeting.room_url:
            yield Next(meeting.starts_at, sentence, meeting.when, meeting.room_url, _("Raum öffnen"))
        else:
            yield Next(meeting.starts_at, sentence, meeting.when, cohort.path, _("Zur Staffel"))


def nothing_to_do(taking, awards) -> Next:
    """Return what the page says when nothing waits."""
    if awards:
        return Next(None, _("Im Moment ist nichts zu tun. Ihr Zertifikat liegt unten bereit."), "")
    if taking:
        return Next(None, _("Im Moment ist nichts zu tun. Alle Termine sind vorbei."), "")
    return Next(
        None,
        _("Sie nehmen an keiner Staffel teil. Die offenen Ausschreibungen stehen für jede Kommune hier."),
        "",
        "/ausschreibungen/",
        _("Ausschreibungen ansehen"),
    )
