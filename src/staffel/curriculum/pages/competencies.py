"""What the competency matrix and the page of a competency say: where something is taught, practised and tested.

*Taught* is what an objective of a unit names. *Practised* is what an exercise names, and what a unit with a transfer task has
among its objectives. *Tested* is what an item of a unit's self-test names.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.curriculum import words
from staffel.curriculum.core import content
from staffel.curriculum.pages import digcomp
from staffel.curriculum.pages.places import Places, PublicPlaces
from staffel.curriculum.queries.versions import CompetencyFacts, UnitFacts, VersionFacts
from staffel.ui.parts import Crumb, Fact

# Every unit has to be read for the matrix; above this it only says what the rows know.
MOST_UNITS = 200
# As many units have a column each, more are put together by module; and more modules than this nobody reads beside each other.
MOST_COLUMNS = 14
MOST_MODULES = 6
# So many units of a competency are named; of the others the number is said.
MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Work:
    """What a unit does for a competency: ``reaches`` is the highest level 1 to 4, 0 where it is not known.

    ``objectives`` are (sentence, level after Bloom), ``practice`` (what is done, address), ``tested`` counts items.
    """

    unit: UnitFacts
    href: str
    reaches: int
    taught: bool
    practice: tuple[tuple[str, str], ...]
    tested: int
    objectives: tuple[tuple[str, str], ...]

    @property
    def level(self) -> str:
        """The level in words, empty where it is not known."""
        return words.level(self.reaches) if self.reaches else ""

    @property
    def marks(self) -> str:
        """What is done where that is not all three: ``nur gelehrt und geübt``, empty where it is."""
        done = [word for happens, word in zip((self.taught, self.practice, self.tested), _marks(), strict=True) if happens]
        return _("nur %(done)s") % {"done": get_text_list(done, _("und"))} if len(done) < 3 else ""

    @property
    def tested_in_words(self) -> str:
        """How many items test it: ``3 Fragen``, empty for none."""
        return ngettext("%(count)s Frage", "%(count)s Fragen", self.tested) % {"count": self.tested} if self.tested else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the matrix: a unit, a module, or all units; ``number``, ``title`` and ``href`` are empty for all."""

    name: str
    number: str
    title: str
    href: str
    keys: frozenset[str]


@dataclass(frozen=True)
class MatrixPage:
    """The matrix: ``fields`` are (field, rows), a row is (competency, address, cells), a cell (column, works, how many more).

    ``proof`` are sentences on what of all this happens at least once, none where that is not known; ``home`` is where the
    version is read.
    """

    version: VersionFacts
    crumbs: list[Crumb]
    home: str
    proof: list[str]
    columns: list[Column]
    fields: list[tuple[str, list[tuple[CompetencyFacts, str, list[tuple[str, list[Work], int]]]]]]
    complete: bool

    @property
    def span(self) -> int:
        """How many columns the table has."""
        return len(self.columns) + 1

    @property
    def by_unit(self) -> bool:
        """Whether each unit has its column."""
        return [column.keys for column in self.columns] == [{unit.key} for unit in self.version.units]

    @property
    def listed(self) -> bool:
        """Whether all units stand in one column."""
        return len(self.columns) == 1 and not self.by_unit


@dataclass(frozen=True)
class CompetencyPage:
    """A competency: its four ``levels`` as (number, sentence), its ``facts``, and the units that work on it."""

    version: VersionFacts
    competency: CompetencyFacts
    crumbs: list[Crumb]
    facts: list[Fact]
    levels: list[tuple[str, str]]
    esco: tuple[str, ...]
    works: list[Work]
    more: int
    complete: bool


def matrix_page(version: VersionFacts, units: Mapping[str, content.Unit] | None, places: Places | None = None) -> MatrixPage:
    """Return the matrix of ``version``; ``units`` are what their files say, None if that is not at hand.

    ``places`` is where the parts of the version are read: in public, unless it says otherwise.
    """
    places = places or PublicPlaces(version)
    columns = _columns(version, places)
    fields: dict[str, list] = {}
    worked: list[tuple[CompetencyFacts, list[Work]]] = []
    for competency in version.competencies:
        works = _works(version, competency.key, units, places)
        worked.append((competency, works))
        cells = []
        for column in columns:
            there = [work for work in works if work.unit.key in column.keys]
            cells.append((column.name, there[:MOST_NAMED], max(0, len(there) - MOST_NAMED)))
        fields.setdefault(competency.field, []).append((competency, places.competency(competency.key), cells))
    return MatrixPage(
        version=version,
        crumbs=[*places.crumbs(), Crumb(_("Kompetenzen"))],
        home=places.version(),
        proof=_proof(worked) if units is not None else [],
        columns=columns,
        fields=list(fields.items()),
        complete=units is not None,
    )


