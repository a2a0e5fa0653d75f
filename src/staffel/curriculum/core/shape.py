"""How the values of ``content.py`` are built, as a table: what comparing and merging walk along, with German words.

A *place* is a path of words into a programme: ``("units", "wozu-digital", "quiz", "item-3", "prompt")``. Entries of lists
with keys are called by their key, those of lists without by their number from 1, blocks of prose ``block-1``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Any

from staffel.curriculum.core import content as c
from staffel.curriculum.core.words import flowing

Place = tuple[str, ...]


class Sort(StrEnum):
    """How a field is compared and merged.

    ``value``: as a whole. ``prose``: by blocks and lines. ``entry``: by the fields of one dataclass, which may be missing.
    ``keyed``: a tuple of entries, each called by its key. ``listed``: a tuple of entries without a key.
    """

    VALUE = "value"
    PROSE = "prose"
    ENTRY = "entry"
    KEYED = "keyed"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its German ``label``, what its entries are (``of``) and the word for ``one`` of them."""

    name: str
    label: str
    sort: Sort = Sort.VALUE
    of: type | None = None
    one: str = ""


# Keys are no fields: they say which entry it is. The units of a module are placed by merging.py, the size of a material goes
# with its digest.
FIELDS: dict[type, tuple[Field, ...]] = {
    c.Outline: (
        Field("key", "Kurzname"),
        Field("title", "Titel"),
        Field("summary", "Worum es geht", Sort.PROSE),
        Field("version", "Version"),
        Field("language", "Sprache"),
        Field("licence", "Lizenz"),
        Field("author", "Urheber"),
        Field("notes", "Was neu ist", Sort.PROSE),
        Field("aim", "Ziel", Sort.PROSE),
        Field("audience", "Für wen", Sort.PROSE),
        Field("completion", "Abschlussregel", Sort.ENTRY, c.Completion),
        Field("timetable", "Terminvorlage", Sort.ENTRY, c.Timetable),
        Field("synchronous_percent", "Anteil gemeinsamer Stunden in Prozent"),
        Field("fee", "Kostet die Teilnehmenden etwas"),
        Field("competencies", "Kompetenzen", Sort.KEYED, c.Competency, "Kompetenz"),
        Field("modules", "Module", Sort.KEYED, c.Module, "Modul"),
        Field("methods", "Methodensammlung", Sort.KEYED, c.Method, "Methode"),
        Field("glossary", "Glossar", Sort.KEYED, c.Term, "Begriff"),
        Field("note", "Anmerkung"),
    ),
    c.Completion: (
        Field("attendance_percent", "Anwesenheit in Prozent"),
        Field("presentation", "Präsentation"),
    ),
    c.Timetable: (Field("weekdays", "Wochentage"), Field("starts", "Beginn"), Field("minutes", "Minuten")),
    c.Competency: (
        Field("field", "Kompetenzfeld"),
        Field("title", "Titel"),
        Field("text", "Beschreibung"),
        Field("levels", "Stufen", Sort.LISTED, str, "Stufe"),
        Field("digcomp", "DigComp", Sort.KEYED, str, "Nummer"),
        Field("esco", "ESCO", Sort.KEYED, str, "Adresse"),
        Field("note", "Anmerkung"),
    ),
    c.Module: (
        Field("title", "Titel"),
        Field("summary", "Worum es geht", Sort.PROSE),
        Field("required", "Pflichtmodul"),
        Field("note", "Anmerkung"),
    ),
    c.Method: (
        Field("title", "Titel"),
        Field("purpose", "Wozu"),
        Field("shortest", "Minuten mindestens"),
        Field("longest", "Minuten höchstens"),
        Field("people", "Für wie viele"),
        Field("preparation", "Vorbereitung", Sort.PROSE),
        Field("steps", "Ablauf", Sort.PROSE),
        Field("online", "Online", Sort.PROSE),
        Field("on_site", "Vor Ort", Sort.PROSE),
        Field("pitfalls", "Was schiefgeht", Sort.PROSE),
        Field("sources", "Quellen", Sort.KEYED, c.Reference, "Quelle"),
        Field("note", "Anmerkung"),
    ),
    c.Term: (
        Field("term", "Begriff"),
        Field("text", "Erklärung", Sort.PROSE),
        Field("see", "Siehe auch", Sort.KEYED, str, "Begriff"),
        Field("note", "Anmerkung"),
    ),
    c.Unit: (
        Field("title", "Titel"),
        Field("kind", "Art"),
        Field("minutes", "Minuten"),
        Field("reading_minutes", "Lesezeit in Minuten"),
        Field("objectives", "Lernziele", Sort.LISTED, c.Objective, "Lernziel"),
        Field("summary", "Zusammenfassung", Sort.PROSE),
        Field("plan", "Ablauf", Sort.LISTED, c.Step, "Schritt"),
        Field("handout", "Handreichung", Sort.PROSE),
        Field("guide", "Leitfaden", Sort.PROSE),
        Field("slides", "Folien", Sort.PROSE),
        Field("exercises", "Übungen", Sort.KEYED, c.Exercise, "Übung"),
        Field("quiz", "Quiz", Sort.KEYED, c.Item, "Frage"),
        Field("task", "Transferaufgabe", Sort.ENTRY, c.Task),
        Field("sources", "Quellen", Sort.KEYED, c.Reference, "Quelle"),
        Field("materials", "Materialien", Sort.KEYED, c.Material, "Material"),
        Field("note", "Anmerkung"),
    ),
    c.Objective: (
        Field("text", "Satz"),
        Field("verb", "Verb"),
        Field("level", "Taxonomiestufe"),
        Field("competency", "Kompetenz"),
        Field("reaches", "Stufe der Kompetenz"),
    ),
    c.Step: (
        Field("minutes", "Minuten"),
        Field("phase", "Phase"),
        Field("method", "Methode"),
        Field("card", "Methodenkarte"),
        Field("who", "Wer"),
        Field("form", "Sozialform"),
        Field("active", "Teilnehmende sind aktiv"),
        Field("material", "Material"),
        Field("text", "Was geschieht"),
    ),
    c.Exercise: (
        Field("title", "Titel"),
        Field("minutes", "Minuten"),
        Field("form", "Sozialform"),
        Field("competency", "Kompetenz"),
        Field("text", "Text", Sort.PROSE),
    ),
    c.Item: (
        Field("kind", "Art"),
        Field("competency", "Kompetenz"),
        Field("prompt", "Fragetext", Sort.PROSE),
        Field("answers", "Antworten", Sort.LISTED, c.Answer, "Antwort"),
        Field("feedback", "Rückmeldung"),
    ),
    c.Answer: (
        Field("text", "Text"),
        Field("right", "Richtig"),
        Field("feedback", "Rückmeldung"),
        Field("partner", "Gegenstück"),
    ),
    c.Task: (
        Field("title", "Titel"),
        Field("artefact", "Baustein der Strategie"),
        Field("also", "Weitere Bausteine", Sort.KEYED, c.Artefact, "Baustein"),
        Field("instruction", "Auftrag", Sort.PROSE),
        Field("template", "Vorlage", Sort.PROSE),
        Field("rubric", "Bewertungsraster", Sort.KEYED, c.Criterion, "Kriterium"),
    ),
    c.Criterion: (Field("title", "Titel"), Field("levels", "Stufen", Sort.LISTED, str, "Stufe")),
    c.Reference: (
        Field("title", "Titel"),
        Field("publisher", "Herausgeber"),
        Field("year", "Jahr"),
        Field("link", "Adresse"),
        Field("accessed", "Abgerufen am"),
    ),
    c.Material: (
        Field("title", "Titel"),
        Field("author", "Urheber"),
        Field("licence", "Lizenz"),
        Field("language", "Sprache"),
        Field("alt", "Alternativtext"),
        Field("sha256", "Inhalt der Datei"),
    ),
}
BY_NAME = {kind: {field.name: field for field in fields} for kind, fields in FIELDS.items()}

