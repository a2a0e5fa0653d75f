from dataclasses import fields
from datetime import date
from enum import StrEnum

import pytest

from staffel.curriculum.core import content as c
from staffel.curriculum.core.shape import FIELDS, WORDS, called, key_of, label, label_inside, shown, words_in

NOT_IN_THE_TABLE = {
    c.Competency: {"key"},
    c.Module: {"key", "units"},
    c.Method: {"key"},
    c.Term: {"key"},
    c.Unit: {"key"},
    c.Exercise: {"key"},
    c.Item: {"key"},
    c.Criterion: {"key"},
    c.Reference: {"key"},
    c.Material: {"file", "link", "size"},
}


@pytest.mark.parametrize("kind", list(FIELDS), ids=lambda kind: kind.__name__)
def test_every_field_of_the_content_is_in_the_table(kind):
    left_out = NOT_IN_THE_TABLE.get(kind, set())

    assert {field.name for field in FIELDS[kind]} == {field.name for field in fields(kind)} - left_out


def test_every_choice_has_a_word():
    choices = [choice for kind in vars(c).values() if isinstance(kind, type) and issubclass(kind, StrEnum) for choice in kind]

    assert set(WORDS) == set(choices)


@pytest.mark.parametrize("value, text", [
    (None, ""), ("", ""), ((), ""), ("Wort", "Wort"), (3, "3"), (True, "ja"), (False, "nein"),
    (c.UnitKind.SELF_STUDY, "Selbststudium"), (date(2026, 3, 2), "02.03.2026"), ((0, 3, 9), "Montag, Donnerstag, 9"),
    (("eins", "zwei"), "eins\nzwei"),
    ((c.Artefact.VISION, c.Artefact.MANDATE), "Leitbild\nAuftrag"),
    (c.Answer("Ja", True, ""), "Text: Ja\nRichtig: ja"),
    ((c.Answer("Ja", True, ""), c.Answer("Nein", False, "")), "Text: Ja\nRichtig: ja\n\nText: Nein\nRichtig: nein"),
    (c.Exercise("k", "T", 5, c.Form.PAIRS, "Eins\nzwei"), "Titel: T\nMinuten: 5\nSozialform: zu zweit\nText: Eins zwei"),
])  # fmt: skip
def test_shown(value, text):
    assert shown(value) == text


@pytest.mark.parametrize("place, words", [
    (("title",), "Titel"),
    (("completion", "attendance_percent"), "Abschlussregel · Anwesenheit in Prozent"),
    (("competencies", "planen", "levels", "2"), "Kompetenzen · Kompetenz „planen“ · Stufen · Stufe 2"),
    (("modules", "order"), "Module · Reihenfolge"),
    (("modules", "grundlagen"), "Module · Modul „grundlagen“"),
    (("modules", "grundlagen", "order"), "Module · Modul „grundlagen“ · Reihenfolge"),
    (("units", "aufbruch"), "Einheit „Der Aufbruch“"),
    (("units", "aufbruch", "module"), "Einheit „Der Aufbruch“ · Modul"),
    (("units", "aufbruch", "summary", "block-3"), "Einheit „Der Aufbruch“ · Zusammenfassung · Absatz 3"),
    (("units", "aufbruch", "guide", "after-block-2"), "Einheit „Der Aufbruch“ · Leitfaden · nach Absatz 2"),
    (("units", "aufbruch", "guide", "old-block-2"), "Einheit „Der Aufbruch“ · Leitfaden · bisheriger Absatz 2"),
    (("units", "aufbruch", "plan", "4", "method"), "Einheit „Der Aufbruch“ · Ablauf · Schritt 4 · Methode"),
    (("units", "aufbruch", "plan", "old-4"), "Einheit „Der Aufbruch“ · Ablauf · bisher Schritt 4"),
    (("units", "aufbruch", "plan", "new-0a1b"), "Einheit „Der Aufbruch“ · Ablauf · neu: Schritt"),
    (("units", "aufbruch", "quiz", "q1", "answers", "2", "right"),
     "Einheit „Der Aufbruch“ · Quiz · Frage „q1“ · Antworten · Antwort 2 · Richtig"),
    (("units", "aufbruch", "task", "rubric", "r", "title"),
     "Einheit „Der Aufbruch“ · Transferaufgabe · Bewertungsraster · Kriterium „r“ · Titel"),
    (("methods", "runde", "steps", "block-2"), "Methodensammlung · Methode „runde“ · Ablauf · Absatz 2"),
    (("glossary", "rat", "see", "order"), "Glossar · Begriff „rat“ · Siehe auch · Reihenfolge"),
])  # fmt: skip
def test_label(place, words):
    assert label(place, "Der Aufbruch") == words


def test_label_without_a_title_and_inside():
    place = ("units", "aufbruch", "quiz", "q1", "prompt")

    assert label(place) == "Einheit „aufbruch“ · Quiz · Frage „q1“ · Fragetext"
    assert label_inside(place) == "Quiz · Frage „q1“ · Fragetext"


def test_entries_are_called_by_their_keys():
    one = c.Material("A", "S", "CC0-1.0", "de", file="a.txt")
    other = c.Material("B", "S", "CC0-1.0", "de", link="https://example.org/")

    assert [key_of(entry) for entry in (one, other, "1.2", c.Criterion("k", "T", ()))] == [
        "a.txt", "https://example.org/", "1.2", "k",
    ]  # fmt: skip
    assert called((one, one, other)) == {"a.txt": one, "a.txt#2": one, "https://example.org/": other}


def test_words_in_an_entry_are_its_texts_alone():
    assert words_in(c.Answer("Ja", True, "Gut.")) == "Ja Gut. "
    assert words_in("eins zwei") == "eins zwei"
