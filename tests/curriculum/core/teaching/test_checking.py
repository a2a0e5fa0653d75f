from dataclasses import replace

import pytest

from staffel.curriculum.core import content as c
from staffel.curriculum.core.teaching.checking import findings_in
from staffel.curriculum.core.teaching.coverage import Coverage, coverage
from tests.curriculum.core.teaching.taught_well import FEEDBACK, HANDOUT, OUTLINE, UNIT, programme


def said(source):
    return [str(finding) for finding in findings_in(source)]


def changed_item(number, **changes):
    return {"quiz": tuple(replace(item, **changes) if n == number else item for n, item in enumerate(UNIT.quiz))}


def test_a_programme_that_can_be_taught_has_no_findings():
    assert said(programme()) == []


def with_the_right_one_longest(answer):
    return replace(answer, text=f"{answer.text} Und zwar jeden Tag.") if answer.right else answer


STEP = UNIT.plan[0]
ANSWERS = UNIT.quiz[0].answers


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {"minutes": 200},
            [
                "Einheit „aufbruch“ · Minuten: Die Einheit hat 200 Minuten, ein Termin hat 240.",
                "Einheit „aufbruch“ · Ablauf: Die Schritte haben zusammen 240 Minuten, die Einheit hat 200.",
            ],
        ),
        ({"plan": ()}, ["Einheit „aufbruch“ · Ablauf: Der Ablauf fehlt."]),
        (
            {"plan": (replace(STEP, minutes=109), replace(UNIT.plan[1], minutes=131))},
            [
                "Einheit „aufbruch“ · Ablauf: In 131 von 240 Minuten tun die Teilnehmenden selbst etwas; gewollt sind "
                "mindestens 55,0 Prozent."
            ],
        ),
        ({"reading_minutes": 0}, ["Einheit „aufbruch“ · Lesezeit in Minuten: Die Lesezeit fehlt. Gemessen sind 2,0 Minuten."]),
        ({"reading_minutes": 3}, ["Einheit „aufbruch“ · Lesezeit in Minuten: Angegeben sind 3 Minuten, gemessen 2,0."]),
        (
            {"exercises": (replace(UNIT.exercises[0], competency=""),)},
            [
                "Einheit „aufbruch“ · Übungen · Übung „gehen“: Es fehlt, welche Kompetenz die Übung übt.",
                "Kompetenzen · Kompetenz „planen“: Keine Übung eines Pflichtmoduls übt diese Kompetenz.",
            ],
        ),
        (
            {"exercises": (*UNIT.exercises, replace(UNIT.exercises[0], key="reden", competency="reden"))},
            ["Einheit „aufbruch“ · Übungen · Übung „reden“: „reden“ steht in keinem Lernziel dieser Einheit."],
        ),
        (
            changed_item(3, competency="reden"),
            ["Einheit „aufbruch“ · Quiz · Frage „frage-3“: „reden“ steht in keinem Lernziel dieser Einheit."],
        ),
        (
            {"objectives": (*UNIT.objectives, replace(UNIT.objectives[0], competency="reden"))},
            ["Einheit „aufbruch“ · Quiz: Keine Frage prüft die Kompetenz „reden“ aus den Lernzielen."],
        ),
        (
            {"quiz": UNIT.quiz[:11]},
            ["Einheit „aufbruch“ · Quiz: Das Quiz hat 11 Fragen; gewollt sind mindestens 12."],
        ),
        (
            {"quiz": (*(item for item in UNIT.quiz if item.kind is not c.ItemKind.GAP), *UNIT.quiz[1::4])},
            ["Einheit „aufbruch“ · Quiz: Die Fragen sind von 3 Arten; gewollt sind mindestens 4."],
        ),
        (
            changed_item(1, answers=(c.Answer("Alle genannten.", True, FEEDBACK), c.Answer("Der Mond.", False, FEEDBACK))),
            [
                "Einheit „aufbruch“ · Quiz · Frage „frage-1“: Die Antwort „Alle genannten.“ sagt etwas über die anderen statt "
                "über die Sache."
            ],
        ),
        (
            changed_item(1, answers=(c.Answer("Das Amt.", True, FEEDBACK), c.Answer("Der Hof.", True, FEEDBACK))),
            [
                "Einheit „aufbruch“ · Quiz · Frage „frage-1“: Alle Antworten sind richtig. So zeigt die Frage nicht, wer "
                "unterscheiden kann."
            ],
        ),
        (
            changed_item(1, answers=(c.Answer("Das Amt.", True, FEEDBACK), c.Answer("Das Amt.", False, FEEDBACK))),
            ["Einheit „aufbruch“ · Quiz · Frage „frage-1“: Die Antwort „Das Amt.“ steht mehrmals da."],
        ),
        (
            changed_item(1, answers=(c.Answer("Das Amt.", True, ""), c.Answer("Der Mond.", False, FEEDBACK))),
            ["Einheit „aufbruch“ · Quiz · Frage „frage-1“: Zur Antwort „Das Amt.“ fehlt die Rückmeldung."],
        ),
        (
            changed_item(3, feedback=""),
            ["Einheit „aufbruch“ · Quiz · Frage „frage-3“: Es fehlt eine Rückmeldung, die die Antwort erklärt."],
        ),
        (
            {"quiz": tuple(replace(item, answers=ANSWERS) if item.kind is c.ItemKind.SINGLE else item for item in UNIT.quiz)},
            [
                "Einheit „aufbruch“ · Quiz: Die richtigen Antworten stehen nicht gleichmäßig verteilt: Platz 1 3-mal, Platz 2 "
                "0-mal, Platz 3 0-mal.",
            ],
        ),
        (
            {"quiz": tuple(replace(item, answers=tuple(map(with_the_right_one_longest, item.answers))) for item in UNIT.quiz)},
            ["Einheit „aufbruch“ · Quiz: Bei 3 von 3 Fragen ist die längste Antwort die richtige."],
        ),
        (
            {"sources": ()},
            ["Einheit „aufbruch“ · Handreichung: https://musterstadt.example/baeume steht nicht unter den Quellen."],
        ),
        (
            {"handout": HANDOUT.replace("musterstadt.example/baeume", "musterstadt")},
            [
                "Einheit „aufbruch“ · Handreichung: https://musterstadt steht nicht unter den Quellen.",
                "Einheit „aufbruch“ · Handreichung: https://musterstadt ist keine vollständige Adresse.",
            ],
        ),
        (
            {"sources": (replace(UNIT.sources[0], accessed=None),)},
            ["Einheit „aufbruch“ · Quellen · Quelle „weg“: Es fehlt, wann die Adresse gelesen wurde."],
        ),
        (
            {"sources": (*UNIT.sources, c.Reference("blatt", "Ein Blatt", "Musterstadt", 0, "", None))},
            ["Einheit „aufbruch“ · Quellen · Quelle „blatt“: Weder Adresse noch Jahr sind angegeben."],
        ),
        (
            {"guide": "Sie begrüßen die Teilnehmer:innen."},
            [
                "Einheit „aufbruch“ · Leitfaden: „Teilnehmer:innen“: Bitte beide Wörter nennen oder ein neutrales. Satz: Sie "
                "begrüßen die Teilnehmer:innen."
            ],
        ),
        (
            {"guide": "Nun gehst du los."},
            ["Einheit „aufbruch“ · Leitfaden: „du“: Die Texte sagen Sie. Satz: Nun gehst du los."],
        ),
        (
            {"guide": "Die Mitarbeiter gehen."},
            [
                "Einheit „aufbruch“ · Leitfaden: „Mitarbeiter“ meint nur Männer. Besser: Beschäftigte. "
                "Satz: Die Mitarbeiter gehen."
            ],
        ),
        ({"guide": "Gehen Sie!"}, ["Einheit „aufbruch“ · Leitfaden: Niemand wird angerufen: Gehen Sie!"]),
    ],
)
def test_what_is_to_be_mended_is_said_with_its_place(changes, sentences):
    assert said(programme(**changes)) == sentences


