"""What applicants and supervisors ask about one application, which they reach by a link.

``by_link`` fetches the row with all that its pages show; everything else here makes words of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from staffel.admissions.core import baseline
from staffel.admissions.core.phases import Phase, phase_of
from staffel.admissions.core.steps import Step, is_begun, is_done, open_steps
from staffel.admissions.models import Application, Call, Decision, Offer, Release
from staffel.admissions.queries.calls_public import date_words, left_words
from staffel.cohorts.models import Cohort, Session
from staffel.municipalities.core.listing import Row
from staffel.municipalities.core.search import marked
from staffel.municipalities.models import Municipality
from staffel.municipalities.queries import search
from staffel.ui import parts
from staffel.ui.words import clock, day, moment, span, whole

State = Application.State
MOST_PLACES = 8


def by_link() -> QuerySet[Application]:
    """Return the applications with call, bodies, decision and offer: one query for all that a page by link shows."""
    return Application.objects.select_related(
        "call__cohort", "municipality__land", "partner__land", "decision", "offer", "enrolment"
    )


def releases_by_link() -> QuerySet[Release]:
    """Return the questions for a release with their application."""
    return Release.objects.select_related(
        "application__call__cohort__version__programme", "application__municipality__land", "application__partner__land"
    )


# Municipalities by search -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlaceChoice:
    """A municipality to choose: ``where`` tells it from others of its name, ``people`` is its population in words."""

    ags: str
    name: str
    where: str
    people: str
    pieces: list[tuple[str, bool]]


def places_found(words: str) -> list[PlaceChoice]:
    """Return the municipalities that people mean by ``words``, the best first, at most eight. One query."""
    known = search.directory()
    rows = (known.rows[at] for at in known.index.find(words).places)
    standing = (row for row in rows if not row.uninhabited and not row.dissolved)
    return [_choice(row, words) for row in islice(standing, MOST_PLACES)]


def place_choice(ags: str) -> PlaceChoice | None:
    """Return the municipality with this key, None if there is none to choose. One query."""
    return next((choice for choice in places_found(ags) if choice.ags == ags), None)


def _choice(row: Row, words: str) -> PlaceChoice:
    where = ", ".join(filter(None, ("" if row.kind in search.CITY_KINDS else row.kreis_words, row.land_name)))
    return PlaceChoice(row.ags, row.name, where, whole(row.population), marked(row.name, words))


def municipality_of(ags: str) -> Municipality | None:
    """Return a municipality that stands and is inhabited, by its key. One query."""
    return Municipality.objects.filter(ags=ags, counted=True, valid_to__isnull=True).first()


# The draft ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DraftPage:
    """A draft as its overview shows it: the tasks, and whether it can be sent. ``phase`` is that of its call."""

    tasks: list[parts.Task]
    open_count: int
    saved: str
    phase: Phase
    left: str
    closes: str

    @property
    def takes_applications(self) -> bool:
        """Whether it can still be sent."""
        return self.phase is Phase.OPEN


def values_of(application: Application) -> dict[str, object]:
    """Return the fields of an application by name, as ``core.steps`` reads them. No query."""
    return vars(application) | {"municipality": application.municipality_id}


def steps_open(application: Application) -> tuple[Step, ...]:
    """Return the steps that are not done. No query."""
    return open_steps(values_of(application))


def draft_page(application: Application, base: str, now: datetime) -> DraftPage:
    """Return the overview of a draft; ``base`` is the address of its link. No query."""
    values = values_of(application)
    missing = open_steps(values)
    tasks = [parts.Task(_(step.label), f"{base}{step}/", *_task_words(step, values)) for step in Step]
    ready = (_("bereit"), "accent") if not missing else (_("wenn alles da ist"), "neutral")
    tasks.append(parts.Task(_("Prüfen und absenden"), f"{base}absenden/" if not missing else "", *ready))
    call = application.call
    phase = phase_of(call.state, call.opens_at, call.closes_at, now)
    return DraftPage(tasks, len(missing), saved_words(application), phase, left_words(call, phase, now), moment(call.closes_at))


def _task_words(step: Step, values: dict) -> tuple[str, str]:
    if is_done(step, values):
        return _("fertig"), "success"
    return (_("angefangen"), "info") if is_begun(step, values) else (_("offen"), "neutral")


def saved_words(application: Application) -> str:
    """Return when a draft was saved last: ``gespeichert 10:42``, with the day if it was not today."""
    saved = timezone.localtime(application.changed_at)
    today = saved.date() == timezone.localdate()
    return _("gespeichert %(time)s") % {"time": clock(saved) if today else moment(saved)}


def summary(application: Application, base: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return what was typed, step by step: (title, address to change it, lines of label and value). No query."""
    told = application
    places = [place.short_name for place in (told.municipality, told.partner) if place]
    deputy = ", ".join(filter(None, (told.deputy_name, told.deputy_email)))
    answered = len(baseline.KEYS) - len(baseline.unanswered(told.baseline))
    lines = {
        Step.PLACE: [(_("Kommune"), places[0] if places else "")] + [(_("Zweite Kommune"), name) for name in places[1:]],
        Step.PERSON: [
            (_("Name"), told.name),
            (_("Funktion"), told.function),
            (_("Dienstliche E-Mail-Adresse"), told.email),
            (_("Vertretung"), deputy or _("niemand genannt")),
        ],
        Step.MOTIVATION: [(_("Warum Sie teilnehmen möchten"), told.motivation)],
        Step.BASELINE: [(_("Antworten"), _("%(done)s von %(all)s Aussagen") % {"done": answered, "all": len(baseline.KEYS)})],
        Step.SUPERVISOR: [(_("Name"), told.supervisor_name), (_("E-Mail-Adresse"), told.supervisor_email)],
    }
    return [(_(step.label), f"{base}{step}/", lines[step]) for step in Step]