def _columns(version: VersionFacts, places: Places) -> list[Column]:
    units = version.units
    if 0 < len(units) <= MOST_COLUMNS:
        name = _("Einheit %(number)s")
        return [
            Column(
                name % {"number": each.position}, str(each.position), each.title, places.unit(each.key), frozenset({each.key})
            )
            for each in units
        ]
    if len(version.modules) > MOST_MODULES:
        return [Column(_("Einheiten"), "", "", "", frozenset(unit.key for unit in units))]
    name, home = _("Modul %(number)s"), places.version()
    return [
        Column(
            name % {"number": each.position},
            str(each.position),
            each.title,
            f"{home}#modul-{each.key}",
            frozenset(unit.key for unit in each.units),
        )
        for each in version.modules
    ]


def _proof(worked: list[tuple[CompetencyFacts, list[Work]]]) -> list[str]:
    """Return what happens nowhere, one sentence for each kind; or that everything happens at least once."""
    if not worked:
        return []
    lacking = [
        (mark, [competency.title for competency, works in worked if not any(happens(work) for work in works)])
        for mark, happens in zip(
            _marks(), (lambda work: work.taught, lambda work: work.practice, lambda work: work.tested), strict=True
        )
    ]
    sentences = [
        _("Noch in keiner Einheit %(mark)s: %(titles)s.") % {"mark": mark, "titles": "; ".join(titles)}
        for mark, titles in lacking
        if titles
    ]
    return sentences or [_("Jede Kompetenz wird mindestens einmal gelehrt, geübt und geprüft.")]


def _marks() -> tuple[str, str, str]:
    return _("gelehrt"), _("geübt"), _("geprüft")


def competency_page(
    version: VersionFacts,
    key: str,
    stated: content.Competency | None,
    units: Mapping[str, content.Unit] | None,
    places: Places | None = None,
) -> CompetencyPage | None:
    """Return the page of a competency, None for an unknown key; ``stated`` is what the programme's text says of it."""
    competency = next((each for each in version.competencies if each.key == key), None)
    if competency is None:
        return None
    places = places or PublicPlaces(version)
    facts = [Fact(_("Kompetenzfeld"), competency.field)]
    numbers, levels = (stated.digcomp, stated.levels) if stated else ((), ())
    facts += [Fact("DigComp 2.2", digcomp.in_words(number), "", digcomp.ADDRESS) for number in numbers]
    works = _works(version, key, units, places)
    return CompetencyPage(
        version=version,
        competency=competency,
        crumbs=[*places.crumbs(), Crumb(_("Kompetenzen"), places.competencies()), Crumb(competency.title)],
        facts=facts,
        levels=[(words.level(number), sentence) for number, sentence in enumerate(levels, 1)],
        esco=stated.esco if stated else (),
        works=works[:MOST_NAMED],
        more=max(0, len(works) - MOST_NAMED),
        complete=units is not None,
    )


def _works(version: VersionFacts, key: str, units: Mapping[str, content.Unit] | None, places: Places) -> list[Work]:
    found = (work_of(unit, key, units.get(unit.key) if units else None, places.unit(unit.key)) for unit in version.units)
    return [work for work in found if work is not None]


def work_of(unit: UnitFacts, key: str, said: content.Unit | None, href: str) -> Work | None:
    """Return what ``unit`` does for the competency ``key``, None for nothing; ``said`` is what its files say."""
    if said is None:
        return Work(unit, href, 0, True, (), 0, ()) if key in unit.competencies else None
    objectives = [each for each in said.objectives if each.competency == key]
    practice = [
        (_("Übung „%(title)s“") % {"title": each.title}, f"{href}#uebung-{each.key}")
        for each in said.exercises
        if each.competency == key
    ]
    if said.task and objectives:
        practice.append((_("Transferaufgabe „%(title)s“") % {"title": said.task.title}, f"{href}#transferaufgabe"))
    tested = sum(item.competency == key for item in said.quiz)
    if not (objectives or practice or tested):
        return None
    return Work(
        unit,
        href,
        max((each.reaches for each in objectives), default=0),
        bool(objectives),
        tuple(practice),
        tested,
        tuple((each.text, str(words.LEVELS[each.level])) for each in objectives),
    )
