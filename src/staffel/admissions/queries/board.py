"""The board of a call: its applications with all that a decision needs, filtered, counted and paged by the database.

What is funded and who is eligible are computed for the rows that are shown, by the rule itself; the filters ask the database
the same question, and a test holds both together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Lower, Replace
from django.utils import timezone
from django.utils.translation import gettext as _

from staffel.accounts.models import Person
from staffel.admissions.core.board import BoardFilters, Sort
from staffel.admissions.core.eligibility import CallTerms, check
from staffel.admissions.core.mix import Group, Mix, mix_of
from staffel.admissions.models import Application, Call, Decision
from staffel.admissions.permissions import applications_visible_to
from staffel.admissions.queries.bodies import Funded, body_from, eligible_within, funded, reason_words
from staffel.municipalities.core.places import SizeClass, size_class
from staffel.municipalities.models import Land
from staffel.ui.words import day, whole

PAGE_ROWS = 50
STATE_TONES = {
    Application.State.SUBMITTED: "neutral",
    Application.State.RELEASED: "info",
    Application.State.REFUSED: "warning",
    Application.State.EXPIRED: "warning",
    Application.State.OFFERED: "accent",
    Application.State.WAITING: "info",
    Application.State.REJECTED: "neutral",
    Application.State.ACCEPTED: "success",
    Application.State.DECLINED: "neutral",
    Application.State.LAPSED: "warning",
    Application.State.WITHDRAWN: "neutral",
}
DECISION_TONES = {Decision.Kind.PLACE: "success", Decision.Kind.WAIT: "info", Decision.Kind.REJECT: "neutral"}


class Line(NamedTuple):
    """One application on the board, ready to print. ``why`` says what stands against it, empty if it is eligible."""

    public_id: str
    path: str
    place: str
    person: str
    land: str
    population: int
    size: str
    funded: str
    state: str
    state_tone: str
    eligible: bool
    why: str
    decision: str
    decision_tone: str
    position: int | None
    reason: str
    arrived: datetime


@dataclass(frozen=True)
class Known:
    """What every part of the board needs, read once: the terms, who is funded, the Länder by key."""

    terms: CallTerms
    funded: Funded
    laender: dict[str, str]


@dataclass(frozen=True)
class Counts:
    """``found`` of ``total`` applications fit; ``undecided`` are released and wait for a decision."""

    total: int
    found: int
    undecided: int
    mix: Mix


def known_of(call: Call) -> Known:
    """Return what the board needs to know about a call. Two queries."""
    through = Call.laender.through.objects.filter(call=call, land=OuterRef("pk"))
    rows = list(Land.objects.annotate(named=Exists(through)).order_by("name").values_list("code", "name", "named"))
    codes = frozenset(code for code, _name, named in rows if named)
    terms = CallTerms(call.not_funded_only, codes, call.largest_population)
    return Known(terms, funded(), {code: name for code, name, _named in rows})


def found(call: Call, person: Person, filters: BoardFilters, known: Known) -> QuerySet:
    """Return the applications of a call that ``person`` may see and that fit, in order. No query."""
    rows = _of_call(call, person).filter(_fitting(filters, known))
    if filters.sort != Sort.ARRIVED:
        rows = rows.annotate(sorted_by=_SORTED_BY[filters.sort.value.lstrip("-")])
        first = "-sorted_by" if filters.sort.value.startswith("-") else "sorted_by"
        return rows.order_by(first, "submitted_at", "pk")
    return rows.order_by("submitted_at", "pk")


def _of_call(call: Call, person: Person) -> QuerySet:
    return applications_visible_to(person).filter(call=call)


def _alphabetical(field: str):
    """The name as German lists are sorted: neither database lowers and folds umlauts the same way by itself."""
    folded = Lower(field)
    for letter, plain in (("Ä", "a"), ("ä", "a"), ("Ö", "o"), ("ö", "o"), ("Ü", "u"), ("ü", "u"), ("ß", "ss")):
        folded = Replace(folded, Value(letter), Value(plain))
    return folded


_SORTED_BY = {
    "kommune": _alphabetical("municipality__short_name"),
    "land": F("municipality__land__name"),
    "groesse": F("municipality__population"),
}


def _fitting(filters: BoardFilters, known: Known) -> Q:
    fits = Q()
    if filters.query:
        words = ("municipality__short_name", "partner__short_name", "name", "email")
        fits &= Q(*((f"{word}__icontains", filters.query) for word in words), _connector=Q.OR)
    if filters.state:
        fits &= Q(state=filters.state)
    if filters.land:
        fits &= Q(municipality__land__code=filters.land) | Q(partner__land__code=filters.land)
    if filters.size:
        fits &= _within(SizeClass(filters.size))
    if filters.funded:
        paid = _paid(known)
        fits &= paid if filters.funded == "ja" else ~paid
    if filters.eligible:
        eligible = eligible_within(known.terms, known.funded)
        fits &= eligible if filters.eligible == "ja" else ~eligible
    if filters.decided == "offen":
        fits &= Q(state=Application.State.RELEASED, decision__isnull=True)
    elif filters.decided:
        fits &= Q(decision__kind=filters.decided)
    return fits


def _paid(known: Known) -> Q:
    return known.funded.within("municipality") | (Q(partner__isnull=False) & known.funded.within("partner"))


def _within(size: SizeClass) -> Q:
    fits = Q(municipality__population__gte=size.least)
    return fits if size.below is None else fits & Q(municipality__population__lt=size.below)


def counts(call: Call, person: Person, filters: BoardFilters, known: Known) -> Counts:
    """Return how many applications there are and fit, and the mix of the places given so far. One query."""
    sizes = [When(_within(size), then=Value(size.value)) for size in SizeClass]
    rows = (
        _of_call(call, person)
        .order_by()
        .values_list(
            Coalesce("decision__kind", Value("")),
            "municipality__land__code",
            Case(*sizes, output_field=CharField()),
            Case(When(_paid(known), then=Value(1)), default=Value(0)),
            Case(When(state=Application.State.RELEASED, then=Value(1)), default=Value(0)),
        )
        .annotate(all=Count("pk"), fitting=Count("pk", filter=_fitting(filters, known)))
    )
    rows = list(rows)
    return Counts(
        total=sum(row[5] for row in rows),
        found=sum(row[6] for row in rows),
        undecided=sum(row[5] for row in rows if row[4] and not row[0]),
        mix=mix_of(Group(kind, land, size, bool(paid), count) for kind, land, size, paid, _released, count, _found in rows),
    )


def page_of(rows: QuerySet, number: str | None, count: int) -> Page:
    """Return a page of ``PAGE_ROWS``; a strange number gives the first or the last one. No query."""
    paginator = Paginator(rows, PAGE_ROWS)
    # Counted already, together with everything else.
    paginator.count = count
    return paginator.get_page(number)


_BODY = ("id", "ags", "short_name", "land__code", "land__name", "population", "kreis_id", "verband_id", "valid_to", "counted")
_HEAD = ("public_id", "name", "state", "submitted_at", "decision__kind", "decision__position", "decision__reason")
_FIELDS = (*_HEAD, *(f"{path}__{name}" for path in ("municipality", "partner") for name in _BODY))


def lines(rows: QuerySet, known: Known) -> list[Line]:
    """Return the lines of the board for ``rows``. One query."""
    return list(iterate(rows, known))


def iterate(rows: QuerySet, known: Known) -> Iterator[Line]:
    """Yield the lines of the board one by one. One query."""
    states = {state.value: (str(state.label), STATE_TONES.get(state, "neutral")) for state in Application.State}
    kinds = {kind.value: (str(kind.label), DECISION_TONES[kind]) for kind in Decision.Kind}
    sizes = {size: _(size.label) for size in SizeClass}
    paid, unpaid = _("gefördert"), _("nicht gefördert")
    head, width = len(_HEAD), len(_BODY)
    verdicts: dict[tuple, tuple[bool, str]] = {}
    for row in rows.values_list(*_FIELDS):
        public_id, name, state, arrived, kind, position, reason = row[:head]
        body = body_from(row[head : head + width], known.funded)
        partner = body_from(row[head + width :], known.funded) if row[head + width] else None
        key = (body.ags, partner.ags if partner else "")
        if key not in verdicts:
            verdict = check(known.terms, body, partner)
            verdicts[key] = (verdict.eligible, " ".join(reason_words(one) for one in verdict.against))
        eligible, why = verdicts[key]
        state_word, state_tone = states[state]
        decision, decision_tone = kinds.get(kind, ("", ""))
        yield Line(
            public_id=public_id,
            path=f"/buero/bewerbungen/{public_id}/",
            place=place_words(body.name, partner.name if partner else ""),
            person=name,
            land=body.land_name,
            population=body.population,
            size=sizes[size_class(body.population)],
            funded=paid if body.funded or (partner and partner.funded) else unpaid,
            state=state_word,
            state_tone=state_tone,
            eligible=eligible,
            why=why,
            decision=decision,
            decision_tone=decision_tone,
            position=position,
            reason=reason or "",
            arrived=arrived,
        )


def place_words(name: str, partner: str) -> str:
    """Return the name of one municipality, or of both on a shared seat."""
    return _("%(first)s und %(second)s") % {"first": name, "second": partner} if partner else name


def count_words(counts: Counts) -> str:
    """Return how many applications fit, in words."""
    if counts.total == 1 and counts.found == 1:
        return _("Eine Bewerbung")
    if counts.found == counts.total:
        return _("%(total)s Bewerbungen") % {"total": whole(counts.total)}
    return _("%(found)s von %(total)s Bewerbungen") % {"found": whole(counts.found), "total": whole(counts.total)}


def columns() -> list[str]:
    """Return the heads of the table in a file."""
    return [
        _("Kennung"),
        _("Kommune"),
        _("Person"),
        _("Land"),
        _("Menschen"),
        _("Größenklasse"),
        _("Modellprojekt"),
        _("Eingang"),
        _("Stand"),
        _("Teilnahmeberechtigt"),
        _("Was dagegen spricht"),
        _("Entscheidung"),
        _("Platz auf der Warteliste"),
        _("Grund"),
    ]


def cells(rows: Iterator[Line]) -> Iterator[tuple]:
    """Yield the cells of each line, in the order of ``columns``."""
    yes, no = _("ja"), _("nein")
    for line in rows:
        yield (
            line.public_id,
            line.place,
            line.person,
            line.land,
            line.population,
            line.size,
            line.funded,
            day(timezone.localdate(line.arrived)),
            line.state,
            yes if line.eligible else no,
            line.why,
            line.decision,
            line.position,
            line.reason,
        )
