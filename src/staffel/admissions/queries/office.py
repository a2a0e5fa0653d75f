"""What the office is shown about calls: the list, the page of one, what comes next, and who is told what."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.accounts.models import Person
from staffel.admissions.core.call_states import PATH, Act, acts_in
from staffel.admissions.core.eligibility import CallTerms
from staffel.admissions.models import Application, Call, Decision, Offer
from staffel.admissions.permissions import applications_visible_to, calls_visible_to
from staffel.admissions.queries.board import place_words
from staffel.admissions.queries.bodies import condition_words, eligible_within, funded, terms_of
from staffel.base.rules import N_
from staffel.cohorts.models import Cohort, Session
from staffel.ui.parts import Fact, Step, Tab
from staffel.ui.words import long_day, moment, whole

LIST = "/buero/ausschreibungen/"
TONES = {
    Call.State.DRAFT: "neutral",
    Call.State.OPEN: "accent",
    Call.State.CLOSED: "info",
    Call.State.PUBLISHED: "success",
    Call.State.ENDED: "neutral",
    Call.State.CANCELLED: "warning",
}
SENT = ~Q(state=Application.State.DRAFT)
UNDECIDED = Q(state=Application.State.RELEASED, decision__isnull=True)


class CallLine(NamedTuple):
    """A call in the list, ready to print."""

    path: str
    title: str
    cohort: str
    state: str
    tone: str
    deadline: str
    applications: str
    places: str
    is_example: bool


def call_path(call: Call) -> str:
    """Return the address of a call's page in the office."""
    return f"{LIST}{call.public_id}/"


def call_lines(person: Person) -> list[CallLine]:
    """Return the calls that ``person`` may see, the newest deadline first. Two queries."""
    rows = calls_visible_to(person).order_by("-closes_at", "-pk")
    counted = (
        applications_visible_to(person)
        .order_by()
        .values_list("call")
        .annotate(sent=Count("pk"), undecided=Count("pk", filter=UNDECIDED), accepted=Count("pk", filter=_ACCEPTED))
    )
    by_call = {call: (sent, undecided, accepted) for call, sent, undecided, accepted in counted}
    return [_call_line(row, *by_call.get(row.pk, (0, 0, 0))) for row in rows]


_ACCEPTED = Q(state=Application.State.ACCEPTED)


def _call_line(call: Call, sent: int, undecided: int, accepted: int) -> CallLine:
    words = ngettext("eine Bewerbung", "%(count)s Bewerbungen", sent) % {"count": whole(sent)} if sent else _("keine Bewerbung")
    if call.state == Call.State.CLOSED and undecided:
        words = _("%(sent)s, %(open)s noch offen") % {"sent": words, "open": whole(undecided)}
    places = ngettext("ein Platz", "%(count)s Plätze", call.cohort.places) % {"count": call.cohort.places}
    if call.state in (Call.State.PUBLISHED, Call.State.ENDED):
        places = _("%(accepted)s von %(places)s Plätzen bestätigt") % {"accepted": accepted, "places": call.cohort.places}
    return CallLine(
        path=call_path(call),
        title=call.title,
        cohort=call.cohort.name,
        state=str(Call.State(call.state).label),
        tone=TONES[call.state],
        deadline=moment(call.closes_at),
        applications=words,
        places=places,
        is_example=call.is_example,
    )


# One call ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Next:
    """What comes next with a call: one sentence, one button at most."""

    sentence: str
    href: str = ""
    button: str = ""


@dataclass(frozen=True)
class CallFacts:
    """All that the page of a call shows. ``acts`` are (act, address, words), ``by_state`` (words, count, address)."""

    state: str
    tone: str
    steps: tuple[Step, ...]
    following: Next
    facts: tuple[Fact, ...]
    conditions: tuple[str, ...]
    sessions: tuple[str, ...]
    by_state: tuple[tuple[str, int, str], ...]
    acts: tuple[tuple[Act, str, str], ...]
    undecided: int


