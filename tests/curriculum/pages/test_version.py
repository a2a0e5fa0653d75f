from dataclasses import replace

import pytest

from staffel.accounts.models import Organisation
from staffel.curriculum.pages.version import conditions, scope, usual_dates, version_page
from staffel.curriculum.queries import releases, versions
from staffel.ui.parts import Fact, Step
from tests.curriculum.factories import make_version
from tests.curriculum.small_programme import HEAD, small_files
from tests.curriculum.taught import released, taught_files

pytestmark = pytest.mark.django_db

BY = "https://creativecommons.org/licenses/by/4.0/deed.de"
ZERO = "https://creativecommons.org/publicdomain/zero/1.0/deed.de"


def page_of(version, **facts):
    return version_page(versions.version_facts(version), versions.released_versions(version.programme.key), **facts)


@pytest.mark.parametrize("completion, sentences", [
    ({"attendance_percent": 80, "presentation": True},
     ["Sie haben an mindestens 80 Prozent der Zeit teilgenommen: 6,4 von 8 Stunden.",
      "Sie haben Ihr Vorhaben am Ende der Gruppe vorgestellt."]),
    ({"attendance_percent": 75, "presentation": False},
     ["Sie haben an mindestens 75 Prozent der Zeit teilgenommen: 6 von 8 Stunden."]),
    ({"attendance_percent": 0, "presentation": False}, ["Sie haben sich angemeldet. Weitere Bedingungen gibt es nicht."]),
])  # fmt: skip
def test_conditions_are_sentences(completion, sentences):
    assert conditions(versions.version_facts(make_version(completion=completion))) == sentences


@pytest.mark.parametrize("timetable, words", [
    ({"weekdays": [1, 3], "starts": "09:00", "minutes": 240}, "dienstags und donnerstags, 9:00 bis 13:00 Uhr"),
    ({"weekdays": [0], "starts": "22:30", "minutes": 120}, "montags, 22:30 bis 0:30 Uhr"),
    ({"weekdays": [0, 1, 2], "starts": "08:15", "minutes": 45}, "montags, dienstags und mittwochs, 8:15 bis 9:00 Uhr"),
])  # fmt: skip
def test_usual_dates_in_words(timetable, words):
    assert usual_dates(versions.version_facts(make_version(timetable=timetable))) == words


def test_the_page_shows_way_and_competencies():
    page = page_of(released(small_files()))
    base = "/programme/kleines-programm/1.0.0/kompetenzen"

    assert page.steps == [
        Step("Grundlagen", "plain", "1. und 2. Vormittag", "", "#modul-grundlagen"),
    ]
    assert page.chosen == [("Umsetzen", "#modul-umsetzen")]
    assert [(field, [(each.key, href) for each, href in lines]) for field, lines in page.fields] == [
        ("Strategie", [("planen", f"{base}/planen/")]),
        ("Menschen", [("reden", f"{base}/reden/")]),
    ]
    assert " ".join(href for _, href in page.contents) == "#weg #module #kompetenzen #abschluss #weitergeben #versionen"
    assert (page.matrix_href, page.newer) == (f"{base}/", None)
    assert page.scope == scope(versions.released_versions("kleines-programm")[0]) == "2 Vormittage, 8 Stunden, dazu 1 zur Wahl"


def test_self_study_is_no_morning_and_asks_for_no_presence():
    page = page_of(released(small_files()))

    assert [unit.kind for unit in page.version.units] == ["session", "session", "self-study"]
    assert page.conditions[0] == "Sie haben an mindestens 80 Prozent der Zeit teilgenommen: 6,4 von 8 Stunden."


def test_a_version_of_before_offers_no_file():
    page = page_of(make_version())

    assert (page.package, page.downloads, page.signature, page.origins) == (None, [], None, [])
    assert page.licences == [Fact("Texte", "Creative Commons Namensnennung 4.0 (CC BY 4.0)", "", BY)]


def test_a_signed_version_shows_package_key_and_licences():
    office = Organisation.objects.create(name="Büro", runs_instance=True)
    version = released(small_files(), organisation=office)
    page = page_of(version, release=releases.release_facts(version), has_files=True)

    assert page.package.href == "/programme/kleines-programm/1.0.0/paket/"
    assert page.package.facts.startswith("staffel.zip, ")
    assert page.downloads[0].href == "/programme/kleines-programm/1.0.0/ordner/"
    assert "".join(page.signature.groups) == version.signed_with
    assert (len(page.signature.groups), page.signature.publisher) == (16, "Büro")
    assert page.signature.manifest_digest == version.manifest_digest
    assert page.signature.key_href == "/programme/kleines-programm/1.0.0/publisher.pem"
    assert page.licences == [
        Fact("Texte", "Creative Commons Namensnennung 4.0 (CC BY 4.0)", "", BY),
        Fact("1 Material", "Creative Commons Zero 1.0 (CC0), ohne Bedingungen", "", ZERO),
    ]


def test_an_unsigned_package_has_no_signature():
    version = released(taught_files())
    page = page_of(version, release=releases.release_facts(version), has_files=True)

    assert page.package is not None
    assert page.signature is None


def test_the_history_leads_to_what_changed():
    first, second = released(small_files()), released(small_files("1.1.0", summary="Anders.\n"))
    day = f"{second.released_on:%d.%m.%Y}"
    page = page_of(first)

    assert page.newer.number == "1.1.0"
    assert [(line.path, line.title, line.current, line.compare_href, line.compare) for line in page.history] == [
        (
            "/programme/kleines-programm/1.1.0/",
            f"Version 1.1.0 vom {day}",
            False,
            "/programme/kleines-programm/vergleich/?von=1.0.0&bis=1.1.0",
            "Mit 1.0.0 vergleichen",
        ),
        ("/programme/kleines-programm/1.0.0/", f"Version 1.0.0 vom {day}", True, "", ""),
    ]


def test_what_is_new_may_be_a_list():
    page = page_of(released(small_files(head=HEAD.replace("notes: Erste Fassung.", 'notes: "**Neu**\\n\\n- <b>"'))))

    assert page.history[0].notes == "<p><strong>Neu</strong></p>\n<ul>\n<li>&lt;b&gt;</li>\n</ul>\n"


def test_where_it_comes_from_is_said_the_nearest_first():
    version = released(small_files())
    release = releases.release_facts(version)
    chain = [
        releases.Upstream(f"Land {number}", "", "kleines-programm", f"0.{number}.0", "a" * 64, "b" * 64) for number in (2, 1)
    ]
    page = page_of(version, release=replace(release, upstream=tuple(chain)))

    assert page.origins == [
        "kleines-programm, Version 0.2.0, von Land 2",
        "kleines-programm, Version 0.1.0, von Land 1",
    ]


def test_a_programme_of_many_modules_shows_no_way(monkeypatch):
    version = released(small_files())
    monkeypatch.setattr("staffel.curriculum.pages.version.MOST_MODULES", 1)
    page = page_of(version)

    assert (page.steps, page.chosen) == ([], [])
