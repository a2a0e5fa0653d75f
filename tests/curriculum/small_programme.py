"""A folder with a small right programme, as the reader gets it: two modules, three units, two competencies, one picture."""

from staffel.curriculum.core.files import InMemory

HEAD = """\
key: kleines-programm
title: Kleines Programm
summary: Zum Ausprobieren.
version: "1.0.0"
language: de
licence: CC-BY-4.0
author: Staffel
notes: Erste Fassung.
aim: Etwas können.
audience: Alle.
completion:
  attendance_percent: 80
  presentation: yes
timetable:
  weekdays: [Dienstag, Donnerstag]
  starts: "09:00"
  minutes: 240
synchronous_percent: 100
fee: no
modules:
  - key: grundlagen
    title: Grundlagen
    summary: Der Anfang.
    required: yes
    units: [aufbruch, weiter]
  - key: umsetzen
    title: Umsetzen
    summary: Das Ende.
    required: no
    units: [schluss]
"""

COMPETENCIES = """\
competencies:
  - key: planen
    field: Strategie
    title: Planen
    text: Sie planen.
  - key: reden
    field: Menschen
    title: Reden
    text: Sie reden.
"""

UNIT = """\
title: Aufbruch
kind: session
minutes: 240
objectives:
  - text: Sie fangen an.
    verb: anfangen
    level: apply
    competency: planen
    reaches: 1
  - text: Sie reden darüber.
    verb: reden
    level: apply
    competency: reden
    reaches: 2
materials:
  - title: Ein Punkt
    author: Staffel
    licence: CC0-1.0
    language: de
    file: punkt.png
    alt: Ein schwarzer Punkt
"""

LATER = UNIT[: UNIT.index("materials:")].replace("Aufbruch", "Weiter")

LAST = """\
title: Schluss
kind: self-study
minutes: 60
objectives:
  - text: Sie hören auf.
    verb: aufhören
    level: remember
    competency: reden
    reaches: 1
"""

# The smallest picture there is: one black point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63600000000200014865"
    "6fba0000000049454e44ae426082"
)


def small_programme(**changes: str | bytes | None) -> dict[str, bytes]:
    """Return the files by their path; ``changes`` replaces files by ``head``, ``competencies``, ``unit``, ``summary`` or
    ``picture``, and takes away those that are None."""
    files = {
        "head": ("programme.yaml", HEAD),
        "competencies": ("competencies.yaml", COMPETENCIES),
        "unit": ("units/aufbruch/unit.yaml", UNIT),
        "summary": ("units/aufbruch/summary.md", "Worum es **geht**.\n"),
        "picture": ("units/aufbruch/files/punkt.png", PNG),
        "later_unit": ("units/weiter/unit.yaml", LATER),
        "later_summary": ("units/weiter/summary.md", "Worum es weiter geht.\n"),
        "last_unit": ("units/schluss/unit.yaml", LAST),
        "last_summary": ("units/schluss/summary.md", "Womit es aufhört.\n"),
    }
    found = {}
    for name, (path, text) in files.items():
        content = changes.get(name, text)
        if content is not None:
            found[path] = content.encode() if isinstance(content, str) else content
    return found


def small_files(number: str = "1.0.0", **changes: str | bytes | None) -> InMemory:
    """Return the same as files to be read, with another number."""
    head = changes.pop("head", HEAD)
    head = head.replace('"1.0.0"', f'"{number}"') if isinstance(head, str) else head
    return InMemory(small_programme(head=head, **changes))
