"""What the page of a place shows, as values that a template only prints.

Facts come from the directory and from the published Staffeln; here they become lines with words, units and dates.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.credentials.queries import Reach, reach_of
from staffel.municipalities.core import naming
from staffel.municipalities.queries import funding, places
from staffel.reporting.queries import small_maps
from staffel.reporting.queries.pilot import Part, Pilot, PilotIndex
from staffel.reporting.queries.small_maps import SmallMap
from staffel.ui.parts import Bar, Crumb, Fact
from staffel.ui.words import day, fraction, whole

BRANDENBURG = "12"
NEAREST = 10
"""How many neighbours a municipality's page names; the rest stand on the page of the Kreis."""


@dataclass(frozen=True, slots=True)
class FundingLine:
    """One funded project that reaches a place, with the sentence that says through what."""

    project: str
    year: int
    sentence: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of places; every value is text already."""

    path: str
    name: str
    cells: tuple[tuple[str, str, str], ...]
    """(column, text, CSS class) for each further cell."""


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """All that a municipality's page shows."""

    place: places.MunicipalityFacts
    title: str
    map_href: str
    crumbs: list[Crumb]
    lead: str
    ended: str
    facts: list[Fact]
    parts: tuple[Part, ...]
    certified: str
    where_pilot: str
    funding: list[FundingLine]
    neighbours: list[Row]
    neighbours_caption: str
    small_map: SmallMap | None
    credits: list[str]


@dataclass(frozen=True, slots=True)
class AreaPage:
    """All that the page of a Kreis or a Land shows."""

    place: places.KreisFacts | places.LandFacts
    title: str
    map_href: str
    crumbs: list[Crumb]
    lead: str
    facts: list[Fact]
    pilots: tuple[Pilot, ...]
    where_pilot: str
    funding: list[FundingLine]
    bars: list[Bar]
    bars_sentence: str
    rows: list[Row]
    rows_caption: str
    small_map: SmallMap | None
    credits: list[str]


def municipality_page(ags: str) -> MunicipalityPage | None:
    """Return the page of a municipality, or None if the key is unknown. Six queries, one if unknown."""
    place = places.municipality_facts(ags)
    if place is None:
        return None
    neighbours = places.neighbours_in_kreis(place)
    pilot = PilotIndex()
    return MunicipalityPage(
        place=place,
        title=place.short_name,
        map_href="" if place.is_dissolved or place.latitude is None else f"/karte/?ort={place.ags}",
        crumbs=[*_home(), _crumb(place.land), *_kreis_crumbs(place), Crumb(place.short_name)],
        lead=_municipality_lead(place),
        ended=_ended(place),
        facts=_municipality_facts(place),
        parts=pilot.parts_of(place.ags),
        certified=_certified(reach_of(place.ags)),
        where_pilot=_where_pilot(place.land.code),
        funding=[_funding_line(one) for one in funding.funding_of(place)],
        neighbours=[_neighbour(one, pilot) for one in neighbours[:NEAREST]],
        neighbours_caption=_neighbours_caption(len(neighbours)),
        small_map=_map_of_municipality(place),
        credits=[place.credit],
    )


def kreis_page(code: str) -> AreaPage | None:
    """Return the page of a Kreis, or None if the key is unknown. Five queries, one if unknown."""
    place = places.kreis_facts(code)
    if place is None:
        return None
    return AreaPage(
        place=place,
        title=place.name,
        map_href=f"/karte/?kreis={place.code}",
        crumbs=[*_home(), _crumb(place.land), Crumb(place.name)],
        lead=f"{place.kind} {naming.in_land(place.land.name)}",
        facts=_kreis_facts(place),
        pilots=PilotIndex().inside(place.code),
        where_pilot=_where_pilot(place.land.code),
        funding=[_funding_line(one) for one in funding.funding_of_kreis(place.id)],
        bars=_size_bars(place.sizes),
        bars_sentence=_size_sentence(place.sizes),
        rows=[_municipality_row(line) for line in place.municipalities],
        rows_caption=small_maps.count_municipalities(len(place.municipalities)),
        small_map=small_maps.small_map_of_kreis(
            place.code, towns=[(line.latitude, line.longitude, line.population) for line in place.municipalities]
        ),
        credits=[place.credit],
    )


