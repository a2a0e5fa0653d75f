import io
import json
import re
from html import unescape

import pytest
from python_calamine import CalamineWorkbook

from staffel.base import public_cache
from staffel.municipalities import views
from staffel.municipalities.queries import search
from tests.municipalities.factories import make_kreis, make_land, make_municipality, make_project, make_verband

pytestmark = pytest.mark.django_db

LIST, SUGGESTIONS, PROJECTS, DATA = "/kommunen/", "/kommunen/vorschlaege/", "/foerderung/", "/daten/"
PAGES = (LIST, SUGGESTIONS, PROJECTS, DATA, "/kommunen/export.csv", "/foerderung/export.csv")


@pytest.fixture
def places():
    """Three municipalities in two Länder, one of them funded, and one uninhabited area."""
    make_kreis("12060", name="Barnim", kind="Landkreis")
    make_land("01", name="Schleswig-Holstein")
    make_kreis("01058", name="Rendsburg-Eckernförde", kind="Kreis")
    bernau = make_municipality("12060020", short_name="Bernau bei Berlin", population=44_000, postal_code="16321")
    make_municipality("12060052", short_name="Eberswalde", population=41_481, region_type="75")
    make_municipality("01058001", short_name="Ärzen", population=900)
    make_municipality("12060999", short_name="Forst", population=0, counted=False)
    make_project("MPSC-2019-01", name="Projekt Bernau", municipality=bernau)


def text(response):
    """The words of a page, without markup."""
    html = re.sub(r"(?s)<(script|style).*?</\1>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def listed(response):
    """The links in the rows of the table, in order."""
    return re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>', response.content.decode())


def rows(response):
    return [name for _path, name in listed(response)]


# The list ---------------------------------------------------------------------------------------------------------------


def test_list_shows_all_municipalities_by_name(client, places):
    response = client.get(LIST)

    assert listed(response) == [
        ("/kommunen/01058001/", "Ärzen"),
        ("/kommunen/12060020/", "Bernau bei Berlin"),
        ("/kommunen/12060052/", "Eberswalde"),
    ]
    assert re.findall(r"<caption>(.*?)</caption>", response.content.decode()) == ["Alle 3 Kommunen"]
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    "query, caption, expected",
    [
        ("q=bernau", "Eine von 3 Kommunen", ["Bernau bei Berlin"]),
        ("land=12", "2 von 3 Kommunen", ["Bernau bei Berlin", "Eberswalde"]),
        ("kreis=01058", "Eine von 3 Kommunen", ["Ärzen"]),
        ("groesse=landgemeinde", "Eine von 3 Kommunen", ["Ärzen"]),
        ("raum=75", "Eine von 3 Kommunen", ["Eberswalde"]),
        ("foerderung=ja", "Eine von 3 Kommunen", ["Bernau bei Berlin"]),
        ("foerderung=nein", "2 von 3 Kommunen", ["Ärzen", "Eberswalde"]),
        ("sortierung=-einwohner", "Alle 3 Kommunen", ["Bernau bei Berlin", "Eberswalde", "Ärzen"]),
        ("unbewohnt=on&land=12", "3 Einträge, auch unbewohnte Gebiete", ["Bernau bei Berlin", "Eberswalde", "Forst"]),
    ],
)
def test_list_filters_and_counts_in_words(client, places, query, caption, expected):
    response = client.get(f"{LIST}?{query}")

    assert re.findall(r"<caption>(.*?)</caption>", response.content.decode()) == [caption]
    assert rows(response) == expected


def test_list_takes_each_filter_away_by_a_link(client, places):
    html = client.get(f"{LIST}?q=bernau&land=12&kreis=12060&sortierung=name").content.decode()

    chips = re.findall(r'<a class="st-chip" href="([^"]+)"', html)
    assert [unescape(chip) for chip in chips] == [
        "/kommunen/?land=12&kreis=12060&sortierung=name",
        "/kommunen/?q=bernau&sortierung=name",
        "/kommunen/?q=bernau&land=12&sortierung=name",
    ]


def test_list_turns_the_order_round_by_a_link(client, places):
    html = client.get(f"{LIST}?sortierung=-einwohner").content.decode()

    heads = re.findall(r'<th scope="col"([^>]*)>(?:<a href="([^"]+)">)?([^<]+)', html)
    assert [(name, re.findall(r'aria-sort="(\w+)"', attributes), href) for attributes, href, name in heads if href] == [
        ("Kommune", [], "/kommunen/?sortierung=name"),
        ("Land", [], "/kommunen/?sortierung=land"),
        ("Menschen", ["descending"], "/kommunen/?sortierung=einwohner"),
    ]


