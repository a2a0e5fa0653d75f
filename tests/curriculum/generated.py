"""Programmes that are made up: any number of units with every field in use, and strategies for hypothesis.

``generated(2)`` is in memory; ``Generated(5000)`` makes a unit when it is asked for. Equal arguments give equal programmes.
"""

import hashlib
import random
from datetime import date
from io import BytesIO

from staffel.curriculum.core.content import (
    Answer,
    Artefact,
    Competency,
    Completion,
    Criterion,
    Exercise,
    Form,
    Item,
    ItemKind,
    Level,
    Material,
    Method,
    Module,
    Objective,
    Outline,
    Reference,
    Step,
    Task,
    Term,
    Timetable,
    Unit,
    UnitKind,
    Whole,
)
from tests.curriculum.small_text import small_files
from tests.curriculum.strategies import outlines, units, units_with_files, wholes

__all__ = ["Generated", "generated", "outlines", "small_files", "units", "units_with_files", "wholes"]

COMPETENCIES = 6
METHODS = 4
TERMS = 5
UNITS_IN_A_MODULE = 5

_WHO = (
    "Die Kämmerei",
    "Das Bauamt",
    "Der Personalrat",
    "Die Bürgermeisterin",
    "Eine Nachbargemeinde",
    "Das Ordnungsamt",
    "Der Eigenbetrieb",
)
_DOES = ("prüft", "beschreibt", "veröffentlicht", "bespricht", "ergänzt", "vergleicht", "begründet", "ordnet", "verschiebt")
_WHAT = (
    "die Liste der Verfahren",
    "den Entwurf der Strategie",
    "die Kosten im laufenden Betrieb",
    "das Verzeichnis der Daten",
    "die Rückmeldungen aus der Sitzung",
    "den Vertrag mit dem Dienstleister",
    "die Karte der Beteiligten",
)
_HOW = (
    "vor der Sitzung des Rates",
    "mit den Fachämtern",
    "nach drei Monaten",
    "in einfachen Worten",
    "für alle sichtbar",
    "„ohne Umwege“",
    "im Sinne von § 5 der Satzung",
)
_WHY = ("damit andere darauf aufbauen können", "weil das Geld dafür fehlt", "obwohl es eilt", "sobald der Beschluss vorliegt")


def generated(units=2, *, seed=0, rich=True) -> Whole:
    """Return a programme with every field and kind in use, at least two modules, one of them elective; ``units`` >= 2."""
    source = Generated(units, seed=seed, rich=rich)
    found = {key: source.unit(key) for key in source.outline.units}
    files = {
        (key, material.file): source.open(key, material.file).read()
        for key, unit in found.items()
        for material in unit.materials
        if material.file
    }
    return Whole(source.outline, found, files)


class Generated:
    """The same as a source that makes each unit when it is asked for, so that a large programme takes no memory."""

    def __init__(self, units=2, *, seed=0, rich=True):
        if units < 2:
            raise ValueError(f"a programme has at least 2 units here, not {units}")
        self.seed, self.rich = seed, rich
        self.outline = _outline(units, seed)
        self._numbers = {key: number for number, key in enumerate(self.outline.units)}

    def unit(self, key):
        return _unit(self._numbers[key], self.seed, self.rich)

    def unit_digest(self, key):
        return repr(self.unit(key))

    def open(self, key, name):
        return BytesIO(_files(self._numbers[key], self.seed)[name])


def _sentence(chance):
    pick = chance.choice
    return f"{pick(_WHO)} {pick(_DOES)} {pick(_WHAT)} {pick(_HOW)}, {pick(_WHY)}."


def _sentences(chance, count):
    return " ".join(_sentence(chance) for _ in range(count))


