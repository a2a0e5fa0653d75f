"""Maps as parts of other pages: Germany for the start page, the small map of a place.

Only plain values, for ``reporting/_germany.html`` and ``reporting/_small_map.html``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.cohorts.queries import PilotMunicipality
from staffel.municipalities.core import places
from staffel.reporting.core import cartography, outlines
from staffel.reporting.core.labels import place_labels
from staffel.reporting.queries import sheets
from staffel.reporting.queries.sheets import Area, Baton, Entry, Name, View
from staffel.ui.words import whole

BRANDENBURG = "12"
# The inset is about 740 px wide on a wide screen, a third more than the view reckons with.
INSET_NAME_PX = 13


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality of the pilot on the map: a link with its batons, and its name where there is room for it."""

    href: str
    title: str
    hit: SafeString
    batons: tuple[Baton, ...]
    name: Name | None


@dataclass(frozen=True, slots=True)
class Inset:
    """Brandenburg enlarged, with the municipalities of the pilot by name."""

    view: View
    hit_width: str
    edge_width: str
    baton_width: str
    name_size: str
    outline: SafeString
    borders: SafeString
    towns: tuple[Town, ...]


@dataclass(frozen=True, slots=True)
class Germany:
    """The map of the start page; ``count`` municipalities are marked, ``summary`` says what there is to see."""

    view: View
    laender: tuple[Area, ...]
    batons: tuple[Baton, ...]
    baton_width: str
    inset: Inset
    legend: tuple[Entry, ...]
    count: int
    summary: str


def germany_with(pilots: Iterable[PilotMunicipality]) -> Germany:
    """Return the map of the start page for municipalities that were fetched already. No query."""
    sheet, view = sheets.sheet(), sheets.whole()
    placed = [(pilot, *sheet.place(pilot.longitude, pilot.latitude)) for pilot in pilots if pilot.latitude is not None]
    counts = {land: sum(pilot.ags[:2] == land for pilot, _x, _y in placed) for land in sheet.laender}
    return Germany(
        view=view,
        laender=tuple(
            Area(
                land,
                places.land_path(land),
                _land_title(sheet.names[land], counts[land]),
                sheets.safe(path),
                _reached(counts[land]),
            )
            for land, path in sorted(sheet.laender.items(), key=lambda item: sheet.names[item[0]])
        ),
        batons=tuple(baton for _pilot, x, y in placed for baton in sheets.batons(x, y, ("",), view=view, half_px=4)),
        baton_width=view.px(3),
        inset=_inset(placed),
        legend=staffel_legend([pilot.staffeln for pilot, _x, _y in placed]),
        count=len(placed),
        summary=ngettext(
            "Karte: %(count)d Kommune war in den Staffeln der Pilotphase vertreten.",
            "Karte: %(count)d Kommunen waren in den Staffeln der Pilotphase vertreten.",
            len(placed),
        )
        % {"count": len(placed)},
    )


def _reached(count: int) -> str:
    return "reached" if count else ""


def _land_title(name: str, count: int) -> str:
    if not count:
        return name
    return ngettext("%(land)s, %(count)d Kommune vertreten", "%(land)s, %(count)d Kommunen vertreten", count) % {
        "land": name,
        "count": count,
    }


def staffeln_in_words(numbers: Iterable[int]) -> str:
    """Return "Staffel 1" or "Staffel 1 und 3"."""
    *rest, last = [str(number) for number in numbers]
    if not rest:
        return _("Staffel %(number)s") % {"number": last}
    return _("Staffel %(first)s und %(last)s") % {"first": ", ".join(rest), "last": last}


def staffel_legend(seats: Sequence[tuple[int, ...]]) -> tuple[Entry, ...]:
    """Return the legend of municipalities given by the numbers of their Staffeln."""
    numbers = sorted({number for staffeln in seats for number in staffeln})
    lines = [
        Entry("baton", str(number), _("Staffel %(number)d") % {"number": number}, count_municipalities(held))
        for number in numbers
        for held in [sum(number in staffeln for staffeln in seats)]
    ]
    if twice := sum(len(staffeln) > 1 for staffeln in seats):
        lines.append(Entry("baton", "two", _("in zwei Staffeln"), count_municipalities(twice)))
    return tuple(lines)


def count_municipalities(count: int) -> str:
    """Return "1 Kommune" or "10.753 Kommunen"."""
    return ngettext("%(count)s Kommune", "%(count)s Kommunen", count) % {"count": whole(count)}


def _inset(placed: list[tuple[PilotMunicipality, int, int]]) -> Inset:
    sheet = sheets.sheet()
    view = sheets.view_of_land(BRANDENBURG, margin=0.02)
    inside = [(pilot, x, y) for pilot, x, y in placed if pilot.ags[:2] == BRANDENBURG]
    # The largest towns choose the place of their names first.
    by_size = sorted(inside, key=lambda item: (-item[0].population, item[0].ags))
    names = names_of([(x, y, pilot.name) for pilot, x, y in by_size], view=view, size_px=INSET_NAME_PX, gap_px=10)
    towns = {
        pilot.ags: Town(
            pilot.path,
            f"{pilot.name}, {staffeln_in_words(pilot.staffeln)}",
            sheets.safe(cartography.write_dots([(x, y)])),
            sheets.batons(x, y, tuple(map(str, pilot.staffeln)), view=view, half_px=8),
            name,
        )
        for (pilot, x, y), name in zip(by_size, names, strict=True)
    }
    return Inset(
        view=view,
        hit_width=view.px(24),
        edge_width=view.px(7.5),
        baton_width=view.px(4.5),
        name_size=view.px(INSET_NAME_PX),
        outline=sheets.safe(sheet.laender_fine[BRANDENBURG]),
        borders=sheets.safe(sheet.inner_borders[BRANDENBURG]),
        towns=tuple(towns[pilot.ags] for pilot, _x, _y in inside),
    )


