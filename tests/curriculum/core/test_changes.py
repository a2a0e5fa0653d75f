from dataclasses import replace

import pytest

from staffel.curriculum.core import content as c
from staffel.curriculum.core.changes import ChangeLog, Weight, change_log, kind_of, proposed_number
from staffel.curriculum.core.comparing import compare
from tests.curriculum.core.small_versions import material, programme, unit

A, B, EXTRA = unit("a"), unit("b"), unit("x")
TWO = (("m", "a"), ("n", "b"))
BASE = programme(A, B, modules=TWO)
PLANEN = BASE.outline.competencies[0]
ITEM = A.quiz[0]
TASK = c.Task("T", c.Artefact.VISION, "Tun Sie es.", "", (c.Criterion("k", "K", ("schwach", "gut")),))
METHOD = c.Method("r", "Runde", "Ankommen.", 5, 20, "Alle", "Nichts.", "Reden.", "Der Reihe nach.", "Im Kreis.", "Zu lang.")
TERM, OTHER = c.Term("rat", "Rat", "Er beschließt."), c.Term("amt", "Amt", "Es bereitet vor.")


def changed(**facts):
    """The programme with the unit of the required module changed."""
    return programme(replace(A, **facts), B, modules=TWO)


def competency(**facts):
    return programme(A, B, modules=TWO, competencies=(replace(PLANEN, **facts),))


@pytest.mark.parametrize("new, kind", [
    (BASE, None),
    (programme(A, B, modules=TWO, version="9.0.0"), None),
    # Major
    (competency(text="Anders."), "major"),
    (competency(title="Anders"), "major"),
    (competency(levels=("a", "b", "c", "d")), "major"),
    (competency(key="anders"), "major"),
    (programme(A, B, modules=TWO, competencies=()), "major"),
    (programme(A, B, modules=TWO, completion=c.Completion(70, True)), "major"),
    (programme(B, modules=(("n", "b"),)), "major"),
    (programme(B, modules=(("m", ""), ("n", "b"))), "major"),
    # Minor
    (competency(digcomp=("1.1",)), "minor"),
    (programme(A, modules=(("m", "a"), ("n", ""))), "minor"),
    (programme(A, modules=(("m", "a"),)), "minor"),
    (programme(A, B, EXTRA, modules=(("m", "a x"), ("n", "b"))), "minor"),
    (programme(A, B, EXTRA, modules=(*TWO, ("o", "x"))), "minor"),
    (programme(A, B, modules=(("m", "a b"), ("n", ""))), "minor"),
    (programme(A, B, modules=TWO, fee=True), "minor"),
    (programme(A, B, modules=TWO, licence="CC0-1.0"), "minor"),
    (programme(A, B, modules=TWO, timetable=c.Timetable((2,), "09:00", 240)), "minor"),
    (changed(minutes=61), "minor"),
    (changed(kind=c.UnitKind.SELF_STUDY), "minor"),
    (changed(plan=A.plan[::-1]), "minor"),
    (changed(objectives=(replace(A.objectives[0], reaches=3),)), "minor"),
    (changed(quiz=()), "minor"),
    (changed(quiz=(replace(ITEM, kind=c.ItemKind.MULTIPLE),)), "minor"),
    (changed(quiz=(replace(ITEM, answers=(replace(ITEM.answers[0], right=False), ITEM.answers[1])),)), "minor"),
    (changed(quiz=(replace(ITEM, answers=ITEM.answers[:1]),)), "minor"),
    (changed(exercises=(c.Exercise("e", "E", 5, c.Form.ALONE, "T"),)), "minor"),
    (changed(task=TASK), "minor"),
    (programme(A, B, modules=TWO, methods=(METHOD,)), "minor"),
    (programme(A, B, modules=TWO, glossary=(TERM,)), "minor"),
    (changed(materials=(material("a.txt", b"eins"),)), "minor"),
    # Patch
    (competency(field="Anders"), "patch"),
    (competency(note="Merke."), "patch"),
    (programme(A, B, modules=TWO, title="Anders"), "patch"),
    (programme(A, B, modules=TWO, notes="Anders."), "patch"),
    (changed(summary="Eins ist gut."), "patch"),
    (changed(title="Anders"), "patch"),
    (changed(handout="Anders."), "patch"),
    (changed(quiz=(replace(ITEM, prompt="Wie?"),)), "patch"),
    (changed(quiz=(replace(ITEM, answers=(replace(ITEM.answers[0], text="Ja, ja"), ITEM.answers[1])),)), "patch"),
])  # fmt: skip
def test_kind_of(new, kind):
    assert kind_of(compare(BASE, new)) == kind


def test_a_module_that_becomes_optional_is_major_and_its_words_are_not():
    first, second = BASE.outline.modules
    optional = replace(BASE.outline, modules=(replace(first, required=False), second))
    reworded = replace(BASE.outline, modules=(replace(first, title="Anders", summary="Anders."), second))

    assert kind_of(compare(BASE, replace(BASE, outline=optional))) is Weight.MAJOR
    assert kind_of(compare(BASE, replace(BASE, outline=reworded))) is Weight.PATCH