def test_list_pages_by_key_without_a_gap(client):
    for number in range(1, 121):
        make_municipality(f"12060{number:03}", short_name=f"Ort {number:03}")

    first = client.get(LIST)
    following = unescape(re.findall(r'href="([^"]+)" rel="next"', first.content.decode())[0])
    second = client.get(following)
    last = client.get(unescape(re.findall(r'href="([^"]+)" rel="next"', second.content.decode())[0]))

    assert following == "/kommunen/?nach=12060050"
    assert rows(first) + rows(second) + rows(last) == [f"Ort {number:03}" for number in range(1, 121)]
    assert re.findall(r'href="([^"]+)" rel="prev"', second.content.decode()) == ["/kommunen/"]
    assert re.findall(r'href="([^"]+)" rel="prev"', last.content.decode()) == ["/kommunen/?vor=12060101"]
    assert rows(client.get("/kommunen/?vor=12060101")) == rows(second)


@pytest.mark.parametrize("query", ["nach=12060052", "nach=12060020&land=01", "sortierung=-name&nach=01058001"])
def test_list_shows_the_beginning_behind_its_end(client, places, query):
    response = client.get(f"{LIST}?{query}")

    beginning = re.sub("nach=[0-9]+", "", query)
    assert "Diese Seite der Liste gibt es nicht. Sie sehen den Anfang." in text(response)
    assert "Keine Kommune passt" not in text(response)
    assert rows(response) == rows(client.get(f"{LIST}?{beginning}")) != []


def test_list_without_a_match_does_not_speak_of_pages(client, places):
    response = client.get(f"{LIST}?q=xyzxyz&nach=12060052")

    assert "Keine Kommune passt zu Ihrer Suche." in text(response)
    assert "Diese Seite der Liste" not in text(response)


@pytest.mark.parametrize(
    "query, sentence",
    [
        ("land=99", "Den Filter „Land: 99“ kennen wir nicht."),
        ("nach=99999999", "Diese Seite der Liste gibt es nicht. Sie sehen den Anfang."),
        ("vor=xyz", "Diese Seite der Liste gibt es nicht. Sie sehen den Anfang."),
        ("sortierung=;drop", "Die Sortierung „;drop“ kennen wir nicht."),
        ("q=" + "a" * 81, "Bitte suchen Sie mit höchstens 80 Zeichen."),
    ],
)
def test_list_says_what_it_did_not_understand_and_shows_the_rest(client, places, query, sentence):
    response = client.get(f"{LIST}?{query}")

    assert re.findall(r"verstanden\.</span></p><div[^>]*><p>(.*?)</p>", response.content.decode()) == [sentence]
    assert rows(response) == ["Ärzen", "Bernau bei Berlin", "Eberswalde"]


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%FF%FE", "land=%00", "q=a&q=b", "nach=", "x[]=1", "q=%3Cscript%3Ealert(1)%3C/script%3E"]
)
def test_list_survives_odd_addresses(client, places, query):
    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_list_guesses_and_says_so(client, places):
    response = client.get(f"{LIST}?q=eberswlde")

    assert rows(response) == ["Eberswalde"]
    assert "Genau so heißt kein Ort. Meinten Sie einen von diesen?" in text(response)


def test_list_without_a_hit_says_what_to_do(client, places):
    response = client.get(f"{LIST}?q=forst")

    assert rows(response) == []
    assert "Keine Kommune passt zu Ihrer Suche. Ein unbewohntes Gebiet passt: zeigen" in text(response)
    assert rows(client.get("/kommunen/?q=forst&unbewohnt=on")) == ["Forst"]


@pytest.mark.parametrize(
    "query, title",
    [
        ("q=20095", "Wir kennen nur die Postleitzahl der Verwaltung. Suchen Sie nach dem Namen."),
        ("q=20095&land=12", "Wir kennen nur die Postleitzahl der Verwaltung. Suchen Sie nach dem Namen."),
        ("q=99999999", "Diesen Schlüssel kennen wir nicht. Suchen Sie nach dem Namen."),
        ("q=xyzxyz", "Keine Kommune passt zu Ihrer Suche."),
        ("q=bernau&land=01", "Keine Kommune passt zu allen Filtern."),
    ],
)
def test_list_says_why_nothing_fits(client, places, query, title):
    response = client.get(f"{LIST}?{query}")

    assert rows(response) == []
    assert title in text(response)
    assert ("zu allen Filtern" in text(response)) is (title == "Keine Kommune passt zu allen Filtern.")