WORDS = {
    c.UnitKind.SESSION: "gemeinsam",
    c.UnitKind.SELF_STUDY: "Selbststudium",
    c.Level.REMEMBER: "erinnern",
    c.Level.UNDERSTAND: "verstehen",
    c.Level.APPLY: "anwenden",
    c.Level.ANALYSE: "analysieren",
    c.Level.EVALUATE: "bewerten",
    c.Level.CREATE: "erschaffen",
    c.ItemKind.SINGLE: "eine Antwort",
    c.ItemKind.MULTIPLE: "mehrere Antworten",
    c.ItemKind.ORDER: "Reihenfolge",
    c.ItemKind.MATCH: "Zuordnung",
    c.ItemKind.GAP: "Lücke",
    c.Form.ALONE: "allein",
    c.Form.PAIRS: "zu zweit",
    c.Form.GROUPS: "in Gruppen",
    c.Form.PLENARY: "im Plenum",
    c.Artefact.MANDATE: "Auftrag",
    c.Artefact.STOCKTAKING: "Bestandsaufnahme",
    c.Artefact.ACTOR_MAP: "Akteurskarte",
    c.Artefact.MATURITY_CHECK: "Reifegradcheck",
    c.Artefact.VISION: "Leitbild",
    c.Artefact.FIELDS_AND_GOALS: "Handlungsfelder und Ziele",
    c.Artefact.MEASURE_SHEETS: "Maßnahmenblätter",
    c.Artefact.PRIORITISING: "Priorisierung",
    c.Artefact.ROADMAP: "Fahrplan",
    c.Artefact.PARTICIPATION_PLAN: "Beteiligungsplan",
    c.Artefact.PROTECTION_CHECK: "Datenschutz- und Sicherheitscheck",
    c.Artefact.COUNCIL_PAPER: "Ratsvorlage",
}
SPECIAL = (
    (re.compile(r"block-(\d+)"), "Absatz {}"),
    (re.compile(r"after-block-(\d+)"), "nach Absatz {}"),
    (re.compile(r"old-block-(\d+)"), "bisheriger Absatz {}"),
    (re.compile(r"order"), "Reihenfolge"),
)


