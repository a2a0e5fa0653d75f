from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core import content as c
from staffel.curriculum.core.comparing import Change, Kind, UnitChange, compare
from tests.curriculum.core.small_versions import material, programme, unit
from tests.curriculum.core.versions import one_edited


def inside(old, new):
    """The changes of the only unit that changed."""
    (change,) = compare(programme(old), programme(new)).units()
    return [(found.place[2:], found.kind, found.old, found.new) for found in change.changes]


def test_equal_versions_have_no_differences():
    comparison = compare(programme(unit("a")), programme(unit("a")))

    assert (comparison.outline, list(comparison.units()), comparison.is_empty()) == ((), [], True)


def test_the_outline_is_compared_field_by_field():
    old = programme(unit("a"))
    new = programme(
        unit("a"),
        title="Neu",
        completion=c.Completion(70, True),
        fee=True,
        competencies=(replace(old.outline.competencies[0], text="Sie planen gut."), c.Competency("b", "F", "B", "T")),
    )

    assert compare(old, new).outline == (
        Change(("title",), Kind.CHANGED, "Probe", "Neu"),
        Change(("completion", "attendance_percent"), Kind.CHANGED, "80", "70"),
        Change(("fee",), Kind.CHANGED, "nein", "ja"),
        Change(("competencies", "planen", "text"), Kind.CHANGED, "Sie planen.", "Sie planen gut."),
        Change(("competencies", "b"), Kind.ADDED, "", "Kompetenzfeld: F\nTitel: B\nBeschreibung: T"),
    )


def test_units_are_added_removed_moved_and_changed():
    old = programme(unit("a"), unit("b"), unit("c"), unit("d"), modules=(("m", "a b"), ("n", "c d")))
    new = programme(unit("b"), unit("c"), unit("d", minutes=90), unit("e"), modules=(("m", "b e c"), ("n", "d")))

    assert list(compare(old, new).units()) == [
        UnitChange("a", "A", Kind.REMOVED, ("m", ""), ("planen",)),
        UnitChange("e", "E", Kind.ADDED, ("", "m"), ("planen",)),
        UnitChange("c", "C", Kind.MOVED, ("n", "m"), ("planen",)),
        UnitChange(
            "d", "D", Kind.CHANGED, ("n", "n"), ("planen",), (Change(("units", "d", "minutes"), Kind.CHANGED, "60", "90"),)
        ),
    ]


def test_as_few_units_as_possible_count_as_moved():
    units = [unit(key) for key in "abcde"]
    comparison = compare(programme(*units), programme(*units[1:], units[0]))

    assert [(change.key, change.kind) for change in comparison.units()] == [("a", Kind.MOVED)]


def test_units_of_a_module_that_moves_do_not_move():
    units = [unit(key) for key in "abc"]
    old, new = (programme(*units, modules=order) for order in ((("m", "a b"), ("n", "c")), (("n", "c"), ("m", "a b"))))
    comparison = compare(old, new)

    assert list(comparison.units()) == []
    assert comparison.outline == (Change(("modules", "n"), Kind.MOVED, "Stelle 2", "Stelle 1"),)


def test_prose_is_compared_by_blocks():
    new = unit("a", summary="Vorweg etwas Neues.\n\nEins ist sehr gut.\n\nDrei ist viel.")

    assert inside(unit("a"), new) == [
        (("summary", "block-1"), Kind.ADDED, "", "Vorweg etwas Neues."),
        (("summary", "block-2"), Kind.CHANGED, "Eins ist gut.", "Eins ist sehr gut."),
        (("summary", "old-block-2"), Kind.REMOVED, "Zwei ist besser.", ""),
    ]


def test_blank_lines_alone_are_a_change():
    old, new = unit("a", summary="Eins\n\nZwei"), unit("a", summary="Eins\n\n\nZwei")

    assert inside(old, new) == [(("summary",), Kind.CHANGED, "Eins\n\nZwei", "Eins\n\n\nZwei")]


