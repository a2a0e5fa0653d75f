"""The whole register in memory: filter, sort and page through it without a database.

Pure. 11,000 rows are read once after each change of the data and then shared by search, list, exports and API: an answer
costs about a millisecond, and its order does not depend on a database's idea of the German alphabet.

A page is found by key: ``after`` or ``before`` name the key of a row. A row never leaves the register, so a link to a page
stays right when others come or go.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from staffel.base.rules import N_
from staffel.municipalities.core import places, search
from staffel.municipalities.core.spelling import sort_key

PAGE_ROWS = 50


class Dates(NamedTuple):
    """The days that a row's facts are of; None where the fact is unknown. Shared by most rows."""

    register_on: date
    population_on: date
    area_on: date | None
    position_on: date | None
    urbanisation_on: date | None
    region_type_on: date | None


class Row(NamedTuple):
    """One municipality with everything that lists, exports and the API show.

    ``funding`` holds (through, project code) with through ``self``, ``verband`` or ``kreis``. Codes are empty where there is
    no Kreis, Verband or successor. ``kreis_words`` is the Kreis with its kind, as people call it.
    """

    ags: str
    ars: str
    name: str
    official_name: str
    second_name: str
    kind: str
    uninhabited: bool
    dissolved: bool
    kreis: str
    kreis_name: str
    kreis_words: str
    land: str
    land_name: str
    verband: str
    verband_name: str
    population: int
    area_km2: float | None
    postal_code: str
    latitude: float | None
    longitude: float | None
    urbanisation: str
    region_type: str
    size: places.SizeClass
    funding: tuple[tuple[str, str], ...]
    valid_from: date | None
    valid_to: date | None
    successor: str
    dates: Dates

    @property
    def path(self) -> str:
        """The address of the municipality's page."""
        return places.municipality_path(self.ags)


class Funded(StrEnum):
    """Whether a federal model project reaches a municipality, and through what."""

    YES = "yes"
    SELF = "self"
    VERBAND = "verband"
    KREIS = "kreis"
    NO = "no"

    @property
    def label(self) -> str:
        """The German words, to be translated where they are shown."""
        return _FUNDED_WORDS[self]


_FUNDED_WORDS = {
    Funded.YES: N_("gefördert"),
    Funded.SELF: N_("durch ein eigenes Projekt"),
    Funded.VERBAND: N_("über den Verband"),
    Funded.KREIS: N_("über den Kreis"),
    Funded.NO: N_("nicht gefördert"),
}


