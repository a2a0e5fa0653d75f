"""The search is tried on our own tables: all of Germany, as people type it."""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.municipalities.core.search import Area, Kind, Number, build, edits, marked
from staffel.municipalities.core.spelling import words_of

DATA = Path(__file__).resolve().parents[3] / "data"
CITIES = ("Kreisfreie Stadt", "Stadtkreis")


@dataclass(frozen=True)
class Town:
    """A place as the search needs it."""

    ags: str
    name: str
    second_name: str = ""
    kreis: str = ""
    land: str = ""
    population: int = 0
    postal_code: str = ""
    uninhabited: bool = False
    dissolved: bool = False


def table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_germany():
    towns = [
        Town(
            ags=row["ags"],
            name=row["name_short"],
            second_name=row["name_second"],
            kreis=row["kreis_code"],
            land=row["land_code"],
            population=int(row["population"]),
            postal_code=row["plz"],
            uninhabited=row["counted"] == "0",
        )
        for row in table("municipalities.csv")
    ]
    kreise = [
        Area(
            Kind.KREIS,
            row["kreis_code"],
            row["kreis_name"],
            (row["kreis_name"], f"{row['kreis_type']} {row['kreis_name']}", f"Landkreis {row['kreis_name']}"),
            row["land_code"],
            int(row["population"]),
        )
        for row in table("kreise.csv")
        if row["kreis_type"] not in CITIES
    ]
    laender = [
        Area(
            Kind.LAND,
            row["land_code"],
            row["land_name"],
            (row["land_name"], f"Land {row['land_name']}"),
            row["land_code"],
            int(row["population"]),
        )
        for row in table("laender.csv")
    ]
    return build(towns, kreise + laender)


GERMANY = read_germany()


def names(query):
    return [GERMANY.places[at].name for at in GERMANY.find(query).places]


def areas(query):
    return [(GERMANY.areas[at].kind, GERMANY.areas[at].name) for at in GERMANY.find(query).areas]


# Real queries -----------------------------------------------------------------------------------------------------------

