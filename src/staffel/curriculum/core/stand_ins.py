"""What stands in a draft from a foreign package until somebody writes it, and how it is found again before a release."""

from staffel.curriculum.core.content import Competency, Level, Objective, Outline
from staffel.curriculum.core.files import Files

COMPETENCY = Competency(
    "noch-zuordnen",
    "Noch zuzuordnen",
    "Noch zuzuordnen",
    "Dieser Platzhalter stammt aus dem Import. Bitte legen Sie Kompetenzen an und ordnen Sie Lernziele und Fragen zu.",
)
OBJECTIVE = Objective("Dieses Lernziel ist noch zu schreiben.", "schreiben", Level.UNDERSTAND, COMPETENCY.key, 1)
AUTHOR, LICENCE = "Unbekannt", "NOASSERTION"
FEEDBACK = "Noch keine Rückmeldung."
PICTURE_TEXT = "Noch ohne Beschreibung."


def left_in(files: Files, outline: Outline) -> tuple[str, ...]:
    """Return what is still a stand-in, each kind as a few German words; ``files`` are canonical.

    The text of a unit's files is searched and not read, so this costs little more than fetching them.
    """
    found = []
    if outline.licence == LICENCE:
        found.append("die Lizenz des Programms")
    if any(competency.key == COMPETENCY.key for competency in outline.competencies):
        found.append("die Kompetenz „Noch zuzuordnen“")
    marks = {f"licence: {LICENCE}": "die Lizenz", OBJECTIVE.text: "die Lernziele", PICTURE_TEXT: "die Bildbeschreibung"}
    units: dict[str, int] = dict.fromkeys(marks, 0)
    for path in files.paths():
        if path.endswith("/unit.yaml"):
            with files.open(path) as stream:
                text = stream.read().decode()
            for mark in marks:
                units[mark] += mark in text
    words = {1: "in 1 Einheit"}
    found += [f"{marks[mark]} {words.get(count, f'in {count} Einheiten')}" for mark, count in units.items() if count]
    return tuple(found)