def test_list_prints_the_credit_line(client, places):
    assert "Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, Gebietsstand 30.11.2025" in text(client.get(LIST))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_six_queries_after_a_change_and_one_later(client, django_assert_num_queries, count):
    for number in range(count):
        make_municipality(f"1206000{number}", short_name=f"Ort {number}")

    with django_assert_num_queries(6):
        assert len(rows(client.get(LIST))) == count
    public_cache.shelf.clear()
    with django_assert_num_queries(2):
        client.get(LIST)
    with django_assert_num_queries(1):
        client.get(LIST)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_read_only(client, path):
    response = client.post(path)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", PAGES)
def test_pages_work_without_data(client, path):
    assert client.get(path).status_code == 200


# Suggestions ------------------------------------------------------------------------------------------------------------


def test_suggestions_are_options_with_what_matches_marked(client, places):
    html = client.get(f"{SUGGESTIONS}?q=bern").content.decode()

    assert re.findall(r'<li role="option" id="([^"]+)" data-href="([^"]+)" data-value="([^"]+)">', html) == [
        ("ort-municipality-12060020", "/kommunen/12060020/", "Bernau bei Berlin")
    ]
    assert re.sub(r"<(?!/?mark)[^>]+>", "", html).split() == [
        "<mark>Bern</mark>au", "bei", "Berlin", "Landkreis", "Barnim,", "Brandenburg,", "44.000", "Menschen",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "query, words",
    [
        ("q=", "Bitte tippen Sie noch einen Buchstaben."),
        ("", "Bitte tippen Sie noch einen Buchstaben."),
        ("q=xyzzy", "Kein Ort gefunden. Versuchen Sie es mit weniger Buchstaben."),
        ("q=20095", "Wir kennen nur die Postleitzahl der Verwaltung. Suchen Sie nach dem Namen."),
        ("q=99999999", "Diesen Schlüssel kennen wir nicht. Suchen Sie nach dem Namen."),
        ("q=" + "x" * 5000, "Kein Ort gefunden. Versuchen Sie es mit weniger Buchstaben."),
    ],
)
def test_suggestions_say_why_there_are_none(client, places, query, words):
    response = client.get(f"{SUGGESTIONS}?{query}")

    assert text(response) == words
    assert b'role="option"' not in response.content


def test_suggestions_say_what_an_area_is(client, places):
    assert text(client.get(f"{SUGGESTIONS}?q=barnim")).startswith("Landkreis Barnim Kreis in Brandenburg,")
    assert text(client.get(f"{SUGGESTIONS}?q=land+brandenburg")).startswith("Brandenburg Land,")


def test_list_can_be_sorted_without_its_heads(client, places):
    def offered(query):
        html = client.get(f"{LIST}?{query}").content.decode()
        select = re.findall(r'(?s)<select[^>]* name="sortierung">(.*?)</select>', html)[0]
        return re.findall(r'<option value="([^"]*)"( selected)?>([^<]+)', select)

    assert offered("sortierung=-einwohner") == [
        ("", "", "Name, A bis Z"),
        ("-name", "", "Name, Z bis A"),
        ("-einwohner", " selected", "Menschen, absteigend"),
        ("einwohner", "", "Menschen, aufsteigend"),
        ("land", "", "Land, A bis Z"),
        ("-land", "", "Land, Z bis A"),
    ]
    assert offered("q=e")[:2] == [("", " selected", "beste Treffer"), ("name", "", "Name, A bis Z")]


def test_list_says_that_a_kreis_comes_after_a_land(client, places):
    def kreis(query):
        html = client.get(f"{LIST}{query}").content.decode()
        return re.findall(r'<select[^>]* name="kreis"( disabled)?><option value="" ?(?:selected)?>([^<]+)', html)

    assert kreis("") == kreis("?land=99") == [(" disabled", "zuerst ein Land wählen")]
    assert kreis("?land=12") == [("", "alle Kreise")]