FIRST_HITS = [
    # three letters
    ("ber", "Berlin"),
    ("mün", "München"),
    ("köl", "Köln"),
    ("ham", "Hamburg"),
    ("fra", "Frankfurt am Main"),
    ("ulm", "Ulm"),
    ("Hof", "Hof"),
    # umlauts and ß in every spelling
    ("München", "München"),
    ("muenchen", "München"),
    ("munchen", "München"),
    ("MÜNCHEN", "München"),
    ("Mu\u0308nchen", "München"),
    ("Koeln", "Köln"),
    ("koln", "Köln"),
    ("Gießen", "Gießen"),
    ("giessen", "Gießen"),
    ("Weisswasser", "Weißwasser/O.L."),
    ("Weißwasser Oberlausitz", "Weißwasser/O.L."),
    ("Wuerzburg", "Würzburg"),
    ("Duesseldorf", "Düsseldorf"),
    ("Soest", "Soest"),
    ("Bad Toelz", "Bad Tölz"),
    ("Itzehoe", "Itzehoe"),
    ("Coesfeld", "Coesfeld"),
    ("Uelzen", "Uelzen"),
    ("Moers", "Moers"),
    # Sankt
    ("St. Ingbert", "St. Ingbert"),
    ("Sankt Ingbert", "St. Ingbert"),
    ("st ingbert", "St. Ingbert"),
    ("St. Augustin", "Sankt Augustin"),
    ("sankt augustin", "Sankt Augustin"),
    ("St.Wendel", "St. Wendel"),
    # borders between words
    ("Frankfurt", "Frankfurt am Main"),
    ("Frankfurt a. M.", "Frankfurt am Main"),
    ("Frankfurt/Main", "Frankfurt am Main"),
    ("Frankfurt Oder", "Frankfurt (Oder)"),
    ("oder frankfurt", "Frankfurt (Oder)"),
    ("Frankfurt/O.", "Frankfurt (Oder)"),
    ("Frankfurt an der Oder", "Frankfurt (Oder)"),
    ("Halle Saale", "Halle (Saale)"),
    ("Halle/Saale", "Halle (Saale)"),
    ("Garmisch Partenkirchen", "Garmisch-Partenkirchen"),
    ("Neu Ulm", "Neu-Ulm"),
    ("neuulm", "Neu-Ulm"),
    ("Castrop-Rauxel", "Castrop-Rauxel"),
    ("Lahr Schwarzwald", "Lahr/Schwarzwald"),
    ("Lübbenau", "Lübbenau/Spreewald"),
    # little words and abbreviations
    ("Garching an der Alz", "Garching a.d.Alz"),
    ("Garching a.d. Alz", "Garching a.d.Alz"),
    ("Limburg an der Lahn", "Limburg a. d. Lahn"),
    ("Garching bei München", "Garching b.München"),
    ("Bernau bei B", "Bernau bei Berlin"),
    ("Mühldorf am Inn", "Mühldorf a.Inn"),
    ("Bad Homburg vor der Höhe", "Bad Homburg v. d. Höhe"),
    ("Hannoversch Münden", "Hann. Münden"),
    ("Auerbach Vogtland", "Auerbach/Vogtl."),
    ("Stolberg Rheinland", "Stolberg (Rhld.)"),
    ("Neustadt an d", "Neustadt an der Weinstraße"),
    # parts, order, kind, place around
    ("Bad Belz", "Bad Belzig"),
    ("belzig bad", "Bad Belzig"),
    ("Partenkirchen", "Garmisch-Partenkirchen"),
    ("Stadt Bernau", "Bernau bei Berlin"),
    ("Gemeinde Kleinmachnow", "Kleinmachnow"),
    ("Lutherstadt Wittenberg", "Wittenberg"),
    ("Hansestadt Rostock", "Rostock"),
    ("Neustadt Coburg", "Neustadt b.Coburg"),
    ("Neunkirchen Saarland", "Neunkirchen"),
    ("Werneuchen Barnim", "Werneuchen"),
    ("15344 Strausberg", "Strausberg"),
    # big before small, where only the addition differs
    ("Halle", "Halle (Saale)"),
    ("Mühlhausen", "Mühlhausen/Thüringen"),
    ("Freiburg", "Freiburg im Breisgau"),
    ("Neustadt", "Neustadt an der Weinstraße"),
    ("Kirchheim", "Kirchheim unter Teck"),
    ("Landau", "Landau in der Pfalz"),
    ("Offenbach", "Offenbach am Main"),
    ("Mülheim", "Mülheim an der Ruhr"),
    ("Friedberg", "Friedberg (Hessen)"),
    ("Buchholz", "Buchholz in der Nordheide"),
    ("Lahr", "Lahr/Schwarzwald"),
    ("Rothenburg", "Rothenburg ob der Tauber"),
    ("Neumarkt", "Neumarkt i.d.OPf."),
    ("Königstein", "Königstein im Taunus"),
    # who types an umlaut means it
    ("Röm", "Römerberg"),
    ("Rom", "Rom"),
    # shortened and joined
    ("Rothenburg o.d.T.", "Rothenburg ob der Tauber"),
    ("Rothenburg o. d. Tauber", "Rothenburg ob der Tauber"),
    ("sanktaugustin", "Sankt Augustin"),
    ("badtoelz", "Bad Tölz"),
    ("frankfurtammain", "Frankfurt am Main"),
    # second languages
    ("Budyšin", "Bautzen"),
    ("budysin", "Bautzen"),
    ("Chóśebuz", "Cottbus"),
    ("Picnjo", "Peitz"),
    ("Wjelcej", "Welzow"),
    # numbers
    ("12060020", "Bernau bei Berlin"),
    ("10178", "Berlin"),
    ("16321", "Bernau bei Berlin"),
    ("163", "Bernau bei Berlin"),
    ("12 0 65 256", "Oranienburg"),
    ("4012000", "Bremerhaven"),
    ("1001000", "Flensburg"),
]