def key_of(entry: Any) -> str:
    """Return what an entry of a keyed list is called by: its key, a material by its file or link, a text by itself."""
    if isinstance(entry, c.Material):
        return entry.file or entry.link
    return entry if isinstance(entry, str) else entry.key


def called(entries: tuple) -> dict[str, Any]:
    """Return the entries of a keyed list by their names; a key that is there again gets a number: ``key``, ``key#2``."""
    result: dict[str, Any] = {}
    for entry in entries:
        name, number = key_of(entry), 1
        while name in result:
            number += 1
            name = f"{key_of(entry)}#{number}"
        result[name] = entry
    return result


def shown(value: Any) -> str:
    """Return ``value`` as people read it: a text as it is, numbers, words for yes, no and what is chosen from a list, days.

    An entry becomes one line ``Label: value`` for each field that is not empty, a list its entries with a blank line between.
    Prose in an entry has its paragraphs on one line each: how wide somebody wrapped them is nobody's concern.
    """
    for kind, words in SHOWN:
        if isinstance(value, kind):
            return words(value)
    if type(value) not in FIELDS:
        return str(value)
    texts = ((field.label, _field(field, getattr(value, field.name))) for field in FIELDS[type(value)])
    return "\n".join(f"{label}:{chr(10) if chr(10) in text else ' '}{text}" for label, text in texts if text)


def _field(field: Field, value: Any) -> str:
    return flowing(value) if field.sort is Sort.PROSE else shown(value)


def _list(value: tuple) -> str:
    if all(isinstance(entry, int) for entry in value):
        return ", ".join(c.WEEKDAYS[entry] if entry in range(7) else str(entry) for entry in value)
    return ("\n" if all(isinstance(entry, str) for entry in value) else "\n\n").join(map(shown, value))


SHOWN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (NoneType, lambda _: ""),
    (bool, lambda value: "ja" if value else "nein"),
    (StrEnum, lambda value: WORDS[value]),
    (date, lambda value: f"{value:%d.%m.%Y}"),
    (tuple, _list),
)


def words_in(value: Any) -> str:
    """Return the texts of an entry without labels, numbers and choices: what makes two entries alike."""
    if isinstance(value, str):
        return value
    texts = (getattr(value, field.name) for field in FIELDS[type(value)])
    return " ".join(text for text in texts if type(text) is str)


def label(place: Place, title: str = "") -> str:
    """Return German words for a place, from the whole to the part: ``Einheit „Wozu digital“ · Quiz · Frage „item-3“``.

    ``title`` is that of the unit; without it its key stands there.
    """
    kind: type | None = c.Outline
    parts = list(place)
    words = []
    if parts[:1] == ["units"] and len(parts) > 1:
        words.append(f"Einheit „{title or parts[1]}“")
        kind, parts = c.Unit, parts[2:]
    return " · ".join(words + _words(kind, parts))


def label_inside(place: Place) -> str:
    """Return German words for a place in a unit without the unit: ``Quiz · Frage „item-3“``."""
    return " · ".join(_words(c.Unit, list(place[2:])))


def _words(kind: type | None, parts: list[str]) -> list[str]:
    words = []
    inside: Field | None = None
    for part in parts:
        special = next((text.format(*found.groups()) for mark, text in SPECIAL if (found := mark.fullmatch(part))), "")
        if inside is not None and inside.sort in (Sort.KEYED, Sort.LISTED) and part != "order":
            words.append(_entry(inside, part))
            kind, inside = inside.of, None
        elif special:
            words.append(special)
        elif kind in BY_NAME and part in BY_NAME[kind]:
            field = BY_NAME[kind][part]
            words.append(field.label)
            inside = field
            if field.sort is Sort.ENTRY:
                kind, inside = field.of, None
        else:
            words.append({"module": "Modul"}.get(part, part))
    return words


def _entry(field: Field, part: str) -> str:
    if field.sort is Sort.KEYED:
        return f"{field.one} „{part}“"
    if part.startswith("new-"):
        return f"neu: {field.one}"
    if part.startswith("old-"):
        return f"bisher {field.one} {part.removeprefix('old-')}"
    return f"{field.one} {part}"
