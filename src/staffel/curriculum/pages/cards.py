"""What the list of methods, a method card and the glossary say: values for templates."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.curriculum import prose, words
from staffel.curriculum.core.content import Method, Outline, Term, Unit
from staffel.curriculum.pages.places import Places
from staffel.curriculum.pages.unit import source_line
from staffel.curriculum.queries.versions import UnitFacts, VersionFacts
from staffel.ui.parts import Crumb, Fact


@dataclass(frozen=True)
class MethodLine:
    """A method in the list; ``used`` is the number of units that use it, empty for none and where that is not known."""

    href: str
    title: str
    purpose: str
    time: str
    people: str
    used: str


@dataclass(frozen=True)
class MethodsPage:
    """The methods of a version by title; ``home`` is where the version is read."""

    version: VersionFacts
    crumbs: list[Crumb]
    home: str
    lines: list[MethodLine]


@dataclass(frozen=True)
class MethodPage:
    """A method card in two ``columns`` of (anchor, heading, HTML); ``units`` are those that use it, None where not known.

    ``origin`` is what a card on paper says of itself: programme, version, licence.
    """

    version: VersionFacts
    crumbs: list[Crumb]
    method: Method
    facts: list[Fact]
    columns: list[list[tuple[str, str, SafeString]]]
    sources: list[tuple[str, str, str, str]]
    units: list[tuple[UnitFacts, str]] | None
    origin: str


@dataclass(frozen=True)
class TermBlock:
    """A word of the glossary; ``see`` are (word, anchor)."""

    key: str
    term: str
    text: SafeString
    see: list[tuple[str, str]]


@dataclass(frozen=True)
class GlossaryPage:
    """The glossary by letters: ``letters`` are (letter, anchor, terms)."""

    version: VersionFacts
    crumbs: list[Crumb]
    home: str
    letters: list[tuple[str, str, list[TermBlock]]]
    scope: str


def methods_page(
    version: VersionFacts, outline: Outline | None, units: Mapping[str, Unit] | None, places: Places
) -> MethodsPage:
    """Return the list of methods; ``outline`` and ``units`` are what the files of the version say, None if not at hand."""
    used: dict[str, int] = {}
    for unit in (units or {}).values():
        for key in {step.card for step in unit.plan}:
            used[key] = used.get(key, 0) + 1
    methods = sorted(outline.methods if outline else (), key=lambda method: in_order(method.title))
    return MethodsPage(
        version=version,
        crumbs=[*places.crumbs(), Crumb(_("Methoden"))],
        home=places.version(),
        lines=[
            MethodLine(
                places.method(each.key),
                each.title,
                each.purpose,
                time_of(each),
                each.people,
                str(used.get(each.key, "")),
            )
            for each in methods
        ],
    )


def method_page(
    version: VersionFacts, key: str, outline: Outline | None, units: Mapping[str, Unit] | None, places: Places
) -> MethodPage | None:
    """Return the card of a method, None for an unknown key."""
    method = next((each for each in outline.methods if each.key == key), None) if outline else None
    if method is None:
        return None
    columns = (
        [("vorbereitung", _("Vorbereitung"), method.preparation), ("ablauf", _("Schritt für Schritt"), method.steps)],
        [
            ("online", _("Online"), method.online),
            ("vor-ort", _("Vor Ort"), method.on_site),
            ("stolpersteine", _("Was schiefgeht"), method.pitfalls),
        ],
    )
    using = None
    if units is not None:
        using = [unit for unit in version.units if any(step.card == key for step in units[unit.key].plan)]
    return MethodPage(
        version=version,
        crumbs=[*places.crumbs(), Crumb(_("Methoden"), places.methods()), Crumb(method.title)],
        method=method,
        facts=[Fact(_("Dauer"), time_of(method)), Fact(_("Für wie viele"), method.people)],
        columns=[[(anchor, heading, _html(text, 3)) for anchor, heading, text in column] for column in columns],
        sources=[source_line(each) for each in method.sources],
        units=None if using is None else [(unit, places.unit(unit.key)) for unit in using],
        origin=_("%(programme)s, Version %(number)s, %(licence)s")
        % {"programme": version.title, "number": version.number, "licence": words.licence(version.licence)[0]},
    )


def glossary_page(version: VersionFacts, outline: Outline | None, places: Places) -> GlossaryPage:
    """Return the glossary in the order of the alphabet; what begins with no letter stands first, under ``0–9``."""
    terms = sorted(outline.glossary if outline else (), key=lambda term: (letter_of(term.term) != DIGITS, in_order(term.term)))
    known = {term.key: term.term for term in terms}
    return GlossaryPage(
        version=version,
        crumbs=[*places.crumbs(), Crumb(_("Glossar"))],
        home=places.version(),
        letters=[
            (letter, f"buchstabe-{'ziffern' if letter == DIGITS else letter.lower()}", [_term(each, known) for each in group])
            for letter, group in groupby(terms, key=lambda term: letter_of(term.term))
        ],
        scope=ngettext("%(count)s Begriff", "%(count)s Begriffe", len(terms)) % {"count": len(terms)},
    )


DIGITS = "0–9"


def in_order(text: str) -> tuple[str, str]:
    """Return what sorts as a German dictionary does: ä like a, ß like ss, capitals and marks only where all else is equal.

    Source: DIN 5007-1 (2005), variant 1.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return plain.lstrip("„‚»\"'("), text


def letter_of(term: str) -> str:
    """Return the capital letter under which a word stands, ``0–9`` for what begins with none from A to Z."""
    first = in_order(term)[0][:1].upper()
    return first if "A" <= first <= "Z" else DIGITS


def time_of(method: Method) -> str:
    """Return how long a method takes: ``20 bis 40 Minuten``."""
    if method.shortest == method.longest:
        return words.in_minutes(method.longest)
    return _("%(shortest)s bis %(longest)s Minuten") % {"shortest": method.shortest, "longest": method.longest}


def _term(term: Term, known: Mapping[str, str]) -> TermBlock:
    see = [(known[key], f"#begriff-{key}") for key in term.see if key in known]
    return TermBlock(term.key, term.term, _html(term.text, 4), see)


def _html(text: str, first_heading: int) -> SafeString:
    # Prose of the whole names no files: the reader refuses it.
    return prose.render(text, unit=None, file_path=lambda _name: "", first_heading=first_heading)