@pytest.mark.parametrize("query, first", FIRST_HITS)
def test_find_has_the_expected_first_hit(query, first):
    assert names(query)[:1] == [first]
    assert GERMANY.find(query).guessed is False


def test_find_has_both_frankfurts_big_before_small():
    assert names("Frankfurt") == ["Frankfurt am Main", "Frankfurt (Oder)"]


def test_find_puts_the_exact_name_before_bigger_ones_that_begin_so():
    hits = [GERMANY.places[at] for at in GERMANY.find("Burg").places]

    assert [hit.name for hit in hits][:5] == ["Burg", "Burg (Spreewald)", "Burg (Dithmarschen)", "Burg (Mosel)", "Burg"]
    assert max(hit.population for hit in hits[5:]) > hits[0].population


def test_find_puts_names_that_begin_so_before_names_with_a_word_that_does():
    found = names("Harz")

    assert found[:2] == ["Harzgerode", "Harztor"]
    assert found.index("Bad Harzburg") > found.index("Harztor")


def test_find_puts_uninhabited_areas_last():
    hits = [GERMANY.places[at] for at in GERMANY.find("Helmstedt").places]

    assert [(hit.name, hit.uninhabited) for hit in hits] == [("Helmstedt", False), ("Helmstedt", True)]


@pytest.mark.parametrize(
    "query, expected",
    [
        ("Landkreis Barnim", [(Kind.KREIS, "Barnim")]),
        ("lk barnim", [(Kind.KREIS, "Barnim")]),
        ("Barnim", [(Kind.KREIS, "Barnim")]),
        ("Brandenburg", [(Kind.LAND, "Brandenburg")]),
        ("Land Brandenburg", [(Kind.LAND, "Brandenburg")]),
        ("Region Hannover", [(Kind.KREIS, "Region Hannover")]),
    ],
)
def test_find_knows_kreise_and_laender(query, expected):
    assert areas(query) == expected


@pytest.mark.parametrize(
    "query, first", [("Kreis Unna", True), ("Unna", False), ("Bayern", True), ("Brandenburg", False), ("Land Berlin", True)]
)
def test_find_puts_areas_first_only_if_asked_for(query, first):
    assert GERMANY.find(query).areas_first is first


@pytest.mark.parametrize(
    "query, meant",
    [
        ("Münchn", "München"),
        ("Frnakfurt", "Frankfurt am Main"),
        ("Postdam", "Potsdam"),
        ("Bad Belsig", "Bad Belzig"),
        ("Ebeswalde", "Eberswalde"),
        ("Zwickkau", "Zwickau"),
    ],
)
def test_find_guesses_one_letter_and_says_so(query, meant):
    found = GERMANY.find(query)

    assert GERMANY.places[found.places[0]].name == meant
    assert found.guessed is True


@pytest.mark.parametrize("letters, guessed", [(20, True), (21, False)])
def test_find_guesses_no_word_of_more_than_20_letters(letters, guessed):
    name = "Abcdefghijklmnopqrstuvwxyz"[:letters]
    index = build([replace(GERMANY.places[0], name=name, second_name="")], [])

    assert index.find(f"x{name[1:]}").guessed is guessed


@pytest.mark.parametrize(
    "query", ["e s h w m g", "h s w ni n r", "s n b l h m", "neustadt bay", "bad kr sach", "x neustadt", "kreis st land"]
)
def test_find_is_helped_by_areas_as_if_each_place_were_looked_at(query):
    pairs = [(word, word) for word in query.split()]
    own = [GERMANY._own(pair) for pair in pairs]
    areas = [GERMANY._area_words.beginning(word) for word, _ in pairs]

    assert GERMANY._helped_by_areas(pairs, own) == {
        at
        for at in set().union(*own)
        if all(at in names or found & GERMANY._areas_of[at] for names, found in zip(own, areas, strict=True)) and any(areas)
    }