ACT_SLUGS = {
    Act.PUBLISH: ("bekannt-machen", N_("Bekannt machen")),
    Act.CLOSE: ("schliessen", N_("Vor der Frist schließen")),
    Act.EXTEND: ("frist", N_("Frist verschieben")),
    Act.DECIDE: ("veroeffentlichen", N_("Entscheidungen veröffentlichen")),
    Act.END: ("beenden", N_("Beenden")),
    Act.CANCEL: ("absagen", N_("Absagen")),
}


def call_facts(call: Call, person: Person) -> CallFacts:
    """Return what the page of a call shows ``person``. Five queries."""
    path = call_path(call)
    rows = applications_visible_to(person).filter(call=call).order_by()
    counted = rows.values_list("state").annotate(count=Count("pk"), undecided=Count("pk", filter=UNDECIDED))
    by_state, undecided = {}, 0
    for state, count, open_here in counted:
        by_state[state] = count
        undecided += open_here
    laender = list(call.laender.order_by("name").values_list("code", "name"))
    terms = CallTerms(call.not_funded_only, frozenset(code for code, _name in laender), call.largest_population)
    sessions = list(Session.objects.filter(cohort=call.cohort_id).order_by("position").values_list("starts_at", flat=True))
    acts = acts_in(call.state) if call.organisation_id == person.acting.organisation_id else ()
    return CallFacts(
        state=str(Call.State(call.state).label),
        tone=TONES[call.state],
        steps=_steps(call, sessions),
        following=_next(call, path, by_state, undecided, bool(acts)),
        facts=_facts(call, sessions),
        conditions=tuple(condition_words(terms, [name for _code, name in laender])),
        sessions=tuple(moment(one) for one in sessions),
        by_state=tuple(
            (str(state.label), by_state[state], f"{path}bewerbungen/?stand={state}")
            for state in Application.State
            if by_state.get(state)
        ),
        acts=tuple((act, f"{path}{ACT_SLUGS[act][0]}/", _(ACT_SLUGS[act][1])) for act in acts),
        undecided=undecided,
    )


def _steps(call: Call, sessions: list[datetime]) -> tuple[Step, ...]:
    whens = {
        Call.State.DRAFT: _("angelegt am %(day)s") % {"day": long_day(call.created_at)},
        Call.State.OPEN: _("%(opens)s bis %(closes)s") % {"opens": moment(call.opens_at), "closes": moment(call.closes_at)},
        Call.State.CLOSED: _("nach der Frist"),
        Call.State.PUBLISHED: moment(call.published_at) if call.published_at else _("wenn alles entschieden ist"),
        Call.State.ENDED: _("spätestens %(day)s") % {"day": long_day(sessions[0])} if sessions else "",
    }
    if call.state == Call.State.CANCELLED:
        return ()
    at = PATH.index(call.state)
    return tuple(
        Step(
            str(Call.State(state).label),
            "done" if number < at else "now" if number == at else "next",
            whens[state],
            _(_STEP_REASONS[state]) if state in _STEP_REASONS else "",
        )
        for number, state in enumerate(PATH)
    )


_STEP_REASONS = {
    Call.State.CLOSED: N_("Eignung prüfen, Plätze und Warteliste vergeben, jedes Mal mit einem Grund."),
    Call.State.PUBLISHED: N_("Alle erfahren das Ergebnis. Wer ablehnt oder schweigt, macht Platz für die Warteliste."),
}


def _next(call: Call, path: str, by_state: dict[str, int], undecided: int, may_act: bool) -> Next:
    board = (f"{path}bewerbungen/", _("Bewerbungen ansehen"))
    if call.state == Call.State.CLOSED:
        return _next_in_selection(path, undecided, may_act)
    if call.state == Call.State.PUBLISHED:
        return _next_after_publication(call, by_state, board)
    if call.state == Call.State.OPEN and call.opens_at > timezone.now():
        return Next(_("Bewerben kann man sich ab dem %(opens)s.") % {"opens": moment(call.opens_at)})
    sentence = _(_NEXT_SENTENCES[call.state]) % {"closes": moment(call.closes_at)}
    if call.state == Call.State.DRAFT:
        return Next(sentence, f"{path}bekannt-machen/", _("Bekannt machen"))
    return Next(sentence, *board)


