"""The full map: one layer drawn on Germany or on one Land, with a place marked, as plain values for ``reporting/map.html``.

Every state of the map has an address: ``?ebene=groesse&land=09&kreis=09162`` or ``&ort=09162000``. What the address names but
does not exist is ``UnknownState``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from staffel.municipalities.core import places
from staffel.municipalities.queries import mapped
from staffel.municipalities.queries.mapped import Position
from staffel.reporting.core import cartography
from staffel.reporting.queries import sheets
from staffel.reporting.queries.layers import LAYERS, Layer, Spot
from staffel.reporting.queries.sheets import Area, Baton, Name, View
from staffel.reporting.queries.small_maps import names_of

PATH = "/karte/"
DOT_PX = {"own": 8, "through": 6.5, "grossstadt": 11, "mittelstadt": 7, "kleinstadt": 4.4, "landgemeinde": 2}
# A finger wants 24 px (WCAG 2.2, 2.5.8); on all of Germany the points lie too close for that.
HIT_PX = 24
# More names than this would be a wall of text; the rest of the points say theirs on hover and focus.
MOST_NAMES = 60


class UnknownState(LookupError):
    """The address names a layer or a place that does not exist; the message is a German sentence."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A state of the map, checked against the outlines. ``land`` is empty for all of Germany."""

    layer: str
    land: str = ""
    kreis: str = ""
    ort: str = ""

    def address(self, **change: str) -> str:
        """Return the address of this state with a change; a new Land or layer lets go of the marked place."""
        parameters = {"ebene": self.layer, "land": self.land, **change}
        return f"{PATH}?{urlencode({name: value for name, value in parameters.items() if value})}"


@dataclass(frozen=True, slots=True)
class Point:
    """A named municipality on the map: a link, drawn as batons or as a dot of ``width``; ``hit`` is where it can be pressed."""

    href: str
    title: str
    hit: SafeString
    tone: str
    batons: tuple[Baton, ...]
    dot: SafeString
    width: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Crowd:
    """Points without names, as one path."""

    tone: str
    width: str
    path: SafeString


@dataclass(frozen=True, slots=True)
class Mark:
    """The place that the address names: ringed or outlined, with its card and the way to a closer look."""

    name: str
    where: str
    note: str
    href: str
    land: str
    zoom_href: str
    path: str = ""
    ring: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class MapPage:
    """All that the page shows."""

    layer: str
    drawn: Layer
    land: str
    land_name: str
    tabs: tuple[tuple[str, str, bool], ...]
    laender: tuple[tuple[str, str], ...]
    view: View
    around: tuple[Area, ...]
    areas: tuple[Area, ...]
    borders: SafeString
    crowds: tuple[Crowd, ...]
    points: tuple[Point, ...]
    names: tuple[Name, ...]
    figures: tuple[Name, ...]
    mark: Mark | None
    ring_radius: str
    hit_width: str
    edge_width: str
    baton_width: str
    name_size: str
    figure_size: str
    germany_href: str
    hint_href: str

    @property
    def table_template(self) -> str:
        """The fragment that shows the rows of this layer."""
        return f"reporting/_map_table_{self.layer}.html"


def wanted(parameters: Mapping[str, str]) -> Wanted:
    """Return the state that the parameters of an address name. No query.

    Raises UnknownState for a layer, Land or Kreis that does not exist, for an Ort that is no key of eight digits, and for a
    Kreis or Ort outside the Land.
    """
    outlines = sheets.sheet()
    layer, land, kreis, ort = (parameters.get(name, "") for name in ("ebene", "land", "kreis", "ort"))
    layer = layer or next(iter(LAYERS))
    if layer not in LAYERS:
        raise UnknownState(_("Diese Ebene der Karte gibt es nicht."))
    if land and land not in outlines.laender:
        raise UnknownState(_("Ein Land mit diesem Schlüssel gibt es nicht."))
    if kreis and kreis not in outlines.kreise:
        raise UnknownState(_("Einen Kreis mit diesem Schlüssel zeigt die Karte nicht."))
    if ort and not re.fullmatch("[0-9]{8}", ort):
        raise UnknownState(_("Eine Kommune mit diesem Schlüssel gibt es nicht."))
    if land and any(key and key[:2] != land for key in (kreis, ort)):
        raise UnknownState(_("Dieser Ort liegt nicht in dem gewählten Land."))
    return Wanted(layer, land, "" if ort else kreis, ort)