def names_of(points, *, view: View, size_px: float, gap_px: float) -> list[Name | None]:
    """Return the names of points (x, y, name) that find room in a view, the most important first."""
    box = (view.left, view.top, view.left + view.width, view.top + view.height)
    labels = place_labels(points, size=size_px * view.unit, gap=gap_px * view.unit, view=box)
    return [
        label and Name(name, f"{label.x:g}", f"{label.y:g}", label.anchor)
        for (_x, _y, name), label in zip(points, labels, strict=True)
    ]


# Small maps -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SmallMap:
    """Where a place lies: a quiet ``ground`` with ``borders``, the place itself as ``area`` or point, and what it says.

    ``dots`` are (width, path) pairs. ``is_near``: the ground is Kreise, not a Land. ``label`` is the text alternative: the map
    shows nothing that it does not say.
    """

    view: View
    ground: tuple[SafeString, ...]
    borders: SafeString
    area: SafeString
    dots: tuple[tuple[str, SafeString], ...]
    baton: Baton | None
    baton_width: str
    label: str
    is_near: bool = False


def small_map_of_municipality(*, name: str, kreis: str, latitude: float | None, longitude: float | None) -> SmallMap | None:
    """Return the Land of a municipality with its Kreis (five-digit key) filled and a baton at the town. No query.

    A Land that is one town is shown in Germany. None for a Kreis that the outlines do not have, as after a reform.
    """
    sheet, land = sheets.sheet(), kreis[:2]
    if kreis not in sheet.kreise:
        return None
    alone = not sheet.inner_borders[land]
    view = sheets.whole() if alone else sheets.view_of_land(land)
    baton = None
    if latitude is not None and longitude is not None:
        [baton] = sheets.batons(*sheet.place(longitude, latitude), ("",), view=view, half_px=22)
    if alone:
        return SmallMap(
            view,
            _germany_ground(),
            sheets.safe(""),
            sheets.safe(sheet.laender[land]),
            (),
            baton,
            view.px(BATON_PX),
            _("Karte: Lage von %(name)s in Deutschland.") % {"name": name},
        )
    own = sheet.names[kreis].removesuffix(" (Stadt)") == name
    label = _("Karte: Lage von %(name)s in %(land)s.") if own else _("Karte: Lage von %(name)s in %(kreis)s, %(land)s.")
    return _in_land(kreis, view, baton=baton, label=label % _names(kreis, name))


def small_map_of_kreis(kreis: str, *, towns: Iterable[tuple[float | None, float | None, int]]) -> SmallMap | None:
    """Return a Kreis among its neighbours with its ``towns`` (latitude, longitude, population). No query.

    In its whole Land the dots of a small Kreis would be one blot. None for a Kreis that the outlines do not have.
    """
    sheet = sheets.sheet()
    if kreis not in sheet.kreise:
        return None
    view = View(*outlines.frame(sheets.bounds(sheet.kreise[kreis]), margin=0.55))
    by_size: dict[places.SizeClass, list] = {size: [] for size in reversed(places.SizeClass)}
    for latitude, longitude, population in towns:
        if latitude is not None and longitude is not None:
            by_size[places.size_class(population)].append(sheet.place(longitude, latitude))
    around = "".join(path for key, path in sheet.kreise.items() if key != kreis and view.meets(path))
    return SmallMap(
        view=view,
        ground=(sheets.safe(around),),
        borders=sheets.safe(""),
        area=sheets.safe(sheet.kreise[kreis]),
        dots=tuple((view.px(DOT_PX[size]), sheets.safe(cartography.write_dots(at))) for size, at in by_size.items() if at),
        baton=None,
        baton_width="",
        label=_("Karte: %(kreis)s in %(land)s mit seinen Kommunen.") % _names(kreis, ""),
        is_near=True,
    )


BATON_PX = 16
DOT_PX = {
    places.SizeClass.LARGE: 26,
    places.SizeClass.MEDIUM: 18,
    places.SizeClass.SMALL: 12,
    places.SizeClass.RURAL: 7,
}


def small_map_of_land(land: str) -> SmallMap | None:
    """Return Germany with a Land filled. No query; None for a Land that the outlines do not have."""
    sheet = sheets.sheet()
    if land not in sheet.laender:
        return None
    label = _("Karte: Lage von %(land)s in Deutschland.") % {"land": sheet.names[land]}
    return SmallMap(sheets.whole(), _germany_ground(), sheets.safe(""), sheets.safe(sheet.laender[land]), (), None, "", label)


@lru_cache(maxsize=1)
def _germany_ground() -> tuple[SafeString, ...]:
    return (sheets.safe("".join(sheets.sheet().laender.values())),)


def _names(kreis: str, name: str) -> dict[str, str]:
    names = sheets.sheet().names
    return {"name": name, "kreis": names[kreis], "land": names[kreis[:2]]}


def _in_land(kreis: str, view: View, *, label: str, baton: Baton | None) -> SmallMap:
    sheet, land = sheets.sheet(), kreis[:2]
    return SmallMap(
        view=view,
        ground=(sheets.safe(sheet.laender_fine[land]),),
        borders=sheets.safe(sheet.inner_borders[land]),
        area=sheets.safe(sheet.kreise[kreis]),
        dots=(),
        baton=baton,
        baton_width=view.px(BATON_PX),
        label=label,
    )