_NEXT_SENTENCES = {
    Call.State.DRAFT: N_("Lesen Sie den Text noch einmal, und machen Sie die Ausschreibung bekannt."),
    Call.State.OPEN: N_("Bewerbungen kommen bis zum %(closes)s an. Danach beginnt die Auswahl."),
    Call.State.ENDED: N_("Die Ausschreibung ist beendet, die Warteliste ist geschlossen."),
    Call.State.CANCELLED: N_("Die Ausschreibung ist abgesagt. Alle, die sich beworben hatten, bekommen einen Brief."),
}


def _next_in_selection(path: str, undecided: int, may_act: bool) -> Next:
    if undecided:
        words = ngettext(
            "Über eine freigegebene Bewerbung ist noch zu entscheiden.",
            "Über %(count)s freigegebene Bewerbungen ist noch zu entscheiden.",
            undecided,
        )
        button = _("Entscheiden") if may_act else _("Bewerbungen ansehen")
        return Next(words % {"count": whole(undecided)}, f"{path}bewerbungen/?entscheidung=offen", button)
    if not may_act:
        return Next(_("Alle freigegebenen Bewerbungen sind entschieden, aber noch nicht veröffentlicht."))
    sentence = _("Alles ist entschieden. Sehen Sie durch, wer was bekommt, und veröffentlichen Sie.")
    return Next(sentence, f"{path}veroeffentlichen/", _("Zur Veröffentlichung"))


def _next_after_publication(call: Call, by_state: dict[str, int], board: tuple[str, str]) -> Next:
    offered, accepted = by_state.get(Application.State.OFFERED, 0), by_state.get(Application.State.ACCEPTED, 0)
    values = {"accepted": accepted, "places": call.cohort.places, "offered": offered}
    sentence = _("%(accepted)s von %(places)s Plätzen sind bestätigt.") % values
    if offered:
        sentence += " " + ngettext("Ein Angebot ist offen.", "%(offered)s Angebote sind offen.", offered) % values
    return Next(sentence, *board)


def _facts(call: Call, sessions: list[datetime]) -> tuple[Fact, ...]:
    dates = _("noch keine Termine")
    if sessions:
        values = {"count": len(sessions), "first": long_day(sessions[0]), "last": long_day(sessions[-1])}
        dates = ngettext("ein Termin am %(first)s", "%(count)s Termine, %(first)s bis %(last)s", len(sessions)) % values
    days = _("%(count)s Tage")
    return (
        Fact(
            _("Staffel"),
            call.cohort.name,
            str(Cohort.State(call.cohort.state).label),
            f"/buero/staffeln/{call.cohort.public_id}/",
        ),
        Fact(_("Plätze"), call.cohort.places),
        Fact(_("Termine"), dates),
        Fact(
            _("Bewerbung"), _("%(opens)s bis %(closes)s") % {"opens": moment(call.opens_at), "closes": moment(call.closes_at)}
        ),
        Fact(_("Zeit für die Freigabe"), days % {"count": call.release_days}),
        Fact(_("Zeit für die Antwort auf ein Angebot"), days % {"count": call.answer_days}),
    )


def tabs(call: Call, current: str, *, may_act: bool) -> list[Tab]:
    """Return the pages of a call; ``current`` is the last word of one's address, empty for the overview."""
    pages = [("", _("Übersicht")), ("bewerbungen", _("Bewerbungen")), ("warteliste", _("Warteliste"))]
    if may_act and call.state == Call.State.CLOSED:
        pages.append(("veroeffentlichen", _("Veröffentlichen")))
    return [Tab(words, f"{call_path(call)}{slug}/" if slug else call_path(call), slug == current) for slug, words in pages]


