"""Who works on a version reads all of it before it is released."""

import pytest

from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release_by_command
from tests.curriculum.received import make_received
from tests.curriculum.small_programme import small_files
from tests.curriculum.taught import taught_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_jonas(signed_in):
    return signed_in("Jonas")


def draft(files):
    return load_programme(files, by="Test").version


def path(version, end=""):
    return f"/buero/programme/versionen/{version.public_id}/lesen/{end}"


def place(version, end):
    return f"/buero/programme/versionen/{version.public_id}/{end}"


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_draft_is_read_as_a_whole(as_jonas):
    version = draft(small_files())
    html = read(as_jonas, path(version))

    assert [html.count(f'href="{path(version, f"{key}/")}"') for key in ("aufbruch", "weiter", "schluss")] == [1, 1, 1]
    assert html.count("Entwurf") >= 1
    assert "2 Vormittage, 8 Stunden, dazu 1 zur Wahl" in html


def test_a_unit_leads_to_places_of_the_office_only(as_jonas):
    version = draft(taught_files())
    html = read(as_jonas, path(version, "aufbruch/"))

    assert f'src="{path(version, "aufbruch/dateien/stufen.svg")}"' in html
    assert f'href="{path(version, "aufbruch/leitfaden/")}"' in html
    assert f'href="{place(version, "kompetenzen/planen/")}"' in html
    assert "/programme/kleines-programm/1.0.0/" not in html
    assert "/programme/kleines-programm/1.0.0/" not in read(as_jonas, path(version, "aufbruch/leitfaden/"))


PLACES = ("kompetenzen/", "kompetenzen/planen/", "methoden/", "methoden/karten/", "glossar/")


@pytest.mark.parametrize("end", PLACES)
def test_what_holds_for_the_whole_is_read_before_it_is_released(as_jonas, end):
    version = draft(taught_files(cards=True))
    html = read(as_jonas, place(version, end))

    assert f'href="{path(version)}"' in html
    assert "/programme/kleines-programm/1.0.0/" not in html


def test_a_draft_has_the_matrix_of_released_versions(as_jonas):
    version = draft(taught_files(cards=True))
    matrix = read(as_jonas, place(version, "kompetenzen/"))

    assert matrix.count('<span class="st-marks">nur gelehrt und geübt</span>') == 1
    assert f'href="{path(version, "aufbruch/")}"' in matrix
    html = read(as_jonas, path(version))
    assert [html.count(f'href="{place(version, end)}"') for end in PLACES] == [1, 1, 1, 0, 1]


def test_what_was_received_has_them_too(as_jonas):
    version = make_received("1.0.0")

    assert "gelehrt" in read(as_jonas, place(version, "kompetenzen/"))
    assert "Zu dieser Version sind keine Methoden beschrieben." in read(as_jonas, place(version, "methoden/"))
    assert "Zu dieser Version gibt es kein Glossar." in read(as_jonas, place(version, "glossar/"))


@pytest.mark.parametrize("end", ["kompetenzen/unbekannt/", "methoden/unbekannt/"])
def test_what_the_whole_does_not_have_is_not_found(as_jonas, end):
    assert as_jonas.get(place(draft(taught_files(cards=True)), end)).status_code == 404


@pytest.mark.parametrize("end", PLACES)
def test_only_who_works_on_it_reads_it(signed_in, client, end):
    version = draft(taught_files(cards=True))

    assert signed_in("Anke").get(place(version, end)).status_code == 404
    assert client.get(place(version, end)).status_code == 302
    assert signed_in("Jonas").post(place(version, end)).status_code == 405


def test_a_file_of_a_draft_stays_with_who_may_see_it(as_jonas):
    answer = as_jonas.get(path(draft(taught_files()), "aufbruch/dateien/stufen.svg"))
    answer.getvalue()

    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert answer["Content-Security-Policy"].startswith("sandbox;")


def test_what_was_received_is_read_the_same_way(as_jonas):
    assert "Aufbruch" in read(as_jonas, path(make_received("1.0.0"), "aufbruch/"))


def test_what_is_released_is_read_in_public(as_jonas):
    version = release_by_command(draft(small_files()), by="Test")

    assert as_jonas.get(path(version)).headers["Location"] == "/programme/kleines-programm/1.0.0/"


@pytest.mark.parametrize("end", ["nirgends/", "aufbruch/leitfaden/", "aufbruch/dateien/nichts.png"])
def test_what_is_not_there_is_not_found(as_jonas, end):
    assert as_jonas.get(path(draft(small_files()), end)).status_code == 404


def test_draft_and_received_version_lead_to_their_text(as_jonas):
    for version in (make_received("1.0.0"), draft(small_files("1.1.0"))):
        assert f'href="{path(version)}"' in read(as_jonas, f"/buero/programme/versionen/{version.public_id}/")


@pytest.mark.parametrize("end, queries", [("", 10), ("aufbruch/", 12)])
def test_reading_costs_the_same_whatever_the_size(as_jonas, django_assert_num_queries, end, queries):
    version = draft(small_files())

    with django_assert_num_queries(queries):
        as_jonas.get(path(version, end))


@pytest.mark.parametrize("cards", [False, True])
@pytest.mark.parametrize(
    "end, queries", [("kompetenzen/", 11), ("kompetenzen/planen/", 13), ("methoden/", 13), ("glossar/", 11)]
)
def test_what_holds_for_the_whole_costs_the_same_whatever_it_says(as_jonas, django_assert_num_queries, end, queries, cards):
    version = draft(taught_files(cards=cards))

    with django_assert_num_queries(queries):
        as_jonas.get(place(version, end))
