"""A folder with a small right programme, as the reader gets it: two modules, three units, two competencies."""

HEAD = """\
key: kleines-programm
title: Kleines Programm
summary: Zum Ausprobieren.
version: "1.0.0"
released_on: 2026-03-02
notes: Erste Fassung.
licence: CC-BY-4.0
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

MODULE = """\
title: Grundlagen
summary: Der Anfang.
required: yes
"""

UNIT = """\
---
title: Aufbruch
minutes: 240
objectives:
  - Sie fangen an.
competencies: [planen, reden]
---
Worum es **geht**.
"""


def small_programme(**changes: str | bytes | None) -> dict[str, bytes]:
    """Return the files by their path; ``changes`` replaces files by the names ``head``, ``module``, ``unit`` or ``second``."""
    names = {
        "head": "programme.yaml",
        "module": "modules/1-grundlagen/module.yaml",
        "unit": "modules/1-grundlagen/1-aufbruch.md",
        "later_unit": "modules/1-grundlagen/2-weiter.md",
        "second": "modules/2-umsetzen/module.yaml",
        "last_unit": "modules/2-umsetzen/3-schluss.md",
    }
    texts = {
        "head": HEAD,
        "module": MODULE,
        "unit": UNIT,
        "later_unit": UNIT.replace("Aufbruch", "Weiter"),
        "second": MODULE.replace("Grundlagen", "Umsetzen"),
        "last_unit": UNIT.replace("Aufbruch", "Schluss").replace("[planen, reden]", "[reden]"),
    }
    texts.update(changes)
    return {
        names.get(name, name): text if isinstance(text, bytes) else text.encode()
        for name, text in texts.items()
        if text is not None
    }
