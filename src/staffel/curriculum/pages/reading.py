"""A version that is not public, as a page to be read from: what it is, its units, its competencies."""

from dataclasses import dataclass

from staffel.curriculum import words
from staffel.curriculum.pages.places import OfficePlaces
from staffel.curriculum.pages.version import card_links, conditions, scope
from staffel.curriculum.queries.versions import CompetencyFacts, ModuleFacts, UnitFacts, VersionFacts
from staffel.ui.parts import Crumb


@dataclass(frozen=True)
class ReadingPage:
    """``modules`` have their units with the address of each and how long it takes; ``about`` is where one works on it.

    ``competencies`` have their addresses, ``cards`` are links to methods and glossary.
    """

    version: VersionFacts
    crumbs: list[Crumb]
    about: str
    scope: str
    modules: list[tuple[ModuleFacts, list[tuple[UnitFacts, str, str]]]]
    competencies: list[tuple[CompetencyFacts, str]]
    matrix_href: str
    cards: list[tuple[str, str]]
    conditions: list[str]


def reading_page(version: VersionFacts, cards: frozenset[str] = frozenset()) -> ReadingPage:
    """Return the page from which a version that is not public is read; ``cards`` as for ``version_page``."""
    places = OfficePlaces(version)
    return ReadingPage(
        version=version,
        crumbs=[*places.crumbs()[:-1], Crumb(places.crumbs()[-1].text)],
        about=places.about(),
        scope=scope(version),
        modules=[
            (module, [(unit, places.unit(unit.key), words.hours(unit.minutes)) for unit in module.units])
            for module in version.modules
        ],
        competencies=[(each, places.competency(each.key)) for each in version.competencies],
        matrix_href=places.competencies(),
        cards=card_links(cards, places),
        conditions=conditions(version),
    )
