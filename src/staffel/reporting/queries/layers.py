"""What the layers of the map show: which Kreise are filled, which points stand where, the legend and the table.

A layer takes at most two queries and knows nothing of lines on paper; ``maps`` draws it.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from staffel.cohorts.queries import PilotMunicipality, pilot_municipalities
from staffel.credentials.queries import Reached, reached
from staffel.municipalities.core import credits as credit
from staffel.municipalities.core import places
from staffel.municipalities.queries import mapped
from staffel.municipalities.queries.mapped import FundedBody, Position
from staffel.municipalities.queries.places import size_words
from staffel.reporting.queries import sheets
from staffel.reporting.queries.sheets import Entry
from staffel.reporting.queries.small_maps import count_municipalities, staffel_legend, staffeln_in_words
from staffel.ui.words import whole


@dataclass(frozen=True, slots=True)
class Spot:
    """A municipality with a name on the map; ``marks`` are tones of batons or one kind of dot, ``note`` says what for."""

    ags: str
    name: str
    note: str
    marks: tuple[str, ...]
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Table:
    """The map in rows; how a row looks is the business of the layer's template. ``count`` is said in words.

    A long table has a ``summary`` by Land before it.
    """

    caption: str
    count: str
    rows: tuple = ()
    summary: tuple = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer, ready to be drawn.

    ``tones`` and ``notes`` are by Kreis key. ``spots`` come the most important first. ``crowds`` are points without names
    by kind, as (longitude, latitude). ``figures`` are written into the Kreise where a single Land is shown.
    ``everyone`` are rows of ``mapped.positions`` if the layer has fetched them anyway, ``hint`` a Land worth a closer look.
    """

    heading: str
    sentence: str
    legend: tuple[Entry, ...]
    table: Table
    credits: tuple[str, ...]
    spots: tuple[Spot, ...] = ()
    tones: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    crowds: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    everyone: Sequence[tuple] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place by name with the page that says more, empty where there is none."""

    text: str
    href: str = ""
    note: str = ""


def _in(land: str, key: str) -> bool:
    return not land or key[:2] == land


def _where(land: str) -> str:
    return sheets.sheet().names[land] if land else _("Deutschland")


def in_words(land: str) -> str:
    """Return "in Bayern", "im Saarland", "in Deutschland"."""
    # The one Land that takes the article.
    return _("im Saarland") if land == "10" else _("in %(where)s") % {"where": _where(land)}


def kreis_link(key: str) -> Link:
    """Return the link to a Kreis's page under its name on the map."""
    return Link(sheets.sheet().names.get(key, key), places.kreis_path(key))


def _listed(words: Iterable[str]) -> str:
    *rest, last = words
    return _("%(first)s und %(last)s") % {"first": ", ".join(rest), "last": last} if rest else last


# Who was reached ------------------------------------------------------------------------------------------------------


def erreicht(land: str) -> Layer:
    """Return the municipalities with certified people, and those of the pilot, each with a baton. Two queries."""
    certified = {place.ags: place for place in reached() if _in(land, place.ags)}
    pilots = {pilot.ags: pilot for pilot in pilot_municipalities() if _in(land, pilot.ags)}
    places_of_both = sorted((pilots | certified).values(), key=lambda place: (-place.population, place.ags))
    notes = {ags: _reached_note(certified.get(ags), pilots.get(ags)) for ags in pilots | certified}
    # Full for people, hollow for history: told apart without colour. The tones are those of the Staffeln 1 and 2.
    marks = {ags: "1" if ags in certified else "2" for ags in notes}
    in_kreis = Counter(ags[:5] for ags in notes)
    rows = tuple(
        (Link(place.name, place.path), kreis_link(place.ags[:5]), notes[place.ags])
        for place in sorted(places_of_both, key=lambda place: (place.name, place.ags))
    )
    return Layer(
        heading=_("Erreichte Kommunen"),
        sentence=_reached_sentence(notes, certified, land),
        legend=(
            Entry("baton", "1", _("Menschen mit Urkunde"), count_municipalities(len(certified))),
            Entry("baton", "2", _("in der Pilotphase vertreten"), count_municipalities(len(pilots.keys() - certified.keys()))),
        ),
        table=Table(_("Erreichte Kommunen: %(where)s") % {"where": _where(land)}, count_municipalities(len(rows)), rows),
        credits=(credit.OUTLINES,),
        spots=tuple(
            Spot(place.ags, place.name, notes[place.ags], (marks[place.ags],), place.latitude, place.longitude)
            for place in places_of_both
            if place.latitude is not None
        ),
        notes={key: count_municipalities(count) for key, count in in_kreis.items()},
        hint="" if land or not pilots else "12",
    )


