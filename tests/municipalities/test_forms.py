import pytest
from django.http import QueryDict

from staffel.municipalities.core.listing import Directory, Filters
from staffel.municipalities.forms import ListForm, ProjectForm
from tests.municipalities.core.test_listing import LAENDER, ROWS

KNOWN = Directory(ROWS, LAENDER)


def form(query):
    return ListForm(QueryDict(query), known=KNOWN)


@pytest.mark.parametrize(
    "query, filters",
    [
        ("", Filters()),
        ("q=+bernau+", Filters(query="bernau")),
        ("land=12&groesse=kleinstadt&raum=77", Filters(land="12", size="kleinstadt", region="77")),
        ("kreis=12002", Filters(land="12", kreis="12002")),
        ("land=01&kreis=12002", Filters(land="01")),
        ("foerderung=ja", Filters(funded="yes")),
        ("foerderung=eigenes&unbewohnt=on", Filters(funded="self", uninhabited=True)),
        ("sortierung=-einwohner", Filters(sort="-population")),
    ],
)
def test_list_form_understands(query, filters):
    typed = form(query)

    assert typed.filters() == filters
    assert typed.problems == []


@pytest.mark.parametrize(
    "query, filters, sentence",
    [
        ("land=99", Filters(), "Den Filter „Land: 99“ kennen wir nicht."),
        ("land=12&groesse=riesig", Filters(land="12"), "Den Filter „Größenklasse: riesig“ kennen wir nicht."),
        ("land=12&kreis=99999", Filters(land="12"), "Den Filter „Kreis: 99999“ kennen wir nicht."),
        ("raum=1&q=au", Filters(query="au"), "Den Filter „Raumtyp: 1“ kennen wir nicht."),
        ("foerderung=yes", Filters(), "Den Filter „Modellprojekt: yes“ kennen wir nicht."),
        ("sortierung=id", Filters(), "Die Sortierung „id“ kennen wir nicht."),
        ("q=" + "a" * 81, Filters(), "Bitte suchen Sie mit höchstens 80 Zeichen."),
    ],
)
def test_list_form_leaves_out_what_it_does_not_know_and_says_so(query, filters, sentence):
    typed = form(query)

    assert typed.filters() == filters
    assert typed.problems == [sentence]


def test_list_form_offers_the_kreise_of_the_chosen_land_only():
    chosen, nothing = form("land=12"), form("")
    chosen.filters(), nothing.filters()

    assert [(select["name"], select["hint"]) for select in nothing.selects("land", "kreis")] == [
        ("land", ""),
        ("kreis", "zuerst ein Land wählen"),
    ]
    assert chosen.selects("kreis")[0]["options"] == [
        ("", "alle Kreise"),
        ("12001", "Kreis 12001"),
        ("12002", "Kreis 12002"),
    ]


def test_list_form_names_the_filters_in_force():
    typed = form("q=au&land=12&groesse=landgemeinde&unbewohnt=on")
    typed.filters()

    assert typed.chosen() == [
        ("q", "au", "„au“"),
        ("land", "12", "Land 12"),
        ("groesse", "landgemeinde", "Landgemeinde, unter 5.000"),
        ("unbewohnt", "on", "mit unbewohnten Gebieten"),
    ]


def test_project_form_says_what_it_does_not_know():
    typed = ProjectForm(QueryDict("land=99&jahr=1999"), known=KNOWN, years=[2019])

    assert typed.problems == ["Das Land „99“ kennen wir nicht.", "Im Jahr „1999“ wurde kein Projekt ausgewählt."]