class Sort(StrEnum):
    """An order of the list; a minus before the name turns it round."""

    BEST = "best"
    NAME = "name"
    NAME_DOWN = "-name"
    POPULATION = "population"
    POPULATION_DOWN = "-population"
    LAND = "land"
    LAND_DOWN = "-land"


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed down to; an empty value filters nothing.

    Without ``sort``, the best hits come first if there is a query, else the list goes by name.
    """

    query: str = ""
    land: str = ""
    kreis: str = ""
    size: str = ""
    region: str = ""
    funded: str = ""
    uninhabited: bool = False
    sort: str = ""

    @property
    def order(self) -> Sort:
        """The order in which rows come."""
        if self.sort and (self.query or self.sort != Sort.BEST):
            return Sort(self.sort)
        return Sort.BEST if self.query else Sort.NAME


@dataclass(frozen=True)
class Selection:
    """Positions of the rows that fit, in their order.

    ``guessed``: nothing fits the query as typed, these differ by one letter. ``too_short``: the query was ignored for it.
    ``unknown``: the query was a number of this kind that nobody has. ``hidden`` counts uninhabited areas that fit but are not
    shown.
    """

    positions: tuple[int, ...]
    guessed: bool = False
    too_short: bool = False
    unknown: search.Number | None = None
    hidden: int = 0


@dataclass(frozen=True)
class Page:
    """Some rows in a row of all that fit: ``first`` counts from 1, ``after`` and ``before`` are keys for the next pages."""

    rows: tuple[Row, ...]
    first: int
    total: int
    after: str = ""
    before: str = ""
    is_second: bool = False


class Directory:
    """All municipalities, Kreise and Länder, indexed. Made anew when the data change, never altered."""

    def __init__(self, rows: Iterable[Row], areas: Iterable[search.Area]):
        self.index = search.build(rows, areas)
        self.rows: tuple[Row, ...] = self.index.places
        self.laender = {area.code: area for area in self.index.areas if area.kind == search.Kind.LAND}
        # A dissolved Kreis is no choice any more.
        self.kreis_names = {row.kreis: row.kreis_name for row in self.rows if row.kreis and not row.dissolved}
        self.kreis_words = {row.kreis: row.kreis_words for row in self.rows if row.kreis and not row.dissolved}
        self._ranks = _ranks(self.rows)
        self._orders = {order: tuple(sorted(range(len(ranks)), key=ranks.__getitem__)) for order, ranks in self._ranks.items()}
        self._facets = _facets(self.rows)
        current = self._facets["current", ""]
        self.count = len(current)
        # The list that most people see first is ready in all orders.
        self._everything = {name: tuple(at for at in order if at in current) for name, order in self._orders.items()}

    def row(self, ags: str) -> Row | None:
        """Return the municipality with this key, dissolved or not, or None."""
        at = self.index.position.get(ags)
        return None if at is None else self.rows[at]

    def count_in(self, level: str, code: str) -> int:
        """Return the number of existing municipalities of the ``level`` ("kreis" or "land") with this code."""
        return len(self._facets.get((level, code), frozenset()) & self._facets["current", ""])

    def kreise_of(self, land: str) -> list[tuple[str, str]]:
        """Return code and words of the Kreise of a Land, by name."""
        here = [code for code in self.kreis_names if code[:2] == land]
        here.sort(key=lambda code: (sort_key(self.kreis_names[code]), code))
        return [(code, self.kreis_words[code]) for code in here]

    def select(self, filters: Filters) -> Selection:
        """Return the rows that fit. Dissolved ones are found by name only, uninhabited ones only if asked for."""
        if filters in (Filters(), Filters(sort=filters.sort)):
            return self._select_everything(filters.order)
        found = self.index.find(filters.query) if filters.query else None
        fitting = self._fitting(filters)
        if found is not None and not found.too_short:
            fitting &= set(found.places)
        else:
            fitting -= self._facets["dissolved", ""]
        uninhabited = fitting & self._facets["uninhabited", ""]
        if not filters.uninhabited:
            fitting -= uninhabited
        return Selection(
            positions=self._ordered(fitting, filters.order, found),
            guessed=bool(found and found.guessed),
            too_short=bool(found and found.too_short),
            unknown=found.unknown if found else None,
            hidden=0 if filters.uninhabited else len(uninhabited),
        )

    def _select_everything(self, order: Sort) -> Selection:
        name, down = _direction(order)
        positions = self._everything[name]
        hidden = len(self._facets["uninhabited", ""] - self._facets["dissolved", ""])
        return Selection(positions[::-1] if down else positions, hidden=hidden)

    def page(self, selection: Selection, order: Sort, *, after: str = "", before: str = "", limit: int = PAGE_ROWS) -> Page:
        """Return at most ``limit`` rows behind the row ``after`` or in front of the row ``before``, else the first ones.

        Raises KeyError if no municipality has that key.
        """
        positions = selection.positions
        start = 0
        if after:
            at, is_there = self._place_in(positions, order, after)
            start = at + is_there
        elif before:
            start = max(0, self._place_in(positions, order, before)[0] - limit)
        shown = positions[start : start + limit]
        return Page(
            rows=tuple(self.rows[at] for at in shown),
            first=start + 1,
            total=len(positions),
            after=self.rows[shown[-1]].ags if shown and start + limit < len(positions) else "",
            before=self.rows[shown[0]].ags if shown and start else "",
            is_second=0 < start <= limit,
        )

    def _fitting(self, filters: Filters) -> set[int]:
        chosen = [
            self._facets.get((name, value), frozenset())
            for name in ("land", "kreis", "size", "region", "funded")
            if (value := getattr(filters, name))
        ]
        if not chosen:
            return set(self._facets["all", ""])
        return set(chosen[0]).intersection(*chosen[1:])

    def _ordered(self, fitting: set[int], order: Sort, found: search.Found | None) -> tuple[int, ...]:
        if order == Sort.BEST and found is not None and not found.too_short:
            return tuple(at for at in found.places if at in fitting)
        name, down = _direction(order)
        if len(fitting) * 8 < len(self.rows):
            ordered = sorted(fitting, key=self._ranks[name].__getitem__)
        else:
            ordered = [at for at in self._orders[name] if at in fitting]
        return tuple(reversed(ordered) if down else ordered)

    def _place_in(self, positions: tuple[int, ...], order: Sort, ags: str) -> tuple[int, bool]:
        """Where the row stands among ``positions``, or would stand, and whether it is one of them."""
        at = self.index.position[ags]
        if at in positions:
            return positions.index(at), True
        if order == Sort.BEST:
            return 0, False
        name, down = _direction(order)
        ranks = self._ranks[name]
        sign = -1 if down else 1
        return bisect_left(positions, sign * ranks[at], key=lambda other: sign * ranks[other]), False


def _direction(order: Sort) -> tuple[str, bool]:
    if order == Sort.BEST:
        return Sort.NAME.value, False
    return order.value.lstrip("-"), order.value.startswith("-")


def _ranks(rows: tuple[Row, ...]) -> dict[str, list[int]]:
    by_name = [(sort_key(row.name), row.name, row.ags) for row in rows]
    keys = {
        "name": by_name,
        "population": [(row.population, *key) for row, key in zip(rows, by_name, strict=True)],
        "land": [(sort_key(row.land_name), *key) for row, key in zip(rows, by_name, strict=True)],
    }
    ranks = {}
    for name, values in keys.items():
        ranks[name] = [0] * len(rows)
        for rank, at in enumerate(sorted(range(len(rows)), key=values.__getitem__)):
            ranks[name][at] = rank
    return ranks


def _facets(rows: tuple[Row, ...]) -> dict[tuple[str, str], frozenset[int]]:
    found: dict[tuple[str, str], set[int]] = {("all", ""): set(), ("uninhabited", ""): set(), ("dissolved", ""): set()}
    for at, row in enumerate(rows):
        ways = {way for way, _ in row.funding}
        facets = [("all", ""), ("land", row.land), ("kreis", row.kreis), ("region", row.region_type)]
        if not row.uninhabited:
            facets.append(("size", row.size))
        facets += [("funded", way) for way in ways] or [("funded", Funded.NO)]
        if ways:
            facets.append(("funded", Funded.YES))
        if row.uninhabited:
            facets.append(("uninhabited", ""))
        if row.dissolved:
            facets.append(("dissolved", ""))
        for name, value in facets:
            found.setdefault((name, str(value)), set()).add(at)
    found["current", ""] = found["all", ""] - found["uninhabited", ""] - found["dissolved", ""]
    return {facet: frozenset(positions) for facet, positions in found.items()}