def test_lists_without_keys_are_compared_by_what_is_alike():
    old = unit("a")
    pause = c.Step(5, "Pause", "Pause", "Alle", c.Form.ALONE, True, "", "Kaffee.")
    new = replace(old, plan=(pause, replace(old.plan[1], minutes=35)))

    assert inside(old, new) == [
        (("plan", "old-1"), Kind.REMOVED,
         "Minuten: 20\nPhase: Einstieg\nMethode: Vortrag\nWer: Leitung\nSozialform: im Plenum\n"
         "Teilnehmende sind aktiv: nein\nWas geschieht: Wir beginnen.", ""),
        (("plan", "1"), Kind.ADDED, "",
         "Minuten: 5\nPhase: Pause\nMethode: Pause\nWer: Alle\nSozialform: allein\n"
         "Teilnehmende sind aktiv: ja\nWas geschieht: Kaffee."),
        (("plan", "2", "minutes"), Kind.CHANGED, "40", "35"),
    ]  # fmt: skip


def test_keyed_entries_are_compared_by_key():
    old = unit("a")
    item = old.quiz[0]
    new = replace(old, quiz=(replace(item, key="q0"), replace(item, prompt="Wie?", answers=item.answers[:1])))

    assert inside(old, new)[1:] == [
        (("quiz", "q1", "prompt", "old-block-1"), Kind.REMOVED, "Was?", ""),
        (("quiz", "q1", "prompt", "block-1"), Kind.ADDED, "", "Wie?"),
        (("quiz", "q1", "answers", "old-2"), Kind.REMOVED, "Text: Nein\nRichtig: nein\nRückmeldung: Nun.", ""),
    ]
    assert inside(old, new)[0][:2] == (("quiz", "q0"), Kind.ADDED)


def test_a_task_and_the_bytes_of_a_file_are_changes():
    task = c.Task("Aufgabe", c.Artefact.VISION, "Tun Sie es.", "", ())
    one, other = material("a.txt", b"eins"), material("a.txt", b"zwei")

    assert inside(unit("a"), unit("a", task=task)) == [
        (("task",), Kind.ADDED, "", "Titel: Aufgabe\nBaustein der Strategie: Leitbild\nAuftrag: Tun Sie es.")
    ]
    assert inside(unit("a", materials=(one,)), unit("a", materials=(other,))) == [
        (("materials", "a.txt", "sha256"), Kind.CHANGED, f"SHA-256 {one.sha256}", f"SHA-256 {other.sha256}")
    ]


def test_labels_and_words():
    (change,) = compare(programme(unit("a")), programme(unit("a", title="Neu", minutes=61))).units()

    assert (change.label, change.place) == ("Einheit „Neu“", ("units", "a"))
    assert [found.label for found in change.changes] == ["Titel", "Minuten"]
    assert change.changes[0].words == (("removed", "A"), ("added", "Neu"))


class Counting:
    """A source that notes which units were opened."""

    def __init__(self, source, prefix=""):
        self.outline, self.source, self.prefix, self.opened = source.outline, source, prefix, []

    def unit(self, key):
        self.opened.append(key)
        return self.source.unit(key)

    def unit_digest(self, key):
        return self.prefix + self.source.unit_digest(key)


def test_equal_units_are_never_opened():
    units = [unit(key) for key in "abc"]
    old = Counting(programme(*units))
    new = Counting(programme(units[0], replace(units[1], minutes=61), units[2]))

    assert [change.key for change in compare(old, new).units()] == ["b"]
    assert (old.opened, new.opened) == (["b"], ["b"])


def test_digests_of_another_kind_are_no_change():
    old, new = Counting(programme(unit("a"))), Counting(programme(unit("a")), "other ")

    assert list(compare(old, new).units()) == []
    assert (old.opened, new.opened) == (["a"], ["a"])


@given(st.integers(0, 1 << 32).map(one_edited))
def test_something_is_different_exactly_if_the_versions_are_and_each_place_is_there_once(versions):
    old, new = versions
    comparison = compare(old, new)
    units = list(comparison.units())
    places = [change.place for change in comparison.outline]
    places += [change.place for unit in units for change in (unit, *unit.changes)]

    assert comparison.is_empty() == (old.outline == new.outline and dict(old.units) == dict(new.units))
    assert len(places) == len(set(places))
    assert all(change.label and change.words for unit in units for change in unit.changes)
    assert all(change.old != change.new for unit in units for change in unit.changes)
    assert [unit.kind for unit in units if unit.kind is Kind.CHANGED and not unit.changes] == []
    assert {unit.key for unit in units if unit.kind is Kind.ADDED} == set(new.units) - set(old.units)
    assert {unit.key for unit in units if unit.kind is Kind.REMOVED} == set(old.units) - set(new.units)
