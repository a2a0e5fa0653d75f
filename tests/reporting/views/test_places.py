import re
from datetime import date

import pytest

from staffel.municipalities.models import FundedMember, Verband
from tests.cohorts.factories import make_pilot_cohort, make_seat
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher
from tests.municipalities.factories import make_dataset, make_kreis, make_land, make_municipality, make_project, make_verband

pytestmark = pytest.mark.django_db


def facts_on(page):
    """Return the labelled facts of a page as text."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return {label: re.sub(r"<[^>]+>", " ", value).split() for label, value in pairs}


def rows_on(page):
    """Return the first cell of every table row with its address."""
    return re.findall(r'<th scope="row"><a href="([^"]+)">(.*?)</a></th>', page)


def test_municipality_shows_its_facts_with_their_dates(client):
    make_municipality(verband=make_verband())

    page = client.get("/kommunen/12060052/").content.decode()

    facts = facts_on(page)
    assert facts["Amtlicher Name"] == ["Eberswalde,", "Stadt", "Stand", "30.11.2025"]
    assert facts["Menschen"] == ["41.481", "Stand", "31.12.2024"]
    assert facts["Größenklasse"][0] == "Mittelstadt"
    assert facts["Fläche"] == ["93,63", "km²", "Stand", "31.12.2024"]
    assert facts["Menschen je km²"] == ["443"]
    assert facts["Raumtyp"][-3:] == ["RegioStaR", "7,", "2021"]
    assert facts["Amt"] == ["Britz-Chorin-Oderberg", "Stand", "30.11.2025"]
    assert facts["Amtlicher Gemeindeschlüssel"] == ["12060052"]
    assert "Mittelstadt im Landkreis Barnim, Brandenburg" in page
    assert "Gebietsstand 30.11.2025, Bevölkerung 31.12.2024" in page


def test_municipality_shows_its_staffeln(client):
    eberswalde = make_municipality()
    for number in (2, 3):
        make_seat(make_pilot_cohort(number), eberswalde)

    page = client.get("/kommunen/12060052/").content.decode()

    assert re.findall(r"Staffel \d\b(?!\.)", page) == ["Staffel 2", "Staffel 3"]
    assert "steht hier keine Kommune" not in page


def test_municipality_names_the_partner_of_a_shared_seat(client):
    perleberg, wittenberge = make_municipality("12070296", "Perleberg"), make_municipality("12070424", "Wittenberge")
    make_seat(make_pilot_cohort(), perleberg, wittenberge)

    page = client.get("/kommunen/12070296/").content.decode()

    assert '(auf einem Platz gemeinsam mit <a href="/kommunen/12070424/">Wittenberge</a>)' in page


def test_neighbours_show_their_staffeln(client):
    make_municipality()
    panketal = make_municipality("12060181", "Panketal")
    for number in (2, 3):
        make_seat(make_pilot_cohort(number), panketal)

    assert '<td data-label="Staffel">2 und 3</td>' in client.get("/kommunen/12060052/").content.decode()


@pytest.mark.parametrize("path", ["/kreise/12060/", "/laender/12/"])
def test_areas_say_who_was_in_the_staffeln(client, path):
    make_seat(make_pilot_cohort(), make_municipality())

    page = client.get(path).content.decode()

    assert "Eine Kommune war in den drei Staffeln von 2021 und 2022 vertreten:" in page
    assert '<a href="/kommunen/12060052/">Eberswalde</a> <span class="st-muted st-small">1</span>' in page


def test_a_place_outside_brandenburg_is_told_where_the_staffeln_were(client):
    make_land("06", "Hessen")
    make_municipality("06414000", "Wiesbaden", kreis=make_kreis("06414", "Wiesbaden", kind="Kreisfreie Stadt"))

    page = client.get("/kommunen/06414000/").content.decode()

    assert "Die drei Staffeln von 2021 und 2022 fanden in Brandenburg statt." in page
    assert facts_on(page)["Kreisfreie Stadt"][:1] == ["Wiesbaden"]


def test_municipality_without_staffel_and_funding_says_so(client):
    make_municipality()

    page = client.get("/kommunen/12060052/").content.decode()

    assert "Auf den drei veröffentlichten Listen von 2021 und 2022 steht hier keine Kommune." in page
    assert "Kein Modellprojekt Smart Cities des Bundes" in page


@pytest.mark.parametrize(
    "level, sentence",
    [
        ("municipality", "Eberswalde ist selbst beteiligt (Federführung)."),
        ("kreis", "Beteiligt ist der Kreis Barnim (Federführung); die Kommune liegt darin."),
        ("verband", "Beteiligt ist Britz-Chorin-Oderberg (Federführung); die Kommune gehört dazu."),
    ],
)
def test_municipality_says_through_what_it_is_funded(client, level, sentence):
    bodies = {"verband": make_verband(), "kreis": make_kreis()}
    bodies["municipality"] = make_municipality(verband=bodies["verband"])
    make_project(name="Smartes Finowtal", **{level: bodies[level]})

    page = client.get("/kommunen/12060052/").content.decode()

    assert "<strong>Smartes Finowtal</strong>, ausgewählt 2019." in page
    assert sentence in page


def test_municipality_names_its_neighbours_nearest_first(client):
    make_municipality()
    make_municipality("12060020", "Bernau bei Berlin", latitude=52.68, longitude=13.58)
    make_municipality("12060024", "Britz", latitude=52.88, longitude=13.81)
    make_municipality("12061000", "Anderswo", kreis=make_kreis("12061", "Dahme-Spreewald"))

    page = client.get("/kommunen/12060052/").content.decode()

    assert rows_on(page) == [("/kommunen/12060024/", "Britz"), ("/kommunen/12060020/", "Bernau bei Berlin")]


def test_dissolved_municipality_leads_to_its_successor(client):
    heir = make_municipality("12060099", "Neustadt")
    make_municipality(valid_to=date(2025, 12, 31), successor=heir)

    page = client.get("/kommunen/12060052/").content.decode()

    assert "Diese Kommune bestand bis zum 31.12.2025 und ist in einer anderen aufgegangen." in page
    assert '<a href="/kommunen/12060099/">Neustadt</a>' in page
    assert "Auf der Karte zeigen" not in page
    assert facts_on(client.get("/kommunen/12060099/").content.decode())["Ging hervor aus"] == ["Eberswalde"]


def test_uninhabited_area_is_named_as_such(client):
    make_municipality(counted=False, population=0)

    page = client.get("/kommunen/12060052/").content.decode()

    assert "Unbewohntes Gebiet in Brandenburg, das zu keiner Gemeinde gehört" in page
    assert "Größenklasse" not in facts_on(page)


def test_kreis_lists_its_municipalities_big_before_small(client):
    make_municipality("12060024", "Britz", population=2_100)
    make_municipality()

    page = client.get("/kreise/12060/").content.decode()

    assert rows_on(page) == [("/kommunen/12060052/", "Eberswalde"), ("/kommunen/12060024/", "Britz")]
    assert facts_on(page)["Kommunen"] == ["2", "Stand", "30.11.2025"]
    assert "1 von 2 Kommunen gehört zur Klasse Mittelstadt; die meisten Menschen leben in der Klasse Mittelstadt." in page


def test_kreis_says_which_fifth_it_belongs_to(client):
    make_kreis(deprivation_quintile=4, deprivation_score=0.66)

    facts = facts_on(client.get("/kreise/12060/").content.decode())

    assert facts["Benachteiligung"] == ["Fünftel", "4", "von", "5", "Hohe", "Benachteiligung;", "GISD", "2021"]


@pytest.mark.parametrize("level, body", [("municipality", "Eberswalde"), ("kreis", "Barnim")])
def test_member_of_a_verband_that_holds_the_grant_is_not_called_funded_itself(client, level, body):
    place = make_municipality()
    union = Verband.objects.create(name="Verband Region Muster", kind="Regionalverband")
    FundedMember.objects.create(
        project=make_project(verband=union),
        role="association",
        name=body,
        source="https://example.org/m",
        **{level: place if level == "municipality" else place.kreis},
    )

    page = client.get("/kommunen/12060052/").content.decode()

    assert (
        f"{body} ist Mitglied im Verband Region Muster, der das Projekt trägt; einzeln gefördert sind die Mitglieder nicht."
        in page
    )
    assert "selbst beteiligt" not in page


def test_kreis_that_is_funded_says_so(client):
    make_project(kreis=make_kreis())

    assert "Der Kreis ist selbst an einem Modellprojekt" in client.get("/kreise/12060/").content.decode()


def test_land_counts_what_lies_in_it(client):
    make_project(municipality=make_municipality())
    make_municipality("12060024", "Britz", population=2_100)

    page = client.get("/laender/12/").content.decode()

    assert facts_on(page)["Kommunen"] == ["2", "Stand", "30.11.2025"]
    assert facts_on(page)["Von einem Modellprojekt erreicht"][:4] == ["1", "von", "2", "Kommunen;"]
    assert rows_on(page) == [("/kreise/12060/", "Barnim")]


@pytest.mark.parametrize(
    "path", ["/kommunen/99999999/", "/kommunen/1206005/", "/kommunen/x/", "/kreise/99999/", "/laender/99/", "/laender/١٢/"]
)
def test_unknown_place_is_not_found(client, path):
    make_municipality()

    assert client.get(path).status_code == 404


def test_municipality_counts_certified_people_in_words(client):
    eberswalde = make_municipality()
    cohort = make_finished_cohort()
    make_award(make_finisher(cohort, "Anke", eberswalde))
    one = client.get("/kommunen/12060052/").content.decode()
    make_award(make_finisher(cohort, "Bert", eberswalde))
    two = client.get("/kommunen/12060052/").content.decode()

    assert "Ein Mensch aus dieser Kommune hat eine Urkunde des Programms." in one
    assert "2 Menschen aus dieser Kommune haben eine Urkunde des Programms." in two
    assert ("Anke" in two, "steht hier keine Kommune" in two) == (False, False)


def test_municipality_tells_an_example(client):
    make_award(make_finisher(make_finished_cohort(is_example=True), "Anke", make_municipality()))

    assert "Das ist erfunden: ein Beispiel der Demo." in client.get("/kommunen/12060052/").content.decode()


@pytest.mark.parametrize("path", ["/kommunen/12060052/", "/kreise/12060/", "/laender/12/"])
def test_pages_of_places_are_only_read(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path, queries", [("/kommunen/12060052/", 7), ("/kreise/12060/", 6), ("/laender/12/", 7)])
def test_a_page_costs_the_same_with_few_and_many_neighbours(client, path, queries, count, django_assert_num_queries):
    make_seat(make_pilot_cohort(), make_municipality())
    make_project(verband=make_verband())
    for number in range(count):
        make_municipality(f"1206010{number}", f"Nachbarort {number}")

    with django_assert_num_queries(queries):
        client.get(path)


def test_a_kept_page_costs_one_query_until_the_data_change(client, django_assert_num_queries):
    place = make_municipality()
    make_dataset()
    client.get("/kommunen/12060052/")

    with django_assert_num_queries(1):
        client.get("/kommunen/12060052/")
    type(place).objects.filter(pk=place.pk).update(short_name="Eberswalde am Finowkanal")
    make_dataset(key="refresh", digest="1" * 64)

    assert "Eberswalde am Finowkanal" in client.get("/kommunen/12060052/").content.decode()
