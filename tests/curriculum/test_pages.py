import pytest

from staffel.curriculum import pages
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.core.reading import read_programme
from staffel.curriculum.queries import versions as queries
from staffel.ui.parts import Step
from tests.curriculum.factories import make_version
from tests.curriculum.small_programme import small_programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "minutes, words", [(60, "1 Stunde"), (240, "4 Stunden"), (90, "1,5 Stunden"), (60_000, "1.000 Stunden")]
)
def test_hours_in_words(minutes, words):
    assert pages.hours(minutes) == words


@pytest.mark.parametrize("completion, sentences", [
    ({"attendance_percent": 80, "presentation": True},
     ["Sie haben an mindestens 80 Prozent der Zeit teilgenommen: 6,4 von 8 Stunden.",
      "Sie haben Ihr Vorhaben am Ende der Gruppe vorgestellt."]),
    ({"attendance_percent": 75, "presentation": False},
     ["Sie haben an mindestens 75 Prozent der Zeit teilgenommen: 6 von 8 Stunden."]),
    ({"attendance_percent": 0, "presentation": False}, ["Sie haben sich angemeldet. Weitere Bedingungen gibt es nicht."]),
])  # fmt: skip
def test_conditions_are_sentences(completion, sentences):
    assert pages.conditions(queries.version_facts(make_version(completion=completion))) == sentences


@pytest.mark.parametrize("timetable, words", [
    ({"weekdays": [1, 3], "starts": "09:00", "minutes": 240}, "dienstags und donnerstags, 9:00 bis 13:00 Uhr"),
    ({"weekdays": [0], "starts": "22:30", "minutes": 120}, "montags, 22:30 bis 0:30 Uhr"),
    ({"weekdays": [0, 1, 2], "starts": "08:15", "minutes": 45}, "montags, dienstags und mittwochs, 8:15 bis 9:00 Uhr"),
])  # fmt: skip
def test_usual_dates_in_words(timetable, words):
    assert pages.usual_dates(queries.version_facts(make_version(timetable=timetable))) == words


def test_version_page_shows_way_and_matrix():
    load_programme(read_programme(small_programme()), by="Test")
    versions = queries.released_versions()
    page = pages.version_page(queries.newest("kleines-programm"), versions)

    assert page.steps == [
        Step("Grundlagen", "plain", "1. und 2. Vormittag", "", "#modul-grundlagen"),
        Step("Umsetzen", "plain", "3. Vormittag", "", "#modul-umsetzen"),
    ]
    assert [(competency.key, mornings) for competency, mornings in page.competencies] == [
        ("planen", [("Modul 1", "1, 2"), ("Modul 2", "")]),
        ("reden", [("Modul 1", "1, 2"), ("Modul 2", "3")]),
    ]
    assert [(field, [each.key for each in found]) for field, found in page.fields] == [
        ("Strategie", ["planen"]),
        ("Menschen", ["reden"]),
    ]
    assert (page.scope, page.newer, pages.scope(versions[0])) == ("3 Vormittage, 12 Stunden", None, "3 Vormittage, 12 Stunden")


def test_unit_page_leads_to_its_neighbours():
    load_programme(read_programme(small_programme()), by="Test")
    version = queries.newest("kleines-programm")
    first, middle = (pages.unit_page(version, key) for key in ("aufbruch", "weiter"))
    base = "/programme/kleines-programm/1.0.0/einheiten"

    assert first.neighbours[:2] == ("", f"{base}/weiter/")
    assert middle.neighbours == (f"{base}/aufbruch/", f"{base}/schluss/", "Vormittag 2 von 3")
    assert pages.unit_page(version, "unbekannt") is None