def _outline(units, seed):
    chance = random.Random(seed)
    keys = [_key(number) for number in range(units)]
    size = min(UNITS_IN_A_MODULE, (units + 1) // 2)
    modules = tuple(
        Module(
            key=f"modul-{number + 1}",
            title=f"Modul {number + 1}: {chance.choice(_WHAT)}",
            summary=_sentences(chance, 2),
            required=number % 3 != 1,
            units=tuple(keys[start : start + size]),
            note="Reihenfolge mit den Ländern besprochen." if number == 0 else "",
        )
        for number, start in enumerate(range(0, units, size))
    )
    return Outline(
        key="erdachtes-programm",
        title="Erdachtes Programm: ein Beispiel",
        summary=_sentences(chance, 2) + "\n\n" + _sentence(chance),
        version="1.0.0",
        language="de",
        licence="CC-BY-4.0",
        author="Staffel",
        notes="Erste Fassung.",
        aim=_sentences(chance, 2),
        audience=_sentence(chance),
        completion=Completion(80, True),
        timetable=Timetable((1, 3), "09:00", 240),
        synchronous_percent=60,
        fee=False,
        competencies=tuple(_competency(chance, number) for number in range(COMPETENCIES)),
        modules=modules,
        methods=tuple(_method(chance, place) for place in range(METHODS)),
        glossary=tuple(_term(chance, place) for place in range(TERMS)),
        note="Nur zum Ausprobieren.",
    )


def _competency(chance, number):
    return Competency(
        key=f"kompetenz-{number + 1}",
        field=("Strategie", "Technik")[number % 2],
        title=f"{chance.choice(_WHAT).capitalize()} einordnen",
        text=_sentences(chance, 2),
        levels=tuple(_sentence(chance) for _ in range(4)) if number % 2 == 0 else (),
        digcomp=("1.2", "5.3") if number == 0 else (),
        esco=("http://data.europa.eu/esco/skill/1973c966-f236-40c9-b2d4-5d71a89019be",) if number == 0 else (),
        note="Aus zwei zusammengelegt." if number == 1 else "",
    )


def _method(chance, place):
    return Method(
        key=f"methode-{place + 1}",
        title=("Weltcafé", "Murder Board", "Stakeholder-Landkarte", "Kollegiale Fallberatung")[place % 4],
        purpose=_sentence(chance),
        shortest=20 + 10 * place,
        longest=40 + 10 * place,
        people=f"{8 + place} bis 25 Personen, in Gruppen zu vier",
        preparation=f"- {_sentence(chance)}\n- {_sentence(chance)}",
        steps=f"1. {_sentence(chance)}\n2. {_sentence(chance)}\n3. {_sentence(chance)}",
        online=_sentences(chance, 2),
        on_site=_sentences(chance, 2),
        pitfalls=f"{_sentence(chance)}\n\n:::hint\n{_sentence(chance)}\n:::",
        sources=(_source(chance, 0),) if place % 2 == 0 else (),
        note="Im Probelauf bewährt." if place == 0 else "",
    )


def _term(chance, place):
    return Term(
        key=f"begriff-{place + 1}",
        term=("Ämterkonferenz", "Bürgerhaushalt", "Datenplattform", "Open Data", "5G")[place % 5],
        text=_sentences(chance, 2) + (f"\n\n{_sentence(chance)}" if place == 0 else ""),
        see=(f"begriff-{(place + 1) % TERMS + 1}",) if place % 2 == 0 else (),
        note="Noch einmal prüfen." if place == 1 else "",
    )


def _key(number):
    return f"einheit-{number + 1}"


def _files(number, seed):
    """Return the materials of a unit by name: a drawing and a text."""
    height = 40 + (number * 7 + seed) % 60
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 120" role="img">\n'
        f"  <title>Stufen {number + 1}</title>\n"
        f'  <rect x="10" y="{110 - height}" width="40" height="{height}" fill="#1b4d89"/>\n'
        f'  <rect x="70" y="{110 - height // 2}" width="40" height="{height // 2}" fill="#8aa9c9"/>\n'
        "</svg>\n"
    )
    text = "".join(f"{line + 1}. {_sentence(random.Random(f'{seed}-{number}-{line}'))}\n" for line in range(12))
    return {"stufen.svg": drawing.encode(), "vorlage.txt": text.encode()}