def _reached_note(certified: Reached | None, pilot: PilotMunicipality | None) -> str:
    words = []
    if certified:
        words.append(people_in_words(certified.people, certified.examples))
    if pilot:
        words.append(_("Pilotphase, %(staffeln)s") % {"staffeln": staffeln_in_words(pilot.staffeln)})
    return "; ".join(words)


def people_in_words(people: int, examples: int) -> str:
    """Return "2 Menschen mit Urkunde", and how many of them are invented."""
    words = ngettext("1 Mensch mit Urkunde", "%(people)s Menschen mit Urkunde", people) % {"people": whole(people)}
    if not examples:
        return words
    if examples == people:
        return _("%(words)s (Beispiel)") % {"words": words}
    invented = ngettext("davon 1 Beispiel", "davon %(examples)s Beispiele", examples) % {"examples": whole(examples)}
    return f"{words} ({invented})"


def _reached_sentence(notes, certified: dict, land: str) -> str:
    if not notes:
        return _("Noch ist keine Kommune %(in_where)s erreicht.") % {"in_where": in_words(land)}
    people = sum(place.people for place in certified.values())
    numbers = {"count": count_municipalities(len(notes)), "in_where": in_words(land)}
    if not people:
        return _("Erreicht %(in_where)s: %(count)s, alle in der Pilotphase 2021 und 2022.") % numbers
    examples = sum(place.examples for place in certified.values())
    numbers |= {"certified": whole(len(certified)), "examples": _(", auch erfundene der Demo") if examples else ""}
    return _("Erreicht %(in_where)s: %(count)s. Aus %(certified)s davon haben Menschen eine Urkunde%(examples)s.") % numbers


# Staffeln -------------------------------------------------------------------------------------------------------------


def staffeln(land: str) -> Layer:
    """Return the municipalities of the pilot, each with a baton for every Staffel. One query."""
    pilots = [pilot for pilot in pilot_municipalities() if _in(land, pilot.ags)]
    twice = sum(len(pilot.staffeln) > 1 for pilot in pilots)
    in_kreis = Counter(pilot.ags[:5] for pilot in pilots)
    rows = tuple(
        (Link(pilot.name, pilot.path), kreis_link(pilot.ags[:5]), staffeln_in_words(pilot.staffeln)) for pilot in pilots
    )
    return Layer(
        heading=_("Die Staffeln der Pilotphase"),
        sentence=_staffel_sentence(pilots, twice, land),
        legend=staffel_legend([pilot.staffeln for pilot in pilots]),
        table=Table(_("Kommunen der Staffeln: %(where)s") % {"where": _where(land)}, count_municipalities(len(rows)), rows),
        credits=(credit.OUTLINES,),
        spots=tuple(
            Spot(
                pilot.ags, pilot.name, staffeln_in_words(pilot.staffeln), tuple(map(str, pilot.staffeln)),
                pilot.latitude, pilot.longitude,
            )
            for pilot in sorted(pilots, key=lambda pilot: (-pilot.population, pilot.ags))
            if pilot.latitude is not None
        ),
        notes={key: count_municipalities(count) for key, count in in_kreis.items()},
        hint="" if land or not pilots else "12",
    )  # fmt: skip