def land_page(code: str) -> AreaPage | None:
    """Return the page of a Land, or None if the key is unknown. At most six queries, one if unknown."""
    place = places.land_facts(code)
    if place is None:
        return None
    return AreaPage(
        place=place,
        title=place.name,
        map_href=f"/karte/?land={place.code}",
        crumbs=[*_home(), Crumb(place.name)],
        lead=_land_lead(place),
        facts=_land_facts(place),
        pilots=PilotIndex().inside(place.code),
        where_pilot=_where_pilot(place.code),
        funding=[],
        bars=_size_bars(place.sizes),
        bars_sentence=_size_sentence(place.sizes),
        rows=[_kreis_row(line) for line in place.kreise],
        rows_caption=ngettext(
            "%(number)s Kreis oder kreisfreie Stadt", "%(number)s Kreise und kreisfreie Städte", len(place.kreise)
        )
        % {"number": len(place.kreise)},
        small_map=small_maps.small_map_of_land(place.code),
        credits=[place.credit],
    )


# Words ------------------------------------------------------------------------------------------------------------------


def square_kilometres(area: float) -> str:
    """Return an area with its unit: ``1.234,56 km²``."""
    return f"{fraction(area, 2)} km²"


def _as_of(value: date | None) -> str:
    return _("Stand %(day)s") % {"day": day(value)} if value else ""


def _home() -> list[Crumb]:
    return [Crumb(_("Start"), "/"), Crumb(_("Kommunen"), "/kommunen/")]


def _crumb(link: places.PlaceLink) -> Crumb:
    return Crumb(link.name, link.path)


def _kreis_crumbs(place) -> list[Crumb]:
    # A kreisfreie Stadt is its own Kreis: the same name twice would only confuse.
    return [] if place.kreis is None or place.is_own_kreis else [_crumb(place.kreis)]


def _map_of_municipality(place) -> SmallMap | None:
    if place.kreis is None or place.is_dissolved:
        return None
    return small_maps.small_map_of_municipality(
        name=place.short_name, kreis=place.kreis.code, latitude=place.latitude, longitude=place.longitude
    )


def _municipality_lead(place) -> str:
    if not place.counted:
        return _("Unbewohntes Gebiet %(in_land)s, das zu keiner Gemeinde gehört") % {"in_land": naming.in_land(place.land.name)}
    if place.short_name == place.land.name:
        return _("%(size)s und Land der Bundesrepublik Deutschland") % {"size": place.size_word}
    if place.kreis is None or place.is_own_kreis:
        kind = place.kind.replace("Kreisfreie", "kreisfreie")
        return _("%(size)s und %(kind)s %(in_land)s") % {
            "size": place.size_word,
            "kind": kind,
            "in_land": naming.in_land(place.land.name),
        }
    return _("%(size)s %(in_kreis)s, %(land)s") % {
        "size": place.size_word,
        "in_kreis": naming.in_kreis(place.kreis.kind, place.kreis.name),
        "land": place.land.name,
    }


def _land_lead(place) -> str:
    if place.capital == place.name:
        return _("Land der Bundesrepublik Deutschland, Stadtstaat")
    return _("Land der Bundesrepublik Deutschland, Hauptstadt %(capital)s") % {"capital": place.capital}


def _where_pilot(land: str) -> str:
    """Return what to say of a place that no list names; outside Brandenburg it could not have been on one."""
    if land == BRANDENBURG:
        return _("Auf den drei veröffentlichten Listen von 2021 und 2022 steht hier keine Kommune.")
    return _(
        "Die drei Staffeln von 2021 und 2022 fanden in Brandenburg statt. "
        "Wer seit 2024 bundesweit teilnimmt, ist nicht veröffentlicht."
    )