def map_page(state: Wanted) -> MapPage:
    """Return the map in a state. At most three queries: two for the layer, one for a marked Ort that it does not know.

    Raises UnknownState for an Ort that does not exist.
    """
    outlines = sheets.sheet()
    drawn = LAYERS[state.layer][1](state.land)
    marked = _position(state.ort, drawn) if state.ort else None
    view = sheets.view_of_land(state.land) if state.land else sheets.whole()
    placed = [(spot, *outlines.place(spot.longitude, spot.latitude)) for spot in drawn.spots]
    return MapPage(
        layer=state.layer,
        drawn=drawn,
        land=state.land,
        land_name=outlines.names.get(state.land, ""),
        tabs=tuple((str(word), state.address(ebene=name), name == state.layer) for name, (word, _draw) in LAYERS.items()),
        laender=tuple(sorted(((key, outlines.names[key]) for key in outlines.laender), key=lambda item: item[1])),
        view=view,
        around=_around(state, view),
        areas=_areas(state, drawn),
        borders=sheets.safe("" if state.land else outlines.land_borders),
        crowds=tuple(Crowd(kind, view.px(_dot_px(state, kind)), _dots(at)) for kind, at in drawn.crowds.items() if at),
        points=tuple(_point(state, spot, x, y, view) for spot, x, y in placed),
        names=_names(state, placed, view),
        figures=tuple(
            Name(text, *map(str, outlines.middles[key])) for key, text in drawn.figures.items() if key in outlines.middles
        )
        if state.land
        else (),
        mark=_mark(state, drawn, marked),
        ring_radius=view.px(14),
        hit_width=view.px(HIT_PX if state.land else HIT_PX / 2),
        edge_width=view.px(_baton_px(state) * 0.85),
        baton_width=view.px(_baton_px(state) * 0.5),
        name_size=view.px(13),
        figure_size=view.px(15),
        germany_href=state.address(land="") if state.land else "",
        hint_href=state.address(land=drawn.hint) if drawn.hint else "",
    )


def _position(ags: str, drawn: Layer) -> Position:
    found = next((Position(*row) for row in drawn.everyone if row[0] == ags), None) or mapped.position(ags)
    if found is None:
        raise UnknownState(_("Eine Kommune mit diesem Schlüssel gibt es nicht."))
    return found


def _around(state: Wanted, view: View) -> tuple[Area, ...]:
    """Return the neighbours of the Land that is seen, as ways to them."""
    if not state.land:
        return ()
    outlines = sheets.sheet()
    return tuple(
        Area(key, state.address(land=key), outlines.names[key], sheets.safe(path))
        for key, path in outlines.laender_fine.items()
        if key != state.land and view.meets(path)
    )


def _areas(state: Wanted, drawn: Layer) -> tuple[Area, ...]:
    outlines = sheets.sheet()
    # Put together by hand: urlencode for 400 Kreise costs more than the rest of the map.
    start = state.address() + "&kreis="
    areas = []
    for key, path in outlines.kreise.items():
        if state.land and key[:2] != state.land:
            continue
        title = outlines.names[key]
        if note := drawn.notes.get(key):
            title = f"{title}: {note}"
        areas.append(Area(key, start + key, title, sheets.safe(path), drawn.tones.get(key, "")))
    return tuple(areas)


def _dots(at: list[tuple[float, float]]) -> SafeString:
    outlines = sheets.sheet()
    return sheets.safe(cartography.write_dots(outlines.grid.place_all(outlines.projection.forward_all(at))))


def _dot_px(state: Wanted, kind: str) -> float:
    return DOT_PX[kind] * (1.5 if state.land else 1)


def _baton_px(state: Wanted) -> float:
    return 8.0 if state.land else 4.5


def _point(state: Wanted, spot: Spot, x: int, y: int, view: View) -> Point:
    dotted = spot.marks[0] in DOT_PX
    return Point(
        href=state.address(ort=spot.ags),
        title=f"{spot.name}: {spot.note}",
        hit=sheets.safe(cartography.write_dots([(x, y)])),
        tone=spot.marks[0] if dotted else "",
        batons=() if dotted else sheets.batons(x, y, spot.marks, view=view, half_px=_baton_px(state)),
        dot=sheets.safe(cartography.write_dots([(x, y)]) if dotted else ""),
        width=view.px(_dot_px(state, spot.marks[0])) if dotted else "",
        marked=spot.ags == state.ort,
    )


def _names(state: Wanted, placed, view: View) -> tuple[Name, ...]:
    if not state.land and state.layer != "groesse":
        return ()
    points = [(x, y, spot.name) for spot, x, y in placed]
    gap = _baton_px(state) * 1.5 if state.layer in ("erreicht", "staffeln") else 7
    return tuple(filter(None, names_of(points[:MOST_NAMES], view=view, size_px=13, gap_px=gap)))


def _mark(state: Wanted, drawn: Layer, marked: Position | None) -> Mark | None:
    outlines = sheets.sheet()
    key = marked.ags if marked else state.kreis
    if not key:
        return None
    land = outlines.names[key[:2]]
    note = drawn.notes.get(key[:5], "")
    if marked is None:
        zoom = "" if state.land else state.address(land=key[:2], kreis=key)
        path = sheets.safe(outlines.kreise[key])
        return Mark(outlines.names[key], land, note, places.kreis_path(key), land, zoom, path=path)
    zoom = "" if state.land else state.address(land=key[:2], ort=key)
    note = next((spot.note for spot in drawn.spots if spot.ags == key), note)
    where = ", ".join(dict.fromkeys((outlines.names.get(key[:5], land), land)))
    ring = None if marked.latitude is None else tuple(map(str, outlines.place(marked.longitude, marked.latitude)))
    return Mark(marked.name, where, note, places.municipality_path(key), land, zoom, ring=ring)
