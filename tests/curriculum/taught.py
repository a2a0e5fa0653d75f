"""The small programme with one unit in which everything is in use, and the way to release it."""

import hashlib

from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.reader import read_programme
from tests.curriculum.small_programme import UNIT, small_programme

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><title>Stufen</title><rect width="2" height="2"/></svg>\n'
FILES = {"stufen.svg": SVG, "tabelle.csv": b"a;b\n"}


def _known(name):
    return f"sha256: {hashlib.sha256(FILES[name]).hexdigest()}\n    size: {len(FILES[name])}"


TAUGHT = (
    UNIT[: UNIT.index("materials:")]
    + f"""\
plan:
  - minutes: 30
    phase: Ankommen
    method: Begrüßung
    who: Leitung
    form: plenary
    active: no
    material: ""
    text: Alle kommen an.
  - minutes: 60
    phase: Ankommen
    method: Karten
    who: Gruppe
    form: groups
    active: yes
    material: Karten
    text: Alle ordnen Karten.
  - minutes: 150
    phase: Arbeiten
    method: Entwurf
    who: alle
    form: pairs
    active: yes
    material: ""
    text: Alle schreiben.
sources:
  - key: charta
    title: Eine Charta
    publisher: Amt
    year: 2017
    link: https://www.beispiel.example/charta
    accessed: 2026-11-25
  - key: buch
    title: Ein Buch
    publisher: Verlag
materials:
  - title: Tabelle zum Ausfüllen
    author: Amt & Co
    licence: CC-BY-4.0
    language: de
    file: tabelle.csv
    {_known("tabelle.csv")}
  - title: Stufen
    author: Staffel
    licence: CC-BY-4.0
    language: de
    file: stufen.svg
    alt: Zwei Stufen
    {_known("stufen.svg")}
  - title: Charta im Netz
    author: Amt
    licence: CC-BY-4.0
    language: en
    link: https://www.beispiel.example/charta
"""
)

HANDOUT = """\
## Zuerst

Ein Satz mit \\<b>.

:::hint
Bitte vorher *lesen*.
:::

:::table Wer < was
| Wer | Was |
| --- | --- |
| Amt | prüft |
:::

### Danach

:::figure stufen.svg
Zwei Stufen nach oben.
:::

:::download tabelle.csv
Zum Ausfüllen.
:::
"""

EXERCISES = """\
exercises:
  - key: ordnen
    title: Karten ordnen
    minutes: 45
    form: groups
    text: Ordnen Sie die **Karten**.
"""

QUIZ = """\
quiz:
  - key: erste
    kind: single
    competency: planen
    prompt: Was kommt zuerst?
    answers:
      - text: Die Aufgabe
        right: yes
        feedback: Sie ist der Anfang.
      - text: Die Technik
        right: no
        feedback: Sie kommt später.
  - key: reihe
    kind: order
    competency: planen
    prompt: In welcher Reihenfolge?
    answers:
      - {text: Eins, right: yes, feedback: ""}
      - {text: Zwei, right: yes, feedback: ""}
      - {text: Drei, right: yes, feedback: ""}
"""

TASK = """\
title: Ein Leitsatz
artefact: mandate
instruction: Schreiben Sie einen Satz.
template: Unsere Kommune …
rubric:
  - key: satz
    title: Der Satz
    levels: [zu lang, gut]
"""


CARDS = {
    "methods.yaml": """\
methods:
  - key: karten
    title: Karten
    purpose: Alle denken zugleich.
    shortest: 20
    longest: 60
    people: 4 bis 25 Personen, in Gruppen
    preparation: Karten und Stifte.
    steps: |-
      1. Alle schreiben.
      2. Alle ordnen.
    online: Auf einer gemeinsamen Tafel.
    on_site: An einer Wand.
    pitfalls: Zu kleine Schrift.
    sources:
      - key: heft
        title: Ein Heft
        publisher: Amt
        year: 2020
""",
    "glossary.yaml": """\
glossary:
  - key: rat
    term: Rat
    text: Er beschließt.
  - key: aemter
    term: Ämter
    text: Sie bereiten vor.
    see:
      - rat
""",
}
WITH_CARDS = {
    "unit.yaml": TAUGHT.replace("method: Karten", "method: Karten\n    card: karten").replace(
        "objectives:", "reading_minutes: 25\nobjectives:"
    ),
    "slides.md": "## Erste Folie\n\n- Ein Punkt\n",
    "exercises.yaml": EXERCISES.replace("form: groups", "form: groups\n    competency: reden"),
    "task.yaml": TASK.replace("artefact: mandate", "artefact: mandate\nalso: [vision, roadmap]"),
}


def taught_files(number="1.0.0", *, unit=TAUGHT, handout=HANDOUT, cards=False, **changes):
    """Return the files of the programme, whose first unit has everything; ``changes`` as for ``small_programme``.

    With ``cards`` it has methods and a glossary, too, and the unit what may be missing beside them.
    """
    files = small_programme(unit=unit, **changes)
    files["programme.yaml"] = files["programme.yaml"].replace(b'"1.0.0"', f'"{number}"'.encode())
    parts = {
        "handout.md": handout,
        "guide.md": "## Vorher\n\nStellen Sie Stühle.\n",
        "exercises.yaml": EXERCISES,
        "quiz.yaml": QUIZ,
        "task.yaml": TASK,
        **{f"files/{name}": content for name, content in FILES.items()},
    }
    del files["units/aufbruch/files/punkt.png"]
    if cards:
        parts |= WITH_CARDS
        files |= {path: content.encode() for path, content in CARDS.items()}
    for name, content in parts.items():
        files[f"units/aufbruch/{name}"] = content if isinstance(content, bytes) else content.encode()
    return InMemory(files)


def taught_unit(**changes):
    """Return the unit in which everything is in use, as values."""
    return read_programme(taught_files(**changes)).unit("aufbruch")


def released(files, **facts):
    """Return the version that ``files`` became, released, and signed if the programme gets an ``organisation``."""
    return release_by_command(load_programme(files, by="Test", **facts).version, by="Test")