def _certified(found: Reach) -> str:
    """Return the sentence that says how many people have an award, empty if none has."""
    if not found.people:
        return ""
    sentence = ngettext(
        "Ein Mensch aus dieser Kommune hat eine Urkunde des Programms.",
        "%(people)s Menschen aus dieser Kommune haben eine Urkunde des Programms.",
        found.people,
    ) % {"people": whole(found.people)}
    if not found.examples:
        return sentence
    return _("%(sentence)s Das ist erfunden: ein Beispiel der Demo.") % {"sentence": sentence}


def _ended(place) -> str:
    if not place.is_dissolved:
        return ""
    if place.successor is None:
        return _("Diese Kommune bestand bis zum %(day)s.") % {"day": day(place.valid_to)}
    return _("Diese Kommune bestand bis zum %(day)s und ist in einer anderen aufgegangen.") % {"day": day(place.valid_to)}


def _municipality_facts(place) -> list[Fact]:
    facts = [Fact(_("Amtlicher Name"), place.name, _as_of(place.register_on))]
    if place.second_name:
        facts.append(Fact(_("Zweitsprachiger Name"), place.second_name, _as_of(place.register_on)))
    if place.counted:
        facts.append(Fact(_("Menschen"), whole(place.population), _as_of(place.population_on)))
        facts.append(Fact(_("Größenklasse"), place.size_word, _("nach der Einwohnerzahl")))
    if place.area_km2:
        facts.append(Fact(_("Fläche"), square_kilometres(place.area_km2), _as_of(place.area_on)))
    if place.density and place.counted:
        facts.append(Fact(_("Menschen je km²"), whole(place.density)))
    if place.region_type_word:
        facts.append(
            Fact(_("Raumtyp"), place.region_type_word, _("RegioStaR 7, %(year)s") % {"year": place.region_type_on.year})
        )
    if place.urbanisation_word:
        facts.append(Fact(_("Verstädterung"), place.urbanisation_word, _as_of(place.urbanisation_on)))
    if place.verband:
        facts.append(Fact(place.verband.kind, place.verband.name, _as_of(place.register_on)))
    if place.kreis:
        note = _("mit allen Angaben, die es nur je Kreis gibt") if place.is_own_kreis else ""
        facts.append(Fact(place.kreis.kind, place.kreis.name, note, place.kreis.path))
    facts.append(Fact(_("Land"), place.land.name, href=place.land.path))
    if place.postal_code:
        facts.append(Fact(_("Postleitzahl der Verwaltung"), place.postal_code, _as_of(place.register_on)))
    facts.append(Fact(_("Amtlicher Gemeindeschlüssel"), place.ags))
    facts.append(Fact(_("Regionalschlüssel"), place.ars))
    facts.extend(Fact(_("Ging hervor aus"), former.name, href=former.path) for former in place.predecessors)
    return facts


def _kreis_facts(place) -> list[Fact]:
    facts = [
        Fact(_("Menschen"), whole(place.population), _as_of(place.population_on)),
        Fact(_("Fläche"), square_kilometres(place.area_km2), _as_of(place.area_on)),
        Fact(_("Menschen je km²"), whole(place.density)),
        Fact(_("Kommunen"), whole(len(place.municipalities)), _as_of(place.register_on)),
        Fact(_("Land"), place.land.name, href=place.land.path),
    ]
    if place.seat and not place.is_city:
        facts.append(Fact(_("Sitz"), place.seat))
    if place.region_name:
        facts.append(Fact(_("Regierungsbezirk"), place.region_name))
    if place.deprivation_quintile:
        facts.append(
            Fact(
                _("Benachteiligung"),
                _("Fünftel %(number)s von 5") % {"number": place.deprivation_quintile},
                _("%(words)s; GISD %(year)s") % {"words": place.deprivation_word, "year": place.deprivation_year},
            )
        )
    facts.append(Fact(_("Kreisschlüssel"), place.code))
    return facts