def baseline_lines(application: Application) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the answers of the self-assessment in words, by field. No query."""
    words = dict(baseline.SCALE)
    return [
        (_(field), [(_(one.sentence), _(words.get(application.baseline.get(one.key), ""))) for one in statements])
        for field, statements in baseline.by_field()
    ]


# After sending ----------------------------------------------------------------------------------------------------------


# Sooner than this nobody is urged to ask a supervisor once more.
ASK_AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Status:
    """Where an application stands, in words: ``title`` is the state, ``sentences`` say what that means and what comes next."""

    title: str
    tone: str
    sentences: tuple[str, ...]
    reason: str
    reason_by: str
    steps: tuple[parts.Step, ...]
    may_withdraw: bool
    may_ask_again: bool
    is_due_again: bool
    offer_until: str
    supervisor: str


def status(application: Application, release: Release | None) -> Status:
    """Return where an application stands; ``release`` is the newest question. No query."""
    state = application.state
    told = application.call.published_at is not None
    decision = getattr(application, "decision", None) if told else None
    offer = getattr(application, "offer", None)
    asked_no = state == State.REFUSED and release is not None
    return Status(
        title=_title(application),
        tone=TONES.get(state, "info"),
        sentences=tuple(_sentences(application, release, offer, decision)),
        reason=release.reason if asked_no else decision.reason if decision else "",
        reason_by=_("Grund der Freigabe") if asked_no else _("Grund der Entscheidung"),
        steps=tuple(_steps(application, release)),
        may_withdraw=is_withdrawable(application),
        may_ask_again=may_ask_again(application),
        is_due_again=state != State.SUBMITTED or release is None or release.asked_at <= timezone.now() - ASK_AGAIN_AFTER,
        offer_until=moment(offer.answer_by) if has_open_offer(application) else "",
        supervisor=application.supervisor_name,
    )


def is_withdrawable(application: Application) -> bool:
    """Whether it can be taken back: an offer is declined instead, a place can be given back until the cohort begins."""
    if application.state == State.ACCEPTED:
        return application.call.cohort.state == Cohort.State.PLANNED
    return application.state in (State.SUBMITTED, State.RELEASED, State.REFUSED, State.EXPIRED, State.WAITING)


def has_open_offer(application: Application) -> bool:
    """Whether a place waits for an answer."""
    offer = getattr(application, "offer", None)
    return application.state == State.OFFERED and offer is not None and offer.state == Offer.State.OPEN


def may_ask_again(application: Application) -> bool:
    """Whether a supervisor can be asked once more: as long as the release is missing and the places are not given."""
    selecting = application.call.state in (Call.State.OPEN, Call.State.CLOSED)
    return selecting and application.state in (State.SUBMITTED, State.REFUSED, State.EXPIRED)


TONES = {
    State.RELEASED: "success",
    State.ACCEPTED: "success",
    State.OFFERED: "success",
    State.REFUSED: "warning",
    State.EXPIRED: "warning",
    State.LAPSED: "warning",
}


def _title(application: Application) -> str:
    return {
        State.SUBMITTED: _("Ihre Bewerbung ist da. Jetzt fehlt die Freigabe."),
        State.RELEASED: _("Ihre Bewerbung ist freigegeben und nimmt an der Auswahl teil."),
        State.REFUSED: _("Ihre Bewerbung ist nicht freigegeben."),
        State.EXPIRED: _("Die Freigabe ist ausgeblieben."),
        State.OFFERED: _("Wir bieten Ihnen einen Platz an."),
        State.WAITING: _("Sie stehen auf der Warteliste."),
        State.REJECTED: _("Diesmal haben wir keinen Platz für Sie."),
        State.ACCEPTED: _("Ihr Platz ist bestätigt."),
        State.DECLINED: _("Sie haben den Platz abgelehnt."),
        State.LAPSED: _("Das Angebot ist verfallen."),
        State.WITHDRAWN: _("Die Bewerbung ist zurückgezogen."),
    }[application.state]


def _sentences(application: Application, release: Release | None, offer: Offer | None, decision: Decision | None):
    state, call = application.state, application.call
    closes = {"closes": moment(call.closes_at)}
    if state == State.SUBMITTED and release:
        yield _("%(name)s hat am %(asked)s eine E-Mail bekommen und kann bis zum %(until)s antworten.") % {
            "name": release.name,
            "asked": day(timezone.localdate(release.asked_at)),
            "until": moment(release.expires_at),
        }
        yield _("Die Freigabe kann auch nach der Bewerbungsfrist kommen. Zur Hälfte der Zeit erinnern wir.")
    elif state == State.RELEASED:
        yield _("Entschieden wird nach dem %(closes)s. Sie bekommen in jedem Fall Post, mit den Gründen.") % closes
    elif state in (State.REFUSED, State.EXPIRED):
        yield _("Ohne Freigabe nimmt die Bewerbung nicht an der Auswahl teil.")
        if may_ask_again(application):
            yield _("Sie können noch einmal fragen oder eine andere Person nennen.")
    elif state == State.OFFERED and offer:
        yield _("Bitte antworten Sie bis zum %(until)s. Ohne Antwort bekommt die nächste Kommune den Platz.") % {
            "until": moment(offer.answer_by)
        }
    elif state == State.WAITING:
        if decision and decision.position:
            yield _("Ihr Platz auf der Liste: %(position)s.") % {"position": decision.position}
        yield _("Wird ein Platz frei, bieten wir ihn der Reihe nach an. Sie brauchen nichts zu tun.")
    elif state == State.ACCEPTED:
        yield _("Wir freuen uns auf Sie. Die Termine finden Sie in „Mein Bereich“, wenn Sie sich mit Ihrer Adresse anmelden.")
    elif state in (State.REJECTED, State.DECLINED, State.LAPSED, State.WITHDRAWN):
        yield _("Damit ist die Bewerbung beendet. Ihre Angaben löschen wir nach sechs Monaten.")
        yield _("Bei der nächsten Ausschreibung können Sie sich wieder bewerben.")


ENDED = (State.REJECTED, State.DECLINED, State.LAPSED, State.WITHDRAWN)
REACHED = {
    State.SUBMITTED: 1,
    State.REFUSED: 1,
    State.EXPIRED: 1,
    State.RELEASED: 2,
    State.REJECTED: 3,
    State.WAITING: 3,
    State.OFFERED: 3,
    State.DECLINED: 4,
    State.LAPSED: 4,
    State.ACCEPTED: 4,
    State.WITHDRAWN: 1,
}


def _steps(application: Application, release: Release | None):
    """Yield the way from the application to the certificate as far as it has come; what is over ends where it ended."""
    answered = release.answered_at if release else None
    waiting = application.state == State.WAITING
    told = [
        (_("Bewerbung"), day(timezone.localdate(application.submitted_at)), ""),
        (_("Freigabe"), day(timezone.localdate(answered)) if answered else "", ""),
        (_("Auswahl"), "", ""),
        (_("Warteliste") if waiting else _("Zusage"), "", ""),
        (_("Termine"), "", ""),
        (_("Zertifikat"), "", ""),
    ]
    reached = REACHED[application.state]
    for at, (title, when, reason) in enumerate(told):
        if application.state in ENDED and at >= reached:
            return
        yield parts.Step(title, "done" if at < reached else "now" if at == reached else "next", when, reason)


# For the supervisor -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReleasePage:
    """What a supervisor is asked: who, from where, what it means, until when; ``answer`` is empty while it is open."""

    applicant: str
    function: str
    places: str
    call: str
    programme: str
    until: str
    deputy: str
    dates: str
    hours: str
    sessions: tuple[str, ...]
    answer: str
    reason: str
    answered: str
    is_open: bool
    is_over: bool
    is_free: bool
    call_path: str


def release_page(release: Release, now: datetime) -> ReleasePage:
    """Return what a supervisor is asked. One query for the dates."""
    application, cohort = release.application, release.application.call.cohort
    rows = list(Session.objects.filter(cohort=cohort).order_by("position").values_list("starts_at", "ends_at"))
    minutes = sum(int((ends - starts).total_seconds() // 60) for starts, ends in rows)
    first, last = (rows[0][0], rows[-1][1]) if rows else (None, None)
    waits = application.state == State.SUBMITTED and not release.answer
    return ReleasePage(
        applicant=application.name,
        function=application.function,
        places=_(" und ").join(place.short_name for place in (application.municipality, application.partner) if place),
        call=application.call.title,
        programme=cohort.version.programme.title,
        until=moment(release.expires_at),
        deputy=application.deputy_name,
        dates=date_words(first, last, len(rows)),
        hours=whole(round(minutes / 60)),
        sessions=tuple(span(starts, ends) for starts, ends in rows),
        answer=release.answer,
        reason=release.reason,
        answered=moment(release.answered_at) if release.answered_at else "",
        is_open=waits and release.expires_at > now,
        is_over=waits and release.expires_at <= now,
        is_free=not cohort.version.fee,
        call_path=f"/ausschreibungen/{application.call.public_id}/",
    )


def newest_release(application: Application) -> Release | None:
    """Return the newest question to a supervisor, None before the first. One query."""
    return application.releases.order_by("-pk").first()
