"""What the public asks about calls: which there are, and all about one.

Plain frozen values come out, never rows. Drafts do not exist here.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.admissions.core import eligibility_rules
from staffel.admissions.core.eligibility import CallTerms
from staffel.admissions.core.phases import Phase, days_until, phase_of
from staffel.admissions.models import Call
from staffel.admissions.queries.bodies import condition_words
from staffel.cohorts.models import Cohort, Session
from staffel.ui.parts import Step
from staffel.ui.words import day, moment, span

TONES = {
    Phase.COMING: "info",
    Phase.OPEN: "accent",
    Phase.SELECTING: "neutral",
    Phase.DECIDED: "neutral",
    Phase.CANCELLED: "warning",
}
ORDER = (Phase.OPEN, Phase.COMING, Phase.SELECTING, Phase.DECIDED, Phase.CANCELLED)
# A page that lists everything for ever would say nothing: what is over stays on its own page.
MOST_PAST = 12


def stamp() -> str:
    """Return a short text that changes with every public call, its dates, the day, and when one opens or closes. One query.

    The words of a call that is over do not change any more and are left out.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        rows = cursor.fetchall()
    phases = [_phase_of_row(row, now) for row in rows]
    told = repr((rows, phases, timezone.localdate(now), settings.CONTACT))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _phase_of_row(row: tuple, now: datetime) -> Phase | None:
    opens_at, closes_at = (_time(value) for value in row[2:4])
    return phase_of(row[1], opens_at, closes_at, now)


def _time(value: datetime | str) -> datetime:
    """Return a time as the database gives it without the ORM: SQLite has it as text in UTC."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if timezone.is_aware(found) else found.replace(tzinfo=UTC)


_CALL, _COHORT, _SESSION = (model._meta.db_table for model in (Call, Cohort, Session))
_LAENDER = Call.laender.through._meta.db_table
_STAMP = f"""
SELECT c.id, c.state, c.opens_at, c.closes_at, c.title, CASE WHEN c.state IN ('ended', 'cancelled') THEN '' ELSE c.text END,
    c.not_funded_only, c.largest_population, c.release_days, c.answer_days, k.places, k.name, k.state,
    (SELECT MAX(s.changed_at) FROM {_SESSION} s WHERE s.cohort_id = k.id),
    (SELECT COUNT(*) FROM {_SESSION} s WHERE s.cohort_id = k.id),
    (SELECT SUM(l.land_id * l.land_id) FROM {_LAENDER} l WHERE l.call_id = c.id)