def test_find_does_not_guess_where_something_fits():
    assert GERMANY.find("Bergen").guessed is False


@pytest.mark.parametrize("query", ["", "b", "  ", "-", "12", "?!", "\0", "京"])
def test_find_says_that_there_is_too_little_to_search_for(query):
    found = GERMANY.find(query)

    assert (found.places, found.too_short) == ((), True)


@pytest.mark.parametrize("query", ["xyzzyq", "Berlin Xyzzyq", "99999", "12060020 99999999"])
def test_find_nothing(query):
    found = GERMANY.find(query)

    assert (found.places, found.areas, found.guessed) == ((), (), False)


@pytest.mark.parametrize(
    "query, kind",
    [("20095", Number.POSTAL_CODE), ("10115", Number.POSTAL_CODE), ("99999999", Number.KEY), ("10178", None), ("xyzzyq", None)],
)
def test_find_says_which_number_it_does_not_know(query, kind):
    assert GERMANY.find(query).unknown == kind


def test_find_leads_from_a_dissolved_name_to_its_row():
    small = build([Town("1", "Altdorf", dissolved=True, population=9), Town("2", "Altdorfbach", population=5)], [])

    assert [small.places[at].ags for at in small.find("Altdorf").places] == ["1", "2"]
    assert [small.places[at].ags for at in small.find("altd").places] == ["2", "1"]


# Properties -------------------------------------------------------------------------------------------------------------

TOWNS = st.sampled_from(GERMANY.places)


@given(TOWNS)
def test_every_town_is_found_by_its_own_name(town):
    found = GERMANY.find(town.name)

    assert town in [GERMANY.places[at] for at in found.places]
    assert found.guessed is False


@given(TOWNS, st.randoms(use_true_random=False))
def test_every_town_is_found_with_its_words_in_any_order_and_spelling(town, chance):
    words = words_of(town.name, long=chance.random() < 0.5)
    chance.shuffle(words)

    assert town in [GERMANY.places[at] for at in GERMANY.find(" ".join(words)).places]


@given(TOWNS)
def test_every_town_is_found_first_by_its_key(town):
    assert [GERMANY.places[at] for at in GERMANY.find(town.ags).places] == [town]


@given(st.text(max_size=120))
def test_find_answers_any_text_with_distinct_places(query):
    found = GERMANY.find(query)

    assert len(found.places) == len(set(found.places))
    assert all(0 <= at < len(GERMANY.places) for at in found.places)


@given(st.text(max_size=60), st.text(max_size=30))
def test_marked_gives_the_name_back(name, query):
    assert "".join(text for text, _ in marked(name, query)) == name


@given(st.text(alphabet="abcdefgh", min_size=1, max_size=8))
def test_edits_are_symmetric(word):
    assert word not in edits(word)
    assert all(word in edits(edit) for edit in list(edits(word))[:20])


# Small things -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, query, expected",
    [
        ("Bad Münster", "munst bad", [("Bad", True), (" ", False), ("Münst", True), ("er", False)]),
        ("Gießen", "giess", [("Gieß", True), ("en", False)]),
        ("Köln", "koe", [("Kö", True), ("ln", False)]),
        ("Ulm", "xyz", [("Ulm", False)]),
        ("Bernau bei Berlin", "bernau bei", [("Bernau", True), (" bei Berlin", False)]),
    ],
)
def test_marked(name, query, expected):
    assert marked(name, query) == expected


def test_build_ranks_without_a_database_order():
    same = [Town("3", "Au", population=5), Town("1", "Au", population=5), Town("2", "Aa", population=5)]

    assert [town.ags for town in build(same, []).places] == ["2", "1", "3"]