@pytest.mark.parametrize("rubric, kind", [
    ((), "minor"),
    ((replace(TASK.rubric[0], title="Anders"),), "patch"),
    ((*TASK.rubric, c.Criterion("l", "L", ("schwach", "gut"))), "minor"),
])  # fmt: skip
def test_kind_of_changes_of_a_rubric(rubric, kind):
    old, new = (programme(replace(A, task=task)) for task in (TASK, replace(TASK, rubric=rubric)))

    assert kind_of(compare(old, new)) == kind


@pytest.mark.parametrize("old, new, kind", [
    ((TERM, OTHER), (TERM,), "minor"),
    ((TERM, OTHER), (OTHER, TERM), "patch"),
    ((TERM, OTHER), (TERM, replace(OTHER, text="Anders.")), "patch"),
])  # fmt: skip
def test_kind_of_changes_of_the_glossary(old, new, kind):
    assert kind_of(compare(programme(A, glossary=old), programme(A, glossary=new))) == kind


def test_words_of_a_method_are_wording():
    old, new = (programme(A, methods=(each,)) for each in (METHOD, replace(METHOD, longest=90, steps="Anders.")))

    assert kind_of(compare(old, new)) is Weight.PATCH
    assert change_log(compare(old, new)).outline == ("Methodensammlung ist geändert.",)


def test_another_competency_of_an_exercise_is_minor_and_its_text_is_not():
    exercise = c.Exercise("e", "E", 5, c.Form.ALONE, "T")
    versions = [
        programme(unit("a", exercises=(one,)))
        for one in (exercise, replace(exercise, competency="planen"), replace(exercise, text="Anders"))
    ]

    assert kind_of(compare(versions[0], versions[1])) is Weight.MINOR
    assert kind_of(compare(versions[0], versions[2])) is Weight.PATCH


def test_other_bytes_of_a_file_are_minor_and_its_title_is_not():
    old = material("a.txt", b"eins")
    versions = [programme(unit("a", materials=(one,))) for one in (old, material("a.txt", b"zwei"), replace(old, title="Neu"))]

    assert kind_of(compare(versions[0], versions[1])) is Weight.MINOR
    assert kind_of(compare(versions[0], versions[2])) is Weight.PATCH


def test_competencies_in_another_order_are_wording():
    other = c.Competency("reden", "F", "Reden", "Sie reden.")
    old, new = (programme(A, competencies=order) for order in ((PLANEN, other), (other, PLANEN)))

    assert kind_of(compare(old, new)) is Weight.PATCH


@pytest.mark.parametrize("kind, number", [("major", "2.0.0"), ("minor", "1.3.0"), ("patch", "1.2.4"), (None, "1.2.4")])
def test_proposed_number(kind, number):
    assert proposed_number("1.2.3", kind) == number


def test_change_log_tells_by_unit_and_by_competency():
    old = programme(A, B, unit("c"), modules=(("m", "a b"), ("n", "c")))
    new = programme(
        replace(A, title="Aufbruch", handout="Neu."), EXTRA, unit("c", minutes=61), modules=(("m", "a x c"), ("o", "")),
        fee=True, completion=c.Completion(70, False), competencies=(replace(PLANEN, text="Anders."),),
    )  # fmt: skip
    log = change_log(compare(old, new))

    assert log == ChangeLog(
        (
            "Abschlussregel ist geändert.",
            "Kostet die Teilnehmenden etwas ist geändert.",
            "Das Modul „N“ ist entfallen.",
            "Das Modul „O“ ist neu.",
        ),
        (
            "In „Aufbruch“ ist geändert: Titel, Handreichung.",
            "„B“ ist entfallen.",
            "„X“ ist neu.",
            "„C“ steht jetzt im Modul „M“. Geändert: Minuten.",
        ),
        ("„Planen“ ist geändert. An „Planen“ arbeiten 4 Einheiten, in denen etwas anders ist: „Aufbruch“, „B“, „X“, „C“.",),
    )
    assert log.text.startswith("**Das Ganze**\n\n- Abschlussregel ist geändert.\n")
    assert "\n\n**Einheiten**\n\n- In „Aufbruch“ ist geändert: Titel, Handreichung.\n" in log.text


def test_change_log_of_equal_versions_is_empty():
    assert change_log(compare(BASE, BASE)).text == ""


def test_change_log_of_what_moved_and_of_new_competencies():
    other = c.Competency("reden", "F", "Reden", "Sie reden.")
    old = programme(A, B, modules=(("m", "a b"), ("n", "")))
    new = programme(A, B, modules=(("n", ""), ("m", "b a")), competencies=(other,))

    assert change_log(compare(old, new)) == ChangeLog(
        ("Module stehen in anderer Reihenfolge.",),
        ("„B“ steht jetzt an anderer Stelle.",),
        ("„Planen“ ist entfallen.", "„Reden“ ist neu."),
    )