FROM {_CALL} c JOIN {_COHORT} k ON k.id = c.cohort_id WHERE c.state <> 'draft' ORDER BY c.id
"""  # noqa: S608 - the tables' own names


# The list ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CallLine:
    """A call as the list shows it, in words. ``left`` is the deadline as seen today, empty if it is over."""

    path: str
    title: str
    phase: Phase
    phase_word: str
    tone: str
    dates: str
    places: str
    deadline: str
    left: str
    who: str
    is_example: bool
    closes_at: datetime


def public_calls(now: datetime) -> list[CallLine]:
    """Return every call that is open or coming, and the latest of the others; open ones first, the next deadline first.

    Two queries.
    """
    rows = (
        Call.objects.exclude(state=Call.State.DRAFT)
        .select_related("cohort")
        .prefetch_related("laender")
        .annotate(first=Min("cohort__sessions__starts_at"), last=Max("cohort__sessions__ends_at"))
        .annotate(mornings=Count("cohort__sessions"))
        .order_by("-closes_at", "-pk")
    )
    lines = [_line(call, now) for call in rows]
    current = [line for line in lines if line.phase in (Phase.OPEN, Phase.COMING)]
    past = [line for line in lines if line.phase not in (Phase.OPEN, Phase.COMING)][:MOST_PAST]
    return sorted(current, key=lambda line: (ORDER.index(line.phase), line.closes_at)) + past


def open_calls(now: datetime | None = None) -> list[CallLine]:
    """Return the calls that take applications now or soon, for the start page. Two queries."""
    return [line for line in public_calls(now or timezone.now()) if line.phase in (Phase.OPEN, Phase.COMING)]


def _line(call: Call, now: datetime) -> CallLine:
    phase = phase_of(call.state, call.opens_at, call.closes_at, now)
    return CallLine(
        path=f"/ausschreibungen/{call.public_id}/",
        title=call.title,
        phase=phase,
        phase_word=_(phase.label),
        tone=TONES[phase],
        dates=date_words(call.first, call.last, call.mornings),
        places=place_words(call.cohort.places),
        deadline=deadline_words(call, phase),
        left=left_words(call, phase, now),
        who=" ".join(who_words(call)),
        is_example=call.is_example,
        closes_at=call.closes_at,
    )


def date_words(first: datetime | None, last: datetime | None, mornings: int) -> str:
    """Return when a cohort meets: ``10 Vormittage vom 05.01.2027 bis 04.02.2027``."""
    if first is None or last is None:
        return _("Die Termine stehen noch nicht fest.")
    values = {"count": mornings, "from": day(timezone.localdate(first)), "to": day(timezone.localdate(last))}
    return ngettext("Ein Termin am %(from)s", "%(count)s Termine vom %(from)s bis %(to)s", mornings) % values


def place_words(places: int) -> str:
    """Return how many places there are in all."""
    return ngettext("%(count)s Platz", "%(count)s Plätze", places) % {"count": places}


def deadline_words(call: Call, phase: Phase) -> str:
    """Return the deadline of a call in its phase."""
    values = {"opens": moment(call.opens_at), "closes": moment(call.closes_at)}
    if phase is Phase.COMING:
        return _("Bewerbung vom %(opens)s bis %(closes)s") % values
    return (_("Bewerbung bis %(closes)s") if phase is Phase.OPEN else _("Die Frist endete am %(closes)s.")) % values


def left_words(call: Call, phase: Phase, now: datetime) -> str:
    """Return the time that is left: ``noch 12 Tage``; empty if there is nothing to wait for."""
    if phase not in (Phase.OPEN, Phase.COMING):
        return ""
    until = call.closes_at if phase is Phase.OPEN else call.opens_at
    days = days_until(timezone.localdate(until), timezone.localdate(now))
    if phase is Phase.COMING:
        if days == 0:
            return _("beginnt heute")
        return ngettext("beginnt morgen", "beginnt in %(days)s Tagen", days) % {"days": days}
    if days == 0:
        return _("nur noch heute")
    return ngettext("nur noch bis morgen", "noch %(days)s Tage", days) % {"days": days}


def who_words(call: Call) -> list[str]:
    """Return who may apply, in sentences. No query if the Länder are fetched."""
    laender = list(call.laender.all())
    terms = CallTerms(call.not_funded_only, frozenset(land.code for land in laender), call.largest_population)
    return condition_words(terms, [land.name for land in laender])


# One call ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SessionLine:
    """One morning: its number, when, and what it is about."""

    number: int
    when: str
    title: str
    module: str


@dataclass(frozen=True)
class CallPage:
    """All that the page of a call shows. ``conditions`` are (sentence, rule sentence, source) in the order they are asked."""

    public_id: str
    path: str
    title: str
    text: str
    phase: Phase
    phase_word: str
    tone: str
    deadline: str
    left: str
    dates: str
    places: str
    places_note: str
    conditions: tuple[tuple[str, str, str], ...]
    steps: tuple[Step, ...]
    sessions: tuple[SessionLine, ...]
    programme: str
    office: str
    contact: str
    is_example: bool
    opens: str
    closes: str

    @property
    def takes_applications(self) -> bool:
        """Whether one can apply now."""
        return self.phase is Phase.OPEN


def public_call_rows():
    """Return the calls that the public may see, with what their pages need."""
    rows = Call.objects.exclude(state=Call.State.DRAFT)
    return rows.select_related("cohort__version__programme", "organisation").prefetch_related("laender")


def call_page(public_id: str, now: datetime) -> CallPage | None:
    """Return the page of a call, None if the public does not know it. Three queries, one if unknown."""
    call = public_call_rows().filter(public_id=public_id).first()
    if call is None:
        return None
    phase = phase_of(call.state, call.opens_at, call.closes_at, now)
    rows = call.cohort.sessions.select_related("unit__module").order_by("position")
    first, last = (rows[0].starts_at, max(row.ends_at for row in rows)) if rows else (None, None)
    return CallPage(
        public_id=call.public_id,
        path=f"/ausschreibungen/{call.public_id}/",
        title=call.title,
        text=call.text,
        phase=phase,
        phase_word=_(phase.label),
        tone=TONES[phase],
        deadline=deadline_words(call, phase),
        left=left_words(call, phase, now),
        dates=date_words(first, last, len(rows)),
        places=place_words(call.cohort.places),
        places_note=_("Zwei Kommunen können sich einen Platz teilen."),
        conditions=tuple(_conditions(call)),
        steps=path_of_call(call, phase, now, first, last),
        sessions=tuple(
            SessionLine(row.position, span(row.starts_at, row.ends_at), row.unit.title, row.unit.module.title) for row in rows
        ),
        programme=call.cohort.version.programme.title,
        office=call.organisation.name,
        contact=settings.CONTACT,
        is_example=call.is_example,
        opens=moment(call.opens_at),
        closes=moment(call.closes_at),
    )


def _conditions(call: Call):
    """Yield who may apply, with the rule of each sentence, as ``who_words`` has them."""
    asked = [
        eligibility_rules.EXISTS,
        eligibility_rules.NOT_FUNDED if call.not_funded_only else None,
        eligibility_rules.LAND_OF_CALL if call.laender.all() else None,
        eligibility_rules.SMALL_ENOUGH if call.largest_population is not None else None,
    ]
    for sentence, rule in zip(who_words(call), filter(None, asked), strict=True):
        yield sentence, f"{_(rule.sentence)} ({rule.id})", _(rule.source)


def path_of_call(call: Call, phase: Phase, now: datetime, first, last) -> tuple[Step, ...]:
    """Return the way from the application to the certificate, as far as this call has come. No query."""
    meeting = ""
    if first is not None:
        days = {"from": day(timezone.localdate(first)), "to": day(timezone.localdate(last))}
        meeting = _("%(from)s bis %(to)s") % days
    until = _("bis %(closes)s") % {"closes": day(timezone.localdate(call.closes_at))}
    release = _("innerhalb von %(days)s Tagen") % {"days": call.release_days}
    answer = _("%(days)s Tage Zeit") % {"days": call.answer_days}
    told = [
        (_("Bewerbung"), until, _("Zehn Minuten, ohne Konto.")),
        (_("Freigabe"), release, _("Ihre Fachvorgesetzten stimmen über einen Link zu.")),
        (_("Auswahl"), _("nach der Frist"), _("Jede Entscheidung hat einen Grund, den Sie erfahren.")),
        (_("Zusage"), answer, _("Sie nehmen den Platz an oder geben ihn frei.")),
        (_("Termine"), meeting, ""),
        (_("Zertifikat"), "", _("Mit Anwesenheit und Abschlusspräsentation.")),
    ]
    reached = _reached(phase, now, first, last)
    states = ["done" if at < reached else "now" if at == reached else "next" for at in range(len(told))]
    return tuple(Step(title, state, when, reason) for (title, when, reason), state in zip(told, states, strict=True))


def _reached(phase: Phase, now: datetime, first, last) -> int:
    """Return which step of the way is the current one, -1 before the first."""
    if phase in (Phase.COMING, Phase.CANCELLED):
        return -1
    if phase is Phase.DECIDED and first is not None and now >= first:
        return 5 if now >= last else 4
    return {Phase.OPEN: 0, Phase.SELECTING: 2, Phase.DECIDED: 3}[phase]


def call_for_application(public_id: str) -> Call | None:
    """Return the row of a public call, for somebody who wants to apply. One query."""
    return Call.objects.filter(~Q(state=Call.State.DRAFT), public_id=public_id).first()
