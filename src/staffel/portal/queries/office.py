"""What the office's first page shows: what is next, and how the calls and cohorts stand."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.accounts.models import Letter
from staffel.admissions.models import Application, Call, Offer
from staffel.admissions.permissions import visible_calls
from staffel.base.models import Job
from staffel.cohorts.models import Cohort, Enrolment, Session
from staffel.cohorts.permissions import visible_to as visible_cohorts
from staffel.curriculum.models import Version
from staffel.curriculum.permissions import versions_visible_to
from staffel.curriculum.queries.editing import version_path
from staffel.portal.core.next_step import Next, first_of
from staffel.ui import words


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call in one line; ``figures`` says in words what came in or was answered."""

    title: str
    path: str
    state: str
    words: str
    figures: str


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort in one line; ``when`` is its next session in words, empty if there is none."""

    name: str
    path: str
    state: str
    words: str
    people: str
    when: str


@dataclass(frozen=True, slots=True)
class OfficePage:
    """Everything on the office's first page; ``failed`` counts letters and jobs that were given up."""

    next: Next
    calls: tuple[CallLine, ...]
    cohorts: tuple[CohortLine, ...]
    failed: int


def office_page(person, *, acts: bool, runs: bool = False) -> OfficePage:
    """Return what the office sees; ``acts`` says whether it is asked to do something, ``runs`` whether it looks
    after letters and jobs alone. Seven queries at most.
    """
    now = timezone.now()
    calls, steps = _calls(person, now)
    cohorts, more = _cohorts(person, now)
    failed = Letter.objects.filter(state=Letter.State.FAILED).count() + Job.objects.filter(state=Job.State.DEAD).count()
    waiting = [*steps, *more, *_releases(person, now)] if acts else []
    return OfficePage(first_of(waiting) or _quiet(acts=acts, runs=runs), calls, cohorts, failed)


def _quiet(*, acts: bool, runs: bool) -> Next:
    if runs:
        return Next(None, _("Sie sehen hier, ob Briefe und Aufträge durchkommen, nicht, was in ihnen steht."), "")
    if acts:
        return Next(None, _("Im Moment wartet nichts auf Sie."), "", "/buero/ausschreibungen/", _("Zu den Ausschreibungen"))
    return Next(None, _("Sie sehen hier, was Ihr Land betrifft. Entscheiden tut das Programmbüro."), "")


def _releases(person, now: datetime) -> list[Next]:
    """Return the versions of programmes that somebody else handed over for review."""
    rows = versions_visible_to(person).filter(state=Version.State.REVIEW).exclude(submitted_by=person)
    return [
        Next(
            now,
            _("%(title)s %(number)s wartet auf Ihre Freigabe.") % {"title": version.title, "number": version.number},
            "",
            version_path(version),
            _("Prüfen"),
        )
        for version in rows
    ]


def _calls(person, now: datetime):
    states = Application.State
    rows = (
        Call.objects.filter(visible_calls(person), state__in=["draft", "open", "closed", "published"])
        .annotate(
            sent=Count("applications", filter=~Q(applications__state=states.DRAFT)),
            released=Count("applications", filter=Q(applications__state=states.RELEASED)),
            undecided=Count("applications", filter=Q(applications__state=states.RELEASED, applications__decision__isnull=True)),
            open_offers=Count("applications", filter=Q(applications__offer__state=Offer.State.OPEN)),
        )
        .order_by("closes_at")
        .values_list("public_id", "title", "state", "opens_at", "closes_at", "sent", "released", "undecided", "open_offers")
    )
    lines, steps = [], []
    for public_id, title, state, opens, closes, sent, released, undecided, offers in rows:
        path = f"/buero/ausschreibungen/{public_id}/"
        figures = _figures(state, sent, released, offers)
        lines.append(CallLine(title, path, state, Call.State(state).label, figures))
        if state == Call.State.DRAFT:
            sentence = _("Die Ausschreibung „%(title)s“ ist noch ein Entwurf.") % {"title": title}
            steps.append(Next(opens, sentence, "", path, _("Entwurf ansehen")))
        elif state == Call.State.CLOSED or (state == Call.State.OPEN and closes <= now):
            steps.append(Next(closes, _choice(title, undecided), "", f"{path}bewerbungen/", _("Plätze vergeben")))
    return tuple(lines), steps


def _choice(title: str, undecided: int) -> str:
    if not undecided:
        return _("In „%(title)s“ ist alles entschieden. Die Entscheidung kann veröffentlicht werden.") % {"title": title}
    return ngettext(
        "In „%(title)s“ wartet %(number)s freigegebene Bewerbung auf eine Entscheidung.",
        "In „%(title)s“ warten %(number)s freigegebene Bewerbungen auf eine Entscheidung.",
        undecided,
    ) % {"title": title, "number": undecided}


def _figures(state: str, sent: int, released: int, offers: int) -> str:
    if state == Call.State.PUBLISHED:
        return ngettext("%(number)s Angebot ist offen", "%(number)s Angebote sind offen", offers) % {"number": offers}
    came = ngettext("%(number)s Bewerbung", "%(number)s Bewerbungen", sent) % {"number": sent}
    return _("%(came)s, %(released)s davon freigegeben") % {"came": came, "released": released} if sent else came


def _cohorts(person, now: datetime):
    rows = list(
        Cohort.objects.filter(visible_cohorts(person), state__in=["planned", "running"])
        .distinct()
        .annotate(people=Count("enrolments", filter=Q(enrolments__state=Enrolment.State.ACTIVE), distinct=True))
        .order_by("pk")
        .values_list("pk", "public_id", "name", "state", "places", "people")
    )
    sessions = (
        Session.objects.filter(cohort__in=[row[0] for row in rows])
        .annotate(taken=Count("attendances"))
        .order_by("starts_at")
        .values_list("cohort_id", "public_id", "position", "starts_at", "ends_at", "taken")
    )
    coming, steps = {}, []
    paths = {pk: f"/staffeln/{public_id}/" for pk, public_id, *_rest in rows}
    names = {pk: name for pk, _public_id, name, *_rest in rows}
    peopled = {pk for pk, *_rest, people in rows if people}
    for pk, public_id, number, starts, ends, taken in sessions:
        if ends > now:
            coming.setdefault(pk, words.span(starts, ends))
        elif not taken and pk in peopled:
            sentence = _("Für Vormittag %(number)s von %(name)s fehlt die Anwesenheit.") % {"number": number, "name": names[pk]}
            steps.append(
                Next(
                    starts,
                    sentence,
                    words.span(starts, ends),
                    f"{paths[pk]}anwesenheit/{public_id}/",
                    _("Anwesenheit erfassen"),
                )
            )
    for pk, public_id, name, state, *_rest in rows:
        if pk not in coming and state == Cohort.State.RUNNING:
            sentence = _("Alle Termine von %(name)s sind vorbei. Die Zertifikate können ausgestellt werden.") % {"name": name}
            steps.append(Next(now, sentence, "", f"/buero/staffeln/{public_id}/", _("Zur Staffel")))
    lines = tuple(
        CohortLine(
            name,
            f"/buero/staffeln/{public_id}/",
            state,
            Cohort.State(state).label,
            _("%(people)s von %(places)s Plätzen") % {"people": people, "places": places},
            coming.get(pk, ""),
        )
        for pk, public_id, name, state, places, people in rows
    )
    return lines, steps