def test_list_says_keines_where_no_project_is(client, places):
    html = client.get(LIST).content.decode()

    assert re.findall(r'<td data-label="Modellprojekt">([^<]*)', html) == ["keines", "durch ein eigenes Projekt", "keines"]


def test_list_names_the_kreis_with_its_kind(client, places):
    html = client.get(f"{LIST}?land=12").content.decode()

    assert re.findall(r'<td data-label="Kreis">([^<]+)', html) == ["Landkreis Barnim", "Landkreis Barnim"]
    assert re.findall(r'<option value="12060"[^>]*>([^<]+)', html) == ["Landkreis Barnim"]


def test_suggestions_lead_to_all_hits(client):
    for number in range(1, 13):
        make_municipality(f"120600{number:02}", short_name=f"Ort {number:02}")

    html = client.get(f"{SUGGESTIONS}?q=ort").content.decode()

    assert html.count('role="option"') == 8
    assert re.findall(r'id="ort-alle" data-href="([^"]+)"[^>]*>([^<]+)', html) == [
        ("/kommunen/?q=ort", "Alle 12 Kommunen zeigen")
    ]


def test_suggestions_say_meinten_sie(client, places):
    assert text(client.get(f"{SUGGESTIONS}?q=eberswlde")).startswith("Meinten Sie Eberswalde")


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_cost_one_query(client, django_assert_num_queries, count):
    for number in range(count):
        make_municipality(f"1206000{number}", short_name=f"Ort {number}")
    search.directory()

    with django_assert_num_queries(1):
        response = client.get(f"{SUGGESTIONS}?q=ort")

    assert response.content.decode().count('role="option"') == count
    assert response["Cache-Control"] == "public, max-age=60"


# Files ------------------------------------------------------------------------------------------------------------------


def test_export_has_exactly_the_filtered_rows(client, places):
    csv_file = client.get("/kommunen/export.csv?land=12&sortierung=-einwohner")
    json_file = client.get("/kommunen/export.json?land=12&sortierung=-einwohner")
    xlsx_file = client.get("/kommunen/export.xlsx?land=12&sortierung=-einwohner")

    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_file.content))
    assert [line.split(";")[0] for line in csv_file.content.decode("utf-8-sig").splitlines()[1:]] == ["12060020", "12060052"]
    assert [item["ags"] for item in json.loads(json_file.content)["items"]] == ["12060020", "12060052"]
    assert [line[0] for line in book.get_sheet_by_index(0).to_python()[1:]] == ["12060020", "12060052"]
    assert csv_file["Content-Disposition"] == 'attachment; filename="kommunen.csv"'
    assert csv_file["Content-Type"] == "text/csv; charset=utf-8"