def _staffel_sentence(pilots, twice: int, land: str) -> str:
    if not pilots:
        return _("Keine Kommune %(in_where)s war in den Staffeln der Pilotphase vertreten.") % {"in_where": in_words(land)}
    laender = sorted({sheets.sheet().names[pilot.ags[:2]] for pilot in pilots})
    return _("%(count)s in %(where)s waren in den Staffeln der Pilotphase vertreten, %(twice)d davon in zwei Staffeln.") % {
        "count": count_municipalities(len(pilots)),
        "where": _listed(laender),
        "twice": twice,
    }


# Funded projects ------------------------------------------------------------------------------------------------------


def foerderung(land: str) -> Layer:
    """Return the members of the funded projects: towns as points, Kreise filled. Two queries."""
    bodies = [body for body in mapped.funded_bodies() if _touches(land, body)]
    projects: dict[str, list[FundedBody]] = {}
    for body in bodies:
        projects.setdefault(body.project, []).append(body)
    own = {body.ags: body for body in bodies if body.ags and not body.verband and body.role != "association"}
    through = {body.ags: body for body in bodies if body.ags and (body.verband or body.role == "association")}
    spots = [
        Spot(body.ags, body.name, body.title, (mark,), body.latitude, body.longitude)
        for mark, found in (("own", own), ("through", {ags: body for ags, body in through.items() if ags not in own}))
        for body in found.values()
        if body.latitude is not None and _in(land, body.ags)
    ]
    kreise = {body.kreis: body for body in bodies if body.kreis and body.role != "association" and _in(land, body.kreis)}
    members = {
        body.kreis: body
        for body in bodies
        if body.kreis and body.role == "association" and body.kreis not in kreise and _in(land, body.kreis)
    }
    counted = Counter(spot.marks[0] for spot in spots)
    rows = tuple((bodies_of[0].title, bodies_of[0].year, tuple(_member_links(bodies_of))) for bodies_of in projects.values())
    return Layer(
        heading=_("Modellprojekte Smart Cities"),
        sentence=_funded_sentence(len(projects), land),
        legend=(
            Entry("dot", "own", _("Stadt oder Gemeinde im Projekt"), whole(counted["own"])),
            Entry("dot", "through", _("beteiligt über einen Verband"), whole(counted["through"])),
            Entry("area", "funded", _("Kreis im Projekt"), whole(len(kreise))),
            Entry("area", "member", _("Kreis, beteiligt über einen Verband"), whole(len(members))),
        ),
        table=Table(
            _("Geförderte Modellprojekte: %(where)s") % {"where": _where(land)},
            ngettext("%(count)d Projekt", "%(count)d Projekte", len(rows)) % {"count": len(rows)},
            rows,
        ),
        credits=(credit.OUTLINES,),
        spots=tuple(spots),
        tones=dict.fromkeys(members, "member") | dict.fromkeys(kreise, "funded"),
        notes={key: body.title for key, body in (members | kreise).items()},
    )


def _touches(land: str, body: FundedBody) -> bool:
    return any(_in(land, key) for key in (body.ags, body.kreis) if key) if land else True


def _funded_sentence(count: int, land: str) -> str:
    if not count:
        return _("Keines der Modellprojekte liegt %(in_where)s.") % {"in_where": in_words(land)}
    return ngettext(
        "%(count)d Modellprojekt des Bundes %(in_where)s: Punkte sind Städte und Gemeinden, gefüllte Flächen sind Kreise.",
        "%(count)d Modellprojekte des Bundes %(in_where)s: Punkte sind Städte und Gemeinden, gefüllte Flächen sind Kreise.",
        count,
    ) % {"count": count, "in_where": in_words(land)}