def _land_facts(place) -> list[Fact]:
    share = ngettext(
        "von einer Kommune; selbst, über ihren Verband oder ihren Kreis",
        "von %(number)s Kommunen; selbst, über ihren Verband oder ihren Kreis",
        place.municipalities,
    ) % {"number": whole(place.municipalities)}
    return [
        Fact(_("Menschen"), whole(place.population), _as_of(place.population_on)),
        Fact(_("Fläche"), square_kilometres(place.area_km2), _as_of(place.area_on)),
        Fact(_("Menschen je km²"), whole(place.density)),
        Fact(_("Kommunen"), whole(place.municipalities), _as_of(place.register_on), href=f"/kommunen/?land={place.code}"),
        Fact(_("Von einem Modellprojekt erreicht"), whole(place.funded_municipalities), share),
        Fact(_("Modellprojekte Smart Cities"), whole(place.funded_projects), _("ausgewählt 2019 bis 2021")),
        Fact(_("Hauptstadt"), place.capital),
        Fact(_("Landesschlüssel"), place.code),
    ]


def _funding_line(one: funding.Funding) -> FundingLine:
    sentences = {
        "self": _("%(body)s ist selbst beteiligt (%(role)s)."),
        "verband": _("Beteiligt ist %(body)s (%(role)s); die Kommune gehört dazu."),
        "kreis": _("Beteiligt ist der Kreis %(body)s (%(role)s); die Kommune liegt darin."),
    }
    words = sentences[one.through]
    if one.role == "association":
        words = _("%(body)s ist Mitglied im %(lead)s, der das Projekt trägt; einzeln gefördert sind die Mitglieder nicht.")
    sentence = words % {"body": one.body, "role": one.role_word, "lead": one.lead}
    return FundingLine(one.project, one.year, sentence, one.source, one.note)


def _neighbour(one: places.Neighbour, pilot: PilotIndex) -> Row:
    distance = "–" if one.distance_km is None else f"{fraction(one.distance_km, 1)} km"
    cells = (
        (_("Größenklasse"), one.size_word, ""),
        (_("Menschen"), whole(one.population), "st-number"),
        (_("Luftlinie"), distance, "st-number"),
        (_("Staffel"), pilot.staffeln_of(one.ags), ""),
    )
    return Row(one.path, one.name, cells)


def _neighbours_caption(number: int) -> str:
    if number <= NEAREST:
        return _("Alle Nachbarn im Kreis, die nächsten zuerst")
    return _("Die %(shown)s nächsten von %(number)s Nachbarn im Kreis") % {"shown": NEAREST, "number": number}


def _municipality_row(line: places.MunicipalityLine) -> Row:
    cells = (
        (_("Größenklasse"), line.size_word, ""),
        (_("Verband"), line.verband or "–", ""),
        (_("Menschen"), whole(line.population), "st-number"),
    )
    return Row(line.path, line.name, cells)


def _kreis_row(line: places.KreisLine) -> Row:
    cells = (
        (_("Art"), line.kind, ""),
        (_("Kommunen"), whole(line.municipalities), "st-number"),
        (_("Menschen"), whole(line.population), "st-number"),
    )
    return Row(line.path, line.name, cells)


def _size_bars(sizes) -> list[Bar]:
    return [Bar(share.word, share.municipalities, whole(share.municipalities)) for share in sizes]


def _size_sentence(sizes) -> str:
    municipalities = sum(share.municipalities for share in sizes)
    if not municipalities:
        return ""
    commonest = max(sizes, key=lambda share: share.municipalities)
    fullest = max(sizes, key=lambda share: share.population)
    sentence = ngettext(
        "%(count)s von %(total)s Kommunen gehört zur Klasse %(commonest)s; "
        "die meisten Menschen leben in der Klasse %(fullest)s.",
        "%(count)s von %(total)s Kommunen gehören zur Klasse %(commonest)s; "
        "die meisten Menschen leben in der Klasse %(fullest)s.",
        commonest.municipalities,
    )
    return sentence % {
        "count": whole(commonest.municipalities),
        "total": whole(municipalities),
        "commonest": commonest.word,
        "fullest": fullest.word,
    }
