"""The figures of the programme: what the public sees, and what office, Länder and sponsor see.

The public ones name municipalities and numbers of people, never a person. Examples count, and are told apart, so that a demo
shows how a figure grows and nobody takes an invention for a fact.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.admissions.queries import counting as admissions
from staffel.cohorts.queries import counting as cohorts
from staffel.cohorts.queries import pilot_municipalities
from staffel.credentials import queries as credentials
from staffel.municipalities.core.naming import in_land
from staffel.municipalities.core.places import SizeClass, land_path
from staffel.municipalities.queries import search
from staffel.reporting.core.tallies import Group, Tally, tally
from staffel.reporting.queries.sheets import sheet
from staffel.ui.parts import Bar
from staffel.ui.words import whole

BRANDENBURG = "12"


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart with everything it must say; ``note`` is a further sentence, or empty."""

    key: str
    title: str
    sentence: str
    source: str
    label_head: str
    value_head: str
    bars: tuple[Bar, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One number to take along: kind of group, its key and name, what is counted, and how many."""

    kind: str
    key: str
    name: str
    counted: str
    number: int


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """What everybody may know. ``examples`` of the people are invented."""

    people: int
    pilot_people: int
    municipalities: int
    laender: int
    examples: int
    charts: tuple[Chart, ...]
    lines: tuple[ExportLine, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group in the office's tables; ``numbers`` are applications, places taken, awards, as words."""

    name: str
    href: str
    numbers: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One cohort in the office's table."""

    name: str
    is_example: bool
    numbers: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """What office, Länder and sponsor see: totals as (number, words), tables, charts, and all numbers to take along."""

    totals: tuple[tuple[str, str], ...]
    by_land: tuple[GroupRow, ...]
    by_size: tuple[GroupRow, ...]
    by_funding: tuple[GroupRow, ...]
    cohorts: tuple[CohortRow, ...]
    charts: tuple[Chart, ...]
    lines: tuple[ExportLine, ...]
    examples: int
    overlaps: bool
    is_empty: bool


def groups_of(keys: Iterable[str]) -> dict[str, Group]:
    """Return the group of each municipality by AGS. One query."""
    known = search.directory()
    rows = ((ags, known.row(ags)) for ags in set(keys))
    return {ags: Group(row.land, row.size.value, bool(row.funding)) for ags, row in rows if row is not None}


# For everybody ----------------------------------------------------------------------------------------------------------


def public_figures() -> PublicFigures:
    """Return what everybody may know. Five queries."""
    awards, pilots, pilot_people = credentials.award_bodies(), pilot_municipalities(), sum(credentials.pilot_people().values())
    reached = {ags for _person, ags, _example in awards if ags} | {pilot.ags for pilot in pilots}
    groups = groups_of(reached)
    people = tally(((person, ags) for person, ags, _example in awards), groups)
    towns = tally(((ags, ags) for ags in reached), groups)
    by_land = Counter(people.by_land)
    if pilot_people:
        by_land[BRANDENBURG] += pilot_people
    total = people.total + pilot_people
    return PublicFigures(
        people=total,
        pilot_people=pilot_people,
        municipalities=towns.total,
        laender=len(towns.by_land.keys() | by_land.keys()),
        examples=len({person for person, _ags, example in awards if example}),
        charts=_public_charts(by_land, towns, total),
        lines=tuple(_public_lines(by_land, people, towns)),
    )


def _public_charts(by_land: Mapping[str, int], towns: Tally, people: int) -> tuple[Chart, ...]:
    if not towns.total and not people:
        return ()
    source = _("Ausgestellte und gültige Urkunden dieser Instanz; für 2021 und 2022 die veröffentlichten Listen und Zahlen")
    register = _("%(source)s; Größe und Förderung aus dem Verzeichnis der Kommunen") % {"source": source}
    by_towns, by_size, by_funding = _land_bars(towns.by_land), _size_bars(towns.by_size), _funding_bars(towns.by_funding)
    by_people = _land_bars(by_land)
    of_people = _("%(shown)s von %(total)s Menschen mit Urkunde kommen aus Kommunen %(name)s.")
    of_towns = _("%(shown)s von %(total)s erreichten Kommunen liegen %(name)s.")
    of_size = _("%(shown)s von %(total)s erreichten Kommunen gehören zur Größenklasse %(name)s.")
    of_funding = _("%(shown)s von %(total)s erreichten Kommunen sind %(name)s.")
    return (
        Chart(
            "menschen-nach-land", _("Menschen mit Urkunde nach Land"), _most(by_people, people, of_people, in_land),
            source, _("Land"), _("Menschen"), by_people,
        ),
        Chart(
            "kommunen-nach-land", _("Erreichte Kommunen nach Land"), _most(by_towns, towns.total, of_towns, in_land),
            source, _("Land"), _("Kommunen"), by_towns,
        ),
        Chart(
            "kommunen-nach-groesse", _("Erreichte Kommunen nach Größe"), _most(by_size, towns.total, of_size),
            register, _("Größenklasse"), _("Kommunen"), by_size,
        ),
        Chart(
            "kommunen-nach-foerderung", _("Erreichte Kommunen nach Förderung"), _most(by_funding, towns.total, of_funding),
            register, _("Förderung"), _("Kommunen"), by_funding,
        ),
    )  # fmt: skip


def _public_lines(by_land: Mapping[str, int], people: Tally, towns: Tally):
    yield from _lines("people", Tally(0, 0, by_land, people.by_size, people.by_funding))
    yield from _lines("municipalities", towns)


# For office, Länder and sponsor -----------------------------------------------------------------------------------------


def office_figures(person, *, everything: bool) -> OfficeFigures:
    """Return the figures of what ``person`` may see, with ``everything`` of all. Six queries."""
    calls = admissions.calls_counted(person, everything=everything)
    running = cohorts.cohorts_counted(person, everything=everything)
    applied = admissions.applications_counted(person, everything=everything)
    taken = cohorts.places_counted(person, everything=everything)
    awarded = credentials.awards_counted(person, everything=everything)
    groups = groups_of(ags for lines in (applied, taken, awarded) for *_who, ags in lines if ags)
    tallies = [tally(((subject, ags) for subject, _cohort, ags in lines), groups) for lines in (applied, taken, awarded)]
    reached = {ags for _award, _cohort, ags in awarded if ags}
    return OfficeFigures(
        totals=(
            (whole(len(calls)), ngettext("Ausschreibung", "Ausschreibungen", len(calls))),
            (whole(tallies[0].total), ngettext("Bewerbung", "Bewerbungen", tallies[0].total)),
            (whole(sum(row[3] for row in running)), _("Plätze")),
            (whole(tallies[1].total), ngettext("Teilnahme", "Teilnahmen", tallies[1].total)),
            (whole(tallies[2].total), ngettext("Urkunde", "Urkunden", tallies[2].total)),
            (whole(len(reached)), ngettext("erreichte Kommune", "erreichte Kommunen", len(reached))),
        ),
        by_land=_group_rows(_land_names(), [one.by_land for one in tallies], land_path),
        by_size=_group_rows(_size_names(), [one.by_size for one in tallies]),
        by_funding=_group_rows(_funding_names(), [one.by_funding for one in tallies]),
        cohorts=_cohort_rows(running, applied, awarded),
        charts=_office_charts(tallies[0]),
        lines=tuple(
            line for kind, one in zip(("applications", "places", "awards"), tallies, strict=True) for line in _lines(kind, one)
        ),
        examples=sum(row[5] for row in running),
        overlaps=any(one.overlaps for one in tallies),
        is_empty=not (calls or running),
    )


def _cohort_rows(running, applied, awarded) -> tuple[CohortRow, ...]:
    applications = Counter(cohort for _application, cohort in {line[:2] for line in applied})
    awards = Counter(cohort for _award, cohort in {line[:2] for line in awarded})
    return tuple(
        CohortRow(name, is_example, tuple(map(whole, (number_of_places, applications[pk], taken, awards[pk]))))
        for pk, name, _state, number_of_places, taken, is_example in running
    )


def _group_rows(names: Mapping, counted: list[Mapping], path=None) -> tuple[GroupRow, ...]:
    return tuple(
        GroupRow(name, path(key) if path else "", tuple(whole(by.get(key, 0)) for by in counted))
        for key, name in names.items()
        if any(by.get(key) for by in counted)
    )


def _office_charts(applied: Tally) -> tuple[Chart, ...]:
    if not applied.total:
        return ()
    source = _("Abgeschickte Bewerbungen dieser Instanz; Größe und Förderung aus dem Verzeichnis der Kommunen")
    bars = (_land_bars(applied.by_land), _size_bars(applied.by_size), _funding_bars(applied.by_funding))
    titles = (_("Bewerbungen nach Land"), _("Bewerbungen nach Größe"), _("Bewerbungen nach Förderung"))
    heads = (_("Land"), _("Größenklasse"), _("Förderung"))
    keys = ("land", "groesse", "foerderung")
    sentence = _("%(shown)s von %(total)s Bewerbungen: %(name)s.")
    return tuple(
        Chart(f"bewerbungen-nach-{key}", title, _most(found, applied.total, sentence), source, head, _("Bewerbungen"), found)
        for key, title, head, found in zip(keys, titles, heads, bars, strict=True)
    )


# Bars and lines ---------------------------------------------------------------------------------------------------------


def _land_names() -> dict[str, str]:
    outlines = sheet()
    return dict(sorted(((key, outlines.names[key]) for key in outlines.laender), key=lambda item: item[1]))


def _size_names() -> dict[str, str]:
    return {size.value: _(size.label) for size in SizeClass}


def _funding_names() -> dict[bool, str]:
    return {True: _("gefördert"), False: _("nicht gefördert")}


def _land_bars(by_land: Mapping[str, int]) -> tuple[Bar, ...]:
    """Return a bar for each Land with a number, the longest first."""
    found = [(name, by_land[key]) for key, name in _land_names().items() if by_land.get(key)]
    return tuple(Bar(name, number, whole(number)) for name, number in sorted(found, key=lambda item: -item[1]))


def _size_bars(by_size: Mapping[str, int]) -> tuple[Bar, ...]:
    return tuple(Bar(name, by_size.get(key, 0), whole(by_size.get(key, 0))) for key, name in _size_names().items())


def _funding_bars(by_funding: Mapping[bool, int]) -> tuple[Bar, ...]:
    return tuple(Bar(name, by_funding.get(key, 0), whole(by_funding.get(key, 0))) for key, name in _funding_names().items())


def _most(bars: tuple[Bar, ...], total: int, sentence: str, name_of=str) -> str:
    """Say which bar is the longest, in whole numbers: a percentage of a few people would pretend to be exact."""
    if not bars:
        return ""
    longest = max(bars, key=lambda bar: bar.value)
    return sentence % {"shown": longest.shown, "total": whole(total), "name": name_of(longest.label)}


def _lines(counted: str, numbers: Tally):
    for kind, names, by in (
        ("land", _land_names(), numbers.by_land),
        ("size", _size_names(), numbers.by_size),
        ("funded", _funding_names(), numbers.by_funding),
    ):
        for key, name in names.items():
            shown = {True: "yes", False: "no"}.get(key, key) if kind == "funded" else key
            yield ExportLine(kind, shown, name, counted, by.get(key, 0))
