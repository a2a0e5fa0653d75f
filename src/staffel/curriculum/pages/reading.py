"""A version that is not public, as a page to be read from: what it is, its units, its competencies."""

from dataclasses import dataclass

from staffel.curriculum import words
from staffel.curriculum.pages.places import OfficePlaces
from staffel.curriculum.pages.version import conditions, scope
from staffel.curriculum.queries.versions import CompetencyFacts, ModuleFacts, UnitFacts, VersionFacts
from staffel.ui.parts import Crumb


@dataclass(frozen=True)
class ReadingPage:
    """``modules`` have their units with the address of each and how long it takes; ``about`` is where one works on it."""

    version: VersionFacts
    crumbs: list[Crumb]
    about: str
    scope: str
    modules: list[tuple[ModuleFacts, list[tuple[UnitFacts, str, str]]]]
    competencies: tuple[CompetencyFacts, ...]
    conditions: list[str]


def reading_page(version: VersionFacts) -> ReadingPage:
    """Return the page from which a version that is not public is read."""
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
        competencies=version.competencies,
        conditions=conditions(version),
    )