def test_both_words_and_the_official_title_are_in_order():
    guide = "Bürgerinnen und Bürger kommen. Kolleginnen und Kollegen gehen. Er heißt Smart City Manager:in. Ein Bürger klagte."

    assert said(programme(guide=guide)) == []


def test_a_competency_counts_only_where_everybody_works_on_it():
    (module,) = OUTLINE.modules
    outline = replace(OUTLINE, modules=(replace(module, required=False),))

    assert said(programme(outline)) == [
        "Kompetenzen · Kompetenz „planen“: Kein Lernziel eines Pflichtmoduls arbeitet an dieser Kompetenz.",
        "Kompetenzen · Kompetenz „planen“: Keine Übung eines Pflichtmoduls übt diese Kompetenz.",
        "Kompetenzen · Kompetenz „planen“: Keine Frage eines Pflichtmoduls prüft diese Kompetenz.",
    ]


def test_method_cards_and_glossary_are_read_too():
    method = c.Method("runde", "Runde", "Alle reden.", 5, 10, "bis 25", "Nichts.", "Die Teilnehmer reden.", "", "", "")
    term = c.Term("amt", "Amt", "Ein Amt hilft dir.")

    assert said(programme(replace(OUTLINE, methods=(method,), glossary=(term,)))) == [
        "Methodensammlung · Methode „runde“: „Teilnehmer“ meint nur Männer. Besser: Teilnehmende. Satz: Die Teilnehmer reden.",
        "Glossar: „dir“: Die Texte sagen Sie. Satz: Ein Amt hilft dir.",
    ]


def test_coverage_names_the_units():
    assert coverage(OUTLINE, [UNIT]) == {"planen": Coverage(("aufbruch",), ("aufbruch",), ("aufbruch",))}
