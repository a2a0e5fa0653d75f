import pytest

from staffel.curriculum import words
from staffel.curriculum.core.content import Artefact, Form, ItemKind, Level
from staffel.curriculum.pages import digcomp, media


@pytest.mark.parametrize(
    "minutes, said", [(60, "1 Stunde"), (240, "4 Stunden"), (90, "1,5 Stunden"), (60_000, "1.000 Stunden")]
)
def test_hours_in_words(minutes, said):
    assert words.hours(minutes) == said


@pytest.mark.parametrize("minutes, said", [(1, "1 Minute"), (45, "45 Minuten"), (1500, "1.500 Minuten")])
def test_in_minutes(minutes, said):
    assert words.in_minutes(minutes) == said


@pytest.mark.parametrize("minutes, said", [(0, "0:00"), (545, "9:05"), (1470, "0:30")])
def test_clock(minutes, said):
    assert words.clock(minutes) == said


def test_a_licence_that_is_not_known_is_called_as_it_is():
    assert words.licence("CC0-1.0")[0] == "CC0 1.0"
    assert words.licence("EUPL-1.2") == ("EUPL-1.2", "EUPL-1.2", "")


@pytest.mark.parametrize("name, kind", [("a.PDF", "PDF"), ("a.xyz", "XYZ"), ("a", "Datei"), ("a.tar.zip", "ZIP")])
def test_file_kind(name, kind):
    assert words.file_kind(name) == kind


def test_a_fingerprint_stands_in_groups_of_four():
    assert words.groups("0123456789ab") == ["0123", "4567", "89ab"]


def test_a_language_has_a_name_or_its_tag():
    assert (words.language("de"), words.language("nds")) == ("Deutsch", "nds")


@pytest.mark.parametrize("table, kind", [
    (words.LEVELS, Level), (words.FORMS, Form), (words.ITEMS, ItemKind), (words.ARTEFACTS, Artefact),
])  # fmt: skip
def test_every_member_has_a_word(table, kind):
    assert set(table) == set(kind)


def test_digcomp_has_its_21_competences():
    assert len(digcomp.NAMES) == 21
    assert digcomp.in_words("1.2") == "1.2 Daten, Informationen und digitale Inhalte bewerten"
    assert digcomp.in_words("9.9") == "9.9"


@pytest.mark.parametrize("name, kind", [
    ("a.svg", "image/svg+xml"), ("a.PNG", "image/png"), ("a.html", "application/octet-stream"),
    ("a.js", "application/octet-stream"), ("a", "application/octet-stream"), ("a.csv", "text/csv; charset=utf-8"),
])  # fmt: skip
def test_media_type_by_the_ending(name, kind):
    assert media.media_type(name) == kind


def test_only_pictures_are_shown():
    assert {name for name, kind in media.TYPES.items() if kind in media.SHOWN} == {
        ".jpeg", ".jpg", ".png", ".svg", ".webp",
    }  # fmt: skip