def _unit(number, seed, rich):
    chance = random.Random(f"{seed}-{number}-{rich}")
    held = number % 4 != 1
    more = 1 if rich else 0
    files = _files(number, seed)
    return Unit(
        key=_key(number),
        title=f"{number + 1}. {chance.choice(_WHAT).capitalize()}: {chance.choice(_HOW)}",
        kind=UnitKind.SESSION if held else UnitKind.SELF_STUDY,
        minutes=240 if held else 90,
        objectives=tuple(_objective(chance, number, place) for place in range(3)),
        summary=_sentences(chance, 3) + "\n\n- " + _sentence(chance) + "\n- " + _sentence(chance),
        reading_minutes=25 if rich else 0,
        plan=_plan(chance, number) if held else (),
        handout=_handout(chance, 18 * more + 1),
        guide=_guide(chance, 5 * more + 1),
        slides=_slides(chance, 4 * more + 1),
        exercises=tuple(_exercise(chance, place, number) for place in range(1 + 2 * more)),
        quiz=_quiz(chance, number, 5 + 3 * more),
        task=_task(chance, number),
        sources=tuple(_source(chance, place) for place in range(2 + 2 * more)),
        materials=_materials(files),
        note="Im Probelauf dauerte die Gruppenarbeit länger.\n\nBeim nächsten Mal prüfen." if number % 2 == 0 else "",
    )


def _objective(chance, number, place):
    levels = list(Level)
    return Objective(
        text=f"Sie {chance.choice(('prüfen', 'beschreiben', 'vergleichen'))} {chance.choice(_WHAT)} {chance.choice(_HOW)}.",
        verb=chance.choice(("prüfen", "beschreiben", "vergleichen")),
        level=levels[(number + place) % len(levels)],
        competency=f"kompetenz-{(number * 3 + place) % COMPETENCIES + 1}",
        reaches=1 + (number + place) % 4,
    )


def _plan(chance, number):
    forms = list(Form)
    return tuple(
        Step(
            minutes=minutes,
            phase=phase,
            method=method,
            who=who,
            form=forms[place % len(forms)],
            active=place % 3 != 1,
            material="stufen.svg" if place == 1 else "",
            text=_sentences(chance, 2),
            card=f"methode-{number % METHODS + 1}" if phase == "Erarbeiten" else "",
        )
        for place, (minutes, phase, method, who) in enumerate((
            (20, "Ankommen", "Runde", "Kursleitung"),
            (40, "Einstieg", "Vortrag mit Fragen", "Referentin"),
            (15, "Pause", "frei", "alle"),
            (60, "Erarbeiten", "Gruppenarbeit", "Kursleitung"),
            (15, "Pause", "frei", "alle"),
            (60, "Vertiefen", "Kollegiale Beratung", "Teilnehmende"),
            (30, "Abschluss", "Blitzlicht", "Kursleitung"),
        ))
    )  # fmt: skip


def _handout(chance, parts):
    directives = (
        lambda: f":::hint Bitte vorher klären\n{_sentence(chance)}\n:::",
        lambda: f":::task\n{_sentence(chance)}\n\n1. {_sentence(chance)}\n2. {_sentence(chance)}\n:::",
        lambda: f":::definition Digitale Souveränität\n{_sentence(chance)}\n:::",
        lambda: f":::example Aus einer Stadt mit 9.000 Menschen\n{_sentences(chance, 2)}\n:::",
        lambda: f":::checklist Vor dem Beschluss\n- {_sentence(chance)}\n- {_sentence(chance)}\n:::",
        lambda: ":::table Wer macht was\n| Wer | Was |\n| --- | --- |\n| Kämmerei | prüft |\n| Bauamt | liefert |\n:::",
        lambda: f":::figure stufen.svg\n{_sentence(chance)}\n:::",
        lambda: f":::download vorlage.txt\n{_sentence(chance)}\n:::",
    )
    found = []
    for part in range(parts):
        found.append(f"## {part + 1}. {chance.choice(_WHAT).capitalize()}")
        found.append(_sentences(chance, 3))
        found += [directives[place % len(directives)]() for place in ((part,) if parts > 1 else range(len(directives)))]
        found.append(f"Mehr dazu steht im [Leitfaden](https://www.beispiel.example/{part}), `kurz` und **knapp**.")
    return "\n\n".join(found)