def _member_links(bodies: list[FundedBody]):
    """Yield the members of a project once each; a Verband as one, with the number of its municipalities."""
    sizes = Counter(body.verband for body in bodies if body.verband and body.ags)
    seen = set()
    for body in bodies:
        if body.verband:
            if body.verband not in seen:
                seen.add(body.verband)
                yield Link(body.verband, note=count_municipalities(sizes[body.verband]) if sizes[body.verband] else "")
        elif body.ags:
            yield Link(body.name, places.municipality_path(body.ags))
        elif body.kreis:
            yield kreis_link(body.kreis)


# Size classes ---------------------------------------------------------------------------------------------------------

NAMED_IN_LAND = (places.SizeClass.LARGE, places.SizeClass.MEDIUM)
NAMED_IN_GERMANY = (places.SizeClass.LARGE,)
# 7,800 villages on all of Germany are a haze that nobody can point at, and a quarter of the page.
DRAWN_IN_GERMANY = (places.SizeClass.LARGE, places.SizeClass.MEDIUM, places.SizeClass.SMALL)
POPULATION = Position._fields.index("population")


def groesse(land: str) -> Layer:
    """Return the municipalities as points by size class, the large ones by name; villages in a Land only. Two queries."""
    everyone = mapped.positions(land=land)
    classed = _by_class(everyone)
    register_on, population_on = mapped.register_days()
    named = NAMED_IN_LAND if land else NAMED_IN_GERMANY
    drawn = tuple(places.SizeClass) if land else DRAWN_IN_GERMANY
    return Layer(
        heading=_("Größenklassen"),
        sentence=_size_sentence(classed, land),
        legend=tuple(Entry("dot", str(size), size_words(size), whole(len(classed[size]))) for size in drawn),
        table=_size_table(classed, land),
        credits=(credit.credit_line(register_on, population_on),) if register_on else (),
        spots=tuple(
            Spot(place.ags, place.name, _inhabitants(size, place), (str(size),), place.latitude, place.longitude)
            for size in named
            for place in map(Position._make, classed[size])
            if place.latitude is not None
        ),
        crowds={
            str(size): [(longitude, latitude) for *_who, latitude, longitude in classed[size] if latitude is not None]
            for size in reversed(drawn)
            if size not in named
        },
        everyone=everyone,
    )


def _by_class(everyone: list[tuple]) -> dict[places.SizeClass, list[tuple]]:
    """Cut the list, big before small, into classes: asking each of 10,753 rows takes ten times as long."""
    classed, start = {}, 0
    for size in places.SizeClass:
        end = bisect_right(everyone, -size.least, lo=start, key=lambda place: -place[POPULATION])
        classed[size] = everyone[start:end]
        start = end
    return classed


def _inhabitants(size: places.SizeClass, place: Position) -> str:
    return _("%(size)s, %(people)s Menschen") % {"size": _(size.label), "people": whole(place.population)}


def _size_sentence(classed: dict[places.SizeClass, list[tuple]], land: str) -> str:
    count = sum(map(len, classed.values()))
    if not count:
        return _("Noch sind keine Kommunen geladen.")
    people = {size: sum(place[POPULATION] for place in found) for size, found in classed.items()}
    sentence = _(
        "%(rural)s von %(all)s %(in_where)s haben weniger als 5.000 Einwohnerinnen und Einwohner; "
        "dort leben %(share)d von 100 Menschen."
    ) % {
        "rural": whole(len(classed[places.SizeClass.RURAL])),
        "all": count_municipalities(count),
        "in_where": in_words(land),
        "share": round(100 * people[places.SizeClass.RURAL] / max(1, sum(people.values()))),
    }
    if land or not classed[places.SizeClass.RURAL]:
        return sentence
    return _("%(sentence)s Hier gezeichnet sind die größeren; die Landgemeinden zeigt die Karte eines Landes.") % {
        "sentence": sentence
    }