# Waiting list and publication -------------------------------------------------------------------------------------------


class Entry(NamedTuple):
    """An application in a list of decisions: where it leads, whom it is for, the reason, and its place on the waiting list."""

    path: str
    public_id: str
    place: str
    land: str
    person: str
    reason: str
    position: int | None


_ENTRY = ("public_id", "municipality__short_name", "partner__short_name", "municipality__land__name", "name")
_ENTRY += ("decision__reason",)


def waiting_entries(call: Call, person: Person) -> list[Entry]:
    """Return who is on the waiting list, in order; positions count everybody, whoever is shown. Two queries."""
    on_list = Q(decision__position__isnull=False, state__in=[Application.State.RELEASED, Application.State.WAITING])
    everybody = (
        Application.objects.filter(on_list, call=call).order_by("decision__position").values_list("public_id", flat=True)
    )
    positions = {public_id: number for number, public_id in enumerate(everybody, start=1)}
    rows = applications_visible_to(person).filter(on_list, call=call).order_by("decision__position")
    return [_entry(row, positions[row[0]]) for row in rows.values_list(*_ENTRY)]


def _entry(row: tuple, position: int | None = None) -> Entry:
    public_id, name, partner, land, person, reason = row
    path = f"/buero/bewerbungen/{public_id}/"
    return Entry(path, public_id, place_words(name, partner or ""), land, person, reason or "", position)


@dataclass(frozen=True)
class Publication:
    """Who is told what when the decisions are published; ``missing`` are released and undecided, ``wrong`` not eligible."""

    places: tuple[Entry, ...]
    waiting: tuple[Entry, ...]
    rejected: tuple[Entry, ...]
    unreleased: tuple[Entry, ...]
    missing: tuple[Entry, ...]
    wrong: tuple[Entry, ...]

    @property
    def letters(self) -> int:
        """How many letters go out."""
        return sum(map(len, (self.places, self.waiting, self.rejected, self.unreleased, self.missing)))

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands against it."""
        return not self.missing and not self.wrong


def publication(call: Call) -> Publication:
    """Return what publishing a call's decisions would do. Four queries."""
    unreleased = [Application.State.SUBMITTED, Application.State.REFUSED, Application.State.EXPIRED]
    rows = (
        Application.objects.filter(call=call, state__in=[Application.State.RELEASED, *unreleased])
        .annotate(fits=Q(eligible_within(terms_of(call), funded())))
        .order_by("decision__position", "submitted_at", "pk")
        .values_list(*_ENTRY, "state", "decision__kind", "fits")
    )
    found: dict[str, list[Entry]] = {"": [], "unreleased": [], "wrong": [], **{kind: [] for kind in Decision.Kind.values}}
    for *facts, state, kind, fits in rows:
        group = kind or "" if state == Application.State.RELEASED else "unreleased"
        number = len(found[group]) + 1 if group == Decision.Kind.WAIT else None
        entry = _entry(tuple(facts), number)
        found[group].append(entry)
        if group in (Decision.Kind.PLACE, Decision.Kind.WAIT) and not fits:
            found["wrong"].append(entry)
    return Publication(
        places=tuple(found[Decision.Kind.PLACE]),
        waiting=tuple(found[Decision.Kind.WAIT]),
        rejected=tuple(found[Decision.Kind.REJECT]),
        unreleased=tuple(found["unreleased"]),
        missing=tuple(found[""]),
        wrong=tuple(found["wrong"]),
    )


def offer_words(offer: Offer) -> str:
    """Return in one sentence how an offer stands. No query."""
    if offer.state == Offer.State.OPEN:
        return _("Angebot offen, Antwort bis zum %(moment)s.") % {"moment": moment(offer.answer_by)}
    if offer.answered_at:
        words = {"state": Offer.State(offer.state).label, "moment": moment(offer.answered_at)}
        return _("Angebot %(state)s am %(moment)s.") % words
    return _("Angebot %(state)s.") % {"state": Offer.State(offer.state).label}