def _guide(chance, parts):
    return "\n\n".join(f"### Schritt {part + 1}\n\n{_sentences(chance, 3)}" for part in range(parts))


def _slides(chance, parts):
    return "\n\n".join(f"## Folie {part + 1}\n\n- {_sentence(chance)}\n- {_sentence(chance)}" for part in range(parts))


def _exercise(chance, place, number):
    return Exercise(
        key=f"uebung-{place + 1}",
        title=f"{chance.choice(_WHAT).capitalize()} ordnen",
        minutes=20 + 10 * place,
        form=list(Form)[place % 4],
        text=_sentences(chance, 2) + "\n\n:::hint\n" + _sentence(chance) + "\n:::\n\n" + _sentence(chance),
        competency=f"kompetenz-{(number * 3 + place) % COMPETENCIES + 1}" if place == 0 else "",
    )


def _quiz(chance, number, count):
    kinds = list(ItemKind)
    return tuple(_item(chance, kinds[place % len(kinds)], place, number) for place in range(count))


def _item(chance, kind, place, number):
    gap = kind is ItemKind.GAP
    answers = tuple(
        Answer(
            text=f"Antwort {letter}" if gap else f"{letter}: {_sentence(chance)}",
            right=kind not in {ItemKind.SINGLE, ItemKind.MULTIPLE}
            or (at == place % 3)
            or (kind is ItemKind.MULTIPLE and at == 0),
            feedback="" if kind in {ItemKind.ORDER, ItemKind.GAP} else _sentence(chance),
            partner=f"Gegenstück {letter}" if kind is ItemKind.MATCH else "",
        )
        for at, letter in enumerate("ABC")
    )
    return Item(
        key=f"frage-{place + 1}",
        kind=kind,
        competency=f"kompetenz-{(number * 3 + place % 3) % COMPETENCIES + 1}",
        prompt=f"{_sentence(chance)} Was folgt daraus?" + ("\n\nBitte wählen Sie." if place % 2 else ""),
        answers=answers,
        feedback=_sentence(chance) if place % 2 == 0 else "",
    )


def _task(chance, number):
    return Task(
        title=f"Für Ihr Haus: {chance.choice(_WHAT)}",
        artefact=list(Artefact)[number % len(Artefact)],
        instruction=_sentences(chance, 3) + "\n\n:::download vorlage.txt\nDie Vorlage dazu.\n:::",
        template=f"## {chance.choice(_WHAT).capitalize()}\n\n| Frage | Antwort |\n| --- | --- |\n| Wer? | |\n| Bis wann? | |",
        rubric=tuple(
            Criterion(f"kriterium-{place + 1}", chance.choice(_WHAT), tuple(_sentence(chance) for _ in range(2 + place)))
            for place in range(3)
        ),
        also=(list(Artefact)[(number + 1) % len(Artefact)],) if number % 2 == 0 else (),
    )


def _source(chance, place):
    linked = place % 2 == 0
    return Reference(
        key=f"quelle-{place + 1}",
        title=f"Leitfaden {place + 1}: {chance.choice(_WHAT)}",
        publisher="Kommunaler Verbund",
        year=2020 + place if linked else 0,
        link=f"https://www.beispiel.example/leitfaden/{place + 1}" if linked else "",
        accessed=date(2026, 11, 1 + place) if linked else None,
    )


def _materials(files):
    described = {
        "stufen.svg": ("Stufen des Ausbaus", "Zwei Balken, der linke doppelt so hoch."),
        "vorlage.txt": ("Vorlage", ""),
    }
    found = [
        Material(
            title=described[name][0],
            author="Staffel",
            licence="CC-BY-4.0",
            language="de",
            file=name,
            alt=described[name][1],
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
        )
        for name, content in files.items()
    ]
    link = "https://www.beispiel.example/video"
    return (*found, Material("Film", "Kommunaler Verbund", "CC-BY-SA-4.0", "de-DE", link=link))