def _size_table(classed: dict[places.SizeClass, list[tuple]], land: str) -> Table:
    """Count by Land, or by Kreis of one Land, in the order of the size classes."""
    length = 5 if land else 2
    counted = {size: Counter(place[0][:length] for place in found) for size, found in classed.items()}
    rows = []
    for key in set().union(*counted.values()):
        link = kreis_link(key) if land else Link(sheets.sheet().names[key], places.land_path(key))
        numbers = [(_(size.label), by_key[key]) for size, by_key in counted.items()]
        total = sum(number for _word, number in numbers)
        rows.append((link, tuple((word, whole(number)) for word, number in numbers), whole(total)))
    return Table(
        _("Kommunen nach Größenklassen: %(where)s") % {"where": _where(land)},
        count_municipalities(sum(map(len, classed.values()))),
        tuple(sorted(rows, key=lambda row: row[0].text)),
    )


# Deprivation ----------------------------------------------------------------------------------------------------------


def deprivation(land: str) -> Layer:
    """Return the Kreise by their quintile of deprivation, 1 least and 5 most. One query."""
    quintiles = {key: number for key, number in mapped.quintiles().items() if _in(land, key) and number}
    counted = Counter(quintiles.values())
    names = sheets.sheet().names
    rows = tuple(
        (kreis_link(key), names.get(key[:2], ""), number, _(places.DEPRIVATION[number]))
        for key, number in sorted(quintiles.items(), key=lambda item: (names.get(item[0][:2], ""), names.get(item[0], item[0])))
    )
    return Layer(
        heading=_("Sozioökonomische Benachteiligung"),
        sentence=_deprivation_sentence(quintiles, counted, land),
        legend=tuple(
            Entry(
                "area",
                f"q{number}",
                _("Fünftel %(number)d: %(words)s") % {"number": number, "words": _(words)},
                _kreise(counted[number]),
            )
            for number, words in places.DEPRIVATION.items()
        ),
        table=Table(
            _("Kreise nach Fünfteln: %(where)s") % {"where": _where(land)},
            _kreise(len(rows)),
            rows,
            () if land else _quintiles_by_land(quintiles),
        ),
        credits=(f"{credit.DEPRIVATION} ({credit.DEPRIVATION_YEAR}).", credit.OUTLINES),
        tones={key: f"q{number}" for key, number in quintiles.items()},
        notes={key: _("Fünftel %(number)d") % {"number": number} for key, number in quintiles.items()},
        figures={key: str(number) for key, number in quintiles.items()},
    )


def _quintiles_by_land(quintiles: dict[str, int]) -> tuple:
    names = sheets.sheet().names
    counted: dict[str, Counter] = {}
    for key, number in quintiles.items():
        counted.setdefault(key[:2], Counter())[number] += 1
    return tuple(
        (Link(names[land], f"/karte/?ebene=deprivation&land={land}"), tuple(numbers[number] for number in places.DEPRIVATION))
        for land, numbers in sorted(counted.items(), key=lambda item: names[item[0]])
    )


def _kreise(count: int) -> str:
    return ngettext("%(count)d Kreis", "%(count)d Kreise", count) % {"count": count}


def _deprivation_sentence(quintiles, counted: Counter, land: str) -> str:
    if not quintiles:
        return _("Noch sind keine Werte geladen.")
    return _(
        "Je kräftiger die Farbe, desto stärker sind Menschen bei Bildung, Arbeit und Einkommen benachteiligt: "
        "%(in_where)s %(most)s im Fünftel 5 (am stärksten), %(least)s im Fünftel 1 (am wenigsten)."
    ) % {"most": _kreise(counted[5]), "least": _kreise(counted[1]), "in_where": in_words(land)}


LAYERS: dict[str, tuple[object, Callable[[str], Layer]]] = {
    "erreicht": (gettext_lazy("Erreicht"), erreicht),
    "staffeln": (gettext_lazy("Pilotphase"), staffeln),
    "foerderung": (gettext_lazy("Förderung"), foerderung),
    "groesse": (gettext_lazy("Größe"), groesse),
    "deprivation": (gettext_lazy("Benachteiligung"), deprivation),
}
"""Name of the layer in the address to its word and the function that returns it; the first one is shown unasked."""
