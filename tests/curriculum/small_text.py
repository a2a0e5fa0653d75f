"""A small right programme as text, to be broken by one change."""

import hashlib

_SMALL = {
    "competencies.yaml": """\
competencies:
  - key: planen
    field: Strategie
    title: Planen
    text: Sie planen.
    levels:
      - Sie kennen Pläne.
      - Sie lesen Pläne.
      - Sie schreiben Pläne.
      - Sie verteidigen Pläne.
    digcomp:
      - "1.2"
    esco:
      - http://data.europa.eu/esco/skill/1973c966-f236-40c9-b2d4-5d71a89019be
  - key: reden
    field: Miteinander
    title: Reden
    text: Sie reden.
""",
    "glossary.yaml": """\
glossary:
  - key: amt
    term: Amt
    text: Es bereitet vor.
    see:
      - rat
  - key: rat
    term: Rat
    text: Er beschließt.
    note: Kommt oft vor.
""",
    "methods.yaml": """\
methods:
  - key: runde
    title: Runde
    purpose: Alle kommen an.
    shortest: 10
    longest: 20
    people: 4 bis 25 Personen, im Plenum
    preparation: Ein Stuhlkreis.
    steps: |-
      1. Eine beginnt.
      2. Die anderen folgen.
    online: |-
      Die Leitung ruft auf.

      Zwei Kreise.
    on_site: Im Kreis.
    pitfalls: Eine redet lange.
    sources:
      - key: heft
        title: Ein Heft
        publisher: Ein Verlag
        link: https://www.beispiel.example/heft
        accessed: 2026-11-01
    note: Kurz halten.
""",
    "programme.yaml": """\
key: kleines-programm
title: Kleines Programm
summary: Ein Programm zum Prüfen.
version: "1.0.0"
language: de
licence: CC-BY-4.0
author: Staffel
notes: Erste Fassung.
aim: Etwas können.
audience: Alle.
completion:
  attendance_percent: 80
  presentation: true
timetable:
  weekdays:
    - Dienstag
    - Donnerstag
  starts: "09:00"
  minutes: 240
synchronous_percent: 100
fee: false
modules:
  - key: grundlagen
    title: Grundlagen
    summary: Der Anfang.
    required: true
    units:
      - aufbruch
  - key: wahl
    title: Zur Wahl
    summary: Wer mag.
    required: false
    units:
      - alleine
""",
    "units/alleine/summary.md": "Worum es *alleine* geht.\n",
    "units/alleine/unit.yaml": """\
title: Alleine
kind: self-study
minutes: 30
objectives:
  - text: Sie reden mit sich.
    verb: reden
    level: apply
    competency: reden
    reaches: 2
""",
    "units/aufbruch/exercises.yaml": """\
exercises:
  - key: erste
    title: Die erste
    minutes: 10
    form: pairs
    competency: reden
    text: |-
      Erzählen Sie.

      :::hint
      Nicht zu lange.
      :::
""",
    "units/aufbruch/files/bild.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "units/aufbruch/files/liste.txt": "Eins\nZwei\n",
    "units/aufbruch/guide.md": "Für die Leitung.\n",
    "units/aufbruch/handout.md": """\
## Anfang

Ein Absatz.

:::figure bild.svg
Das Bild.
:::

:::download liste.txt
Die Liste.
:::
""",
    "units/aufbruch/quiz.yaml": """\
quiz:
  - key: eine
    kind: single
    competency: planen
    prompt: Was zuerst?
    answers:
      - text: Planen.
        right: true
        feedback: Ja.
      - text: Bauen.
        right: false
        feedback: Nein, das kommt danach.
    feedback: Siehe Handout.
  - key: paare
    kind: match
    competency: planen
    prompt: Was gehört zusammen?
    answers:
      - text: Rat
        feedback: Er beschließt.
        partner: Beschluss
      - text: Amt
        feedback: Es bereitet vor.
        partner: Vorlage
  - key: luecke
    kind: gap
    competency: reden
    prompt: Der Rat fasst einen …
    answers:
      - text: Beschluss
""",
    "units/aufbruch/slides.md": "## Eins\n\n- Der Anfang\n",
    "units/aufbruch/summary.md": "Worum es **geht**.\n",
    "units/aufbruch/task.yaml": """\
title: Für Ihr Haus
artefact: vision
also:
  - roadmap
instruction: Schreiben Sie einen Satz.
template: |-
  ## Unser Satz

  …
rubric:
  - key: klar
    title: Klarheit
    levels:
      - Noch unklar.
      - Klar.
""",
    "units/aufbruch/unit.yaml": """\
title: Aufbruch
kind: session
minutes: 240
reading_minutes: 12
objectives:
  - text: Sie planen den Anfang.
    verb: planen
    level: create
    competency: planen
    reaches: 3
  - text: Sie reden darüber.
    verb: reden
    level: understand
    competency: reden
    reaches: 1
plan:
  - minutes: 60
    phase: Ankommen
    method: Runde
    card: runde
    who: Leitung
    form: plenary
    active: true
    text: Alle sagen, wer sie sind.
  - minutes: 180
    phase: Arbeiten
    method: Gruppenarbeit
    who: Leitung
    form: groups
    active: true
    material: bild.svg
    text: Alle arbeiten.
sources:
  - key: buch
    title: Ein Buch
    publisher: Ein Verlag
    year: 2024
    link: https://www.beispiel.example/buch
    accessed: 2026-11-01
materials:
  - title: Das Bild
    author: Staffel
    licence: CC-BY-4.0
    language: de
    file: bild.svg
    alt: Ein Bild.
    sha256: SHA_BILD
    size: SIZE_BILD
  - title: Die Liste
    author: Staffel
    licence: CC0-1.0
    language: de
    file: liste.txt
    sha256: SHA_LISTE
    size: SIZE_LISTE
  - title: Ein Film
    author: Ein Verlag
    licence: CC-BY-4.0
    language: de
    link: https://www.beispiel.example/film
note: Noch prüfen.
""",
}


def small_files(**changes) -> dict[str, bytes]:
    """Return a small right programme in canonical form, by path.

    ``changes`` maps a path to (old, new), which must be there, or to the new text or bytes, or to None to leave the file out;
    give it as ``small_files(**{"programme.yaml": ("fee: false", "fee: no")})``.
    """
    files = dict(_SMALL)
    for name in ("bild.svg", "liste.txt"):
        content = files[f"units/aufbruch/files/{name}"].encode()
        word = name.partition(".")[0].upper()
        text = files["units/aufbruch/unit.yaml"].replace(f"SHA_{word}", hashlib.sha256(content).hexdigest())
        files["units/aufbruch/unit.yaml"] = text.replace(f"SIZE_{word}", str(len(content)))
    for path, change in changes.items():
        if change is None:
            del files[path]
        elif isinstance(change, tuple):
            old, new = change
            assert old in files[path], f"{old!r} is not in {path}"
            files[path] = files[path].replace(old, new, 1)
        else:
            files[path] = change
    return {path: text if isinstance(text, bytes) else text.encode() for path, text in sorted(files.items())}