def test_export_refuses_what_it_does_not_understand(client, places):
    response = client.get("/kommunen/export.csv?land=99")

    assert (response.status_code, response["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "Content-Disposition" not in response
    assert "Den Filter „Land: 99“ kennen wir nicht. Eine Datei gibt es nur, wenn wir die ganze Adresse" in text(response)
    assert 'href="/kommunen/export.csv"' in response.content.decode()
    assert client.get("/kommunen/export.pdf", follow=True).status_code == 404


@pytest.mark.parametrize(
    "query, clean",
    [
        ("x=1", ""),
        ("land=", ""),
        ("unbewohnt=1", "?unbewohnt=on"),
        ("sortierung=name&land=12&x=1", "?land=12&sortierung=name"),
        ("land=12&q=%C3%84+b", "?q=%C3%84+b&land=12"),
    ],
)
def test_export_has_one_address_for_one_list(client, places, query, clean):
    response = client.get(f"/kommunen/export.csv?{query}")

    assert (response.status_code, response["Location"]) == (302, f"/kommunen/export.csv{clean}")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("query", ["", "?unbewohnt=on", "?land=12"])
def test_export_writes_a_workbook_once(client, places, monkeypatch, query):
    first = client.get(f"/kommunen/export.xlsx{query}").content
    monkeypatch.delattr("staffel.municipalities.exports.municipalities_xlsx")

    assert client.get(f"/kommunen/export.xlsx{query}").content == first


def test_export_keeps_few_workbooks_and_none_of_an_old_register(client, places):
    for sort in ("name", "-name", "einwohner", "-einwohner", "land", "-land"):
        client.get(f"/kommunen/export.xlsx?sortierung={sort}")
    assert [len(kept) for known, kept in views._workbooks.items() if known is search.directory()] == [4]

    make_municipality("12060001", short_name="Neu")
    search.forget()
    client.get("/kommunen/export.xlsx?land=12")

    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/kommunen/export.xlsx?land=12").content))
    assert [line[2] for line in book.get_sheet_by_index(0).to_python()[1:]] == ["Bernau bei Berlin", "Eberswalde", "Neu"]


@pytest.mark.parametrize("query", ["", "?land=12"])
def test_export_answers_304_while_nothing_changes(client, places, query):
    etag = client.get(f"/kommunen/export.csv{query}")["ETag"]

    assert etag.startswith('W/"')
    assert client.get(f"/kommunen/export.csv{query}", headers={"If-None-Match": etag}).status_code == 304


# Funded projects --------------------------------------------------------------------------------------------------------


def test_projects_show_members_with_links_and_sources(client, places):
    html = client.get(PROJECTS).content.decode()

    assert re.findall(r"<caption>(.*?)</caption>", html) == ["Alle Projekte: 1"]
    assert re.findall(r'<tr id="([^"]+)"><th scope="row">([^<]+)</th>', html) == [("MPSC-2019-01", "Projekt Bernau")]
    assert '<a href="/kommunen/12060020/">Bernau bei Berlin</a>' in html
    assert '<a href="https://example.org/liste" rel="noreferrer">' in html


def test_projects_tell_a_verband_from_its_town_and_name_both_sources(client, places):
    project = make_project("P-2", verband=make_verband("010585001", name="Linz", kind="Verbandsgemeinde"))
    project.members.update(source="https://example.org/mitglieder")
    row = client.get(PROJECTS).content.decode().split('<tr id="P-2">')[1].split("</tr>")[0]

    assert "<span>Verbandsgemeinde Linz</span>" in row
    assert re.findall(r'<a href="(https[^"]+)" rel="noreferrer"><span[^>]*>Smarte Stadt: </span>([^<]+)</a>', row) == [
        ("https://example.org/liste", "Projekt"),
        ("https://example.org/mitglieder", "Beteiligte"),
    ]


@pytest.mark.parametrize("query, count", [("land=12", 1), ("land=01", 0), ("jahr=2019", 1), ("jahr=2019&land=01", 0)])
def test_projects_filter_by_land_and_year(client, places, query, count):
    response = client.get(f"{PROJECTS}?{query}")

    assert response.content.decode().count('<tr id="') == count
    assert ("Kein Projekt passt zu diesen Filtern." in text(response)) is (count == 0)


def test_projects_say_what_they_did_not_understand(client, places):
    response = client.get(f"{PROJECTS}?jahr=abc&land=99")

    assert "Im Jahr „abc“ wurde kein Projekt ausgewählt." in text(response)
    assert response.content.decode().count('<tr id="') == 1
    refused = client.get("/foerderung/export.csv?jahr=abc")
    assert (refused.status_code, refused["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "Im Jahr „abc“ wurde kein Projekt ausgewählt. Eine Datei gibt es nur," in text(refused)


@pytest.mark.parametrize("count", [1, 3])
def test_projects_cost_four_queries(client, django_assert_num_queries, count):
    place = make_municipality("12060020", short_name="Bernau bei Berlin")
    for number in range(count):
        make_project(f"P-{number}", municipality=place)
    search.directory()

    with django_assert_num_queries(4):
        assert client.get(PROJECTS).content.decode().count('<tr id="') == count


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_project_export(client, places, ending):
    response = client.get(f"/foerderung/export.{ending}?land=12")

    assert response["Content-Disposition"] == f'attachment; filename="modellprojekte.{ending}"'
    if ending == "json":
        assert [item["code"] for item in json.loads(response.content)["items"]] == ["MPSC-2019-01"]


# Open data --------------------------------------------------------------------------------------------------------------


def test_open_data_shows_address_licence_and_credit(client, places):
    words = text(client.get(DATA))

    assert "curl 'http://testserver/api/v1/municipalities/12060020'" in words
    assert "Datenlizenz Deutschland Namensnennung 2.0" in words
    assert "Diese Lizenz gilt für das Verzeichnis. Die Listen der Modellprojekte und der Staffeln sind Angaben von" in words
    assert "Gebietsstand 30.11.2025, Bevölkerung 31.12.2024" in words
    assert "Noch sind keine Daten geladen." in words
