"""The plain values that place queries return.

Frozen, with words and paths ready to show, so that a template cannot cause a query. Days say what a fact is of; None
means unknown.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A place by name; ``path`` is empty where it has no page of its own."""

    code: str
    name: str
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """All that a municipality's page says about it, each group of facts with the day it is of (None: unknown)."""

    id: int
    ags: str
    ars: str
    name: str
    short_name: str
    second_name: str
    path: str
    kind: str
    counted: bool
    land: PlaceLink
    kreis: PlaceLink | None
    kreis_id: int | None
    is_own_kreis: bool
    verband: PlaceLink | None
    verband_id: int | None
    population: int
    population_on: date
    area_km2: float | None
    area_on: date | None
    density: int | None
    postal_code: str
    latitude: float | None
    longitude: float | None
    position_on: date | None
    size_class: str
    size_word: str
    urbanisation: str
    urbanisation_word: str
    urbanisation_on: date | None
    region_type: str
    region_type_word: str
    region_type_on: date | None
    register_on: date
    valid_from: date | None
    valid_to: date | None
    successor: PlaceLink | None
    predecessors: tuple[PlaceLink, ...]
    credit: str

    @property
    def is_dissolved(self) -> bool:
        """Whether the register has ended it."""
        return self.valid_to is not None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another municipality of the same Kreis; ``distance_km`` between the midpoints, None where one is unknown."""

    id: int
    ags: str
    name: str
    path: str
    population: int
    size_word: str
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class MunicipalityLine:
    """A municipality as a line of a table."""

    id: int
    ags: str
    name: str
    path: str
    kind: str
    verband: str
    population: int
    area_km2: float | None
    size_class: str
    size_word: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class SizeShare:
    """How many municipalities of one size class there are, and how many people live in them."""

    size_class: str
    word: str
    municipalities: int
    population: int


@dataclass(frozen=True, slots=True)
class KreisFacts:
    """All that a Kreis's page says about it. Its municipalities come big before small."""

    id: int
    code: str
    name: str
    official_name: str
    path: str
    kind: str
    is_city: bool
    seat: str
    region_name: str
    nuts3: str
    land: PlaceLink
    population: int
    population_on: date
    area_km2: float
    area_on: date
    density: int
    latitude: float | None
    longitude: float | None
    deprivation_score: float | None
    deprivation_quintile: int | None
    deprivation_word: str
    deprivation_year: int
    valid_to: date | None
    successor: PlaceLink | None
    predecessors: tuple[PlaceLink, ...]
    municipalities: tuple[MunicipalityLine, ...]
    sizes: tuple[SizeShare, ...]
    register_on: date | None
    credit: str


@dataclass(frozen=True, slots=True)
class KreisLine:
    """A Kreis as a line of a table."""

    id: int
    code: str
    name: str
    path: str
    kind: str
    population: int
    area_km2: float
    municipalities: int
    deprivation_quintile: int | None


@dataclass(frozen=True, slots=True)
class LandFacts:
    """All that a Land's page says about it.

    ``funded_municipalities`` are funded themselves or through a body above; ``funded_projects`` have a member here.
    """

    id: int
    code: str
    name: str
    iso: str
    path: str
    capital: str
    population: int
    population_on: date
    area_km2: float
    area_on: date
    density: int
    municipalities: int
    funded_municipalities: int
    funded_projects: int
    kreise: tuple[KreisLine, ...]
    sizes: tuple[SizeShare, ...]
    register_on: date | None
    credit: str
