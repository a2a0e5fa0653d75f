from dataclasses import replace

import pytest

from staffel.curriculum.core import content as c
from staffel.curriculum.core.merging import ConflictsOpen, merge
from staffel.curriculum.core.merging_values import Conflict
from tests.curriculum.core.small_versions import material, programme, unit

A, B = unit("a"), unit("b")
BASE = programme(A, B)
PICKS = ("ours", "theirs")


def units_of(source):
    return {module.key: module.units for module in source.outline.modules}


def picked(sides, **picks):
    """The merged programme with each conflict decided as said, else ours."""
    conflicts = merge(*sides).conflicts
    return merge(*sides, {one.id: {"pick": picks.get(one.id.replace("/", "_"), "ours")} for one in conflicts}).source


def test_a_field_in_conflict_can_be_ours_theirs_or_a_text():
    sides = BASE, programme(replace(A, title="Unser"), B), programme(replace(A, title="Ihrer"), B)
    merged = merge(*sides)
    place = ("units", "a", "title")

    assert merged.conflicts == (
        Conflict("units/a/title", place, "Einheit „Unser“ · Titel", "field", "A", "Unser", "Ihrer", (*PICKS, "text")),
    )
    with pytest.raises(ConflictsOpen) as refusal:
        _ = merged.source
    assert refusal.value.conflicts == merged.conflicts
    assert merged.preview.unit("a").title == "Unser"
    for choice, title in (
        ({"pick": "ours"}, "Unser"),
        ({"pick": "theirs"}, "Ihrer"),
        ({"pick": "text", "text": " Ein\nu\u0308bler Titel "}, "Ein übler Titel"),
    ):
        assert merge(*sides, {"units/a/title": choice}).source.unit("a").title == title


@pytest.mark.parametrize("choice", [{}, {"pick": "both"}, {"pick": "text"}, {"pick": "other"}, {"text": "Titel"}])
def test_what_is_no_choice_leaves_the_conflict_open(choice):
    sides = BASE, programme(replace(A, title="Unser"), B), programme(replace(A, title="Ihrer"), B)
    merged = merge(*sides, {"units/a/title": choice, "units/zzz": {"pick": "ours"}})

    assert merged.open() == merged.conflicts
    assert merged.open({"units/a/title": {"pick": "ours"}}) == ()


@pytest.mark.parametrize("choice, summary", [
    ({"pick": "ours"}, "Eins ist recht.\n\nZwei ist besser.\n\nDrei ist nichts."),
    ({"pick": "theirs"}, "Eins ist schlecht.\n\nZwei ist besser.\n\nDrei ist nichts."),
    ({"pick": "both"}, "Eins ist recht.\n\nEins ist schlecht.\n\nZwei ist besser.\n\nDrei ist nichts."),
    ({"pick": "text", "text": "Eins.\r\n\r\nUnd halb.\n"}, "Eins.\n\nUnd halb.\n\nZwei ist besser.\n\nDrei ist nichts."),
    ({"pick": "text", "text": ""}, "Zwei ist besser.\n\nDrei ist nichts."),
])  # fmt: skip
def test_blocks_in_conflict_are_decided_alone(choice, summary):
    ours = replace(A, summary=A.summary.replace("gut", "recht"))
    theirs = replace(A, summary=A.summary.replace("gut", "schlecht").replace("viel", "nichts"))
    sides = BASE, programme(ours, B), programme(theirs, B)
    (conflict,) = merge(*sides).conflicts

    assert (conflict.id, conflict.kind, conflict.picks) == ("units/a/summary/block-1", "text", (*PICKS, "both", "text"))
    assert conflict.label == "Einheit „A“ · Zusammenfassung · Absatz 1"
    assert merge(*sides, {conflict.id: choice}).source.unit("a").summary == summary


def test_fields_of_one_entry_are_merged_apart():
    ours = replace(A, plan=(replace(A.plan[0], minutes=25), A.plan[1]))
    theirs = replace(A, plan=(replace(A.plan[0], text="Wir beginnen pünktlich."), A.plan[1]))
    merged = merge(BASE, programme(ours, B), programme(theirs, B))

    assert merged.conflicts == ()
    assert merged.source.unit("a").plan[0] == replace(A.plan[0], minutes=25, text="Wir beginnen pünktlich.")
    assert merged.source.merged_units() == ("a",)


def test_an_entry_that_one_side_removed_and_the_other_changed_is_a_conflict():
    sides = BASE, programme(replace(A, quiz=()), B), programme(replace(A, quiz=(replace(A.quiz[0], prompt="Wie?"),)), B)
    (conflict,) = merge(*sides).conflicts

    assert (conflict.id, conflict.kind, conflict.ours, conflict.picks) == ("units/a/quiz/q1", "removed", "", PICKS)
    assert conflict.theirs.startswith("Art: eine Antwort\nKompetenz: planen\nFragetext: Wie?\n")
    assert picked(sides).unit("a").quiz == ()
    assert picked(sides, units_a_quiz_q1="theirs").unit("a").quiz[0].prompt == "Wie?"


def test_a_unit_that_one_side_removed_and_the_other_changed_is_a_conflict():
    sides = BASE, programme(B), programme(replace(A, minutes=90, handout="Neu."), B)

    assert merge(*sides).conflicts == (
        Conflict(
            "units/a", ("units", "a"), "Einheit „A“", "removed", "A", "", "Titel: A\ngeändert: Minuten\ngeändert: Handreichung",
            PICKS,
        ),
    )  # fmt: skip
    assert units_of(picked(sides)) == {"m": ("b",)}
    with pytest.raises(KeyError):
        picked(sides).unit("a")
    assert units_of(picked(sides, units_a="theirs")) == {"m": ("a", "b")}
    assert picked(sides, units_a="theirs").unit("a").minutes == 90


def test_a_unit_that_one_side_removed_and_the_other_left_alone_is_gone():
    merged = merge(BASE, programme(B), programme(A, replace(B, minutes=90)))

    assert (merged.conflicts, units_of(merged.source)) == ((), {"m": ("b",)})


def test_both_adding_the_same_key_is_merged_inside_and_nothing_is_lost():
    ours, theirs = unit("x", handout="Unser Blatt."), unit("x", handout="Ihr Blatt.", plan=A.plan[:1])
    merged = merge(BASE, programme(A, B, ours), programme(A, B, theirs))

    assert [(one.id, one.kind, one.base, one.picks) for one in merged.conflicts] == [
        ("units/x/plan", "list", "", (*PICKS, "both")),
        ("units/x/handout/after-block-0", "text", "", (*PICKS, "both", "text")),
    ]
    both = {one.id: {"pick": "both"} for one in merged.conflicts}
    source = merge(BASE, programme(A, B, ours), programme(A, B, theirs), both).source
    assert source.unit("x").handout == "Unser Blatt.\n\nIhr Blatt."
    assert source.unit("x").plan == A.plan


def test_a_unit_that_both_moved_elsewhere_is_a_conflict():
    order = {name: programme(A, B, modules=parts) for name, parts in {
        "base": (("m", "a b"), ("n", ""), ("o", "")),
        "ours": (("m", "b"), ("n", "a"), ("o", "")),
        "theirs": (("m", "b"), ("n", ""), ("o", "a")),
    }.items()}  # fmt: skip
    (conflict,) = merge(*order.values()).conflicts

    assert (conflict.id, conflict.base, conflict.ours, conflict.theirs) == ("units/a/module", "M", "N", "O")
    assert units_of(picked(order.values(), units_a_module="theirs")) == {"m": ("b",), "n": (), "o": ("a",)}


def test_orders_that_contradict_each_other_are_a_conflict():
    three = [unit(key) for key in "abc"]
    sides = [programme(*three, modules=(("m", order),)) for order in ("a b c", "b a c", "a c b")]
    (conflict,) = merge(*sides).conflicts

    assert (conflict.id, conflict.kind, conflict.ours) == ("modules/m/order", "list", "B\nA\nC")
    assert units_of(picked(sides)) == {"m": ("b", "a", "c")}
    assert units_of(picked(sides, modules_m_order="theirs")) == {"m": ("a", "c", "b")}


def test_units_added_by_both_sides_keep_their_neighbours():
    merged = merge(BASE, programme(A, unit("x"), B), programme(A, B, unit("y")))

    assert units_of(merged.source) == {"m": ("a", "x", "b", "y")}


def test_a_module_that_one_side_removed_while_units_came_in_is_a_conflict():
    base = programme(A, B, modules=(("m", "a"), ("n", "b")))
    ours = programme(A, modules=(("m", "a"),))
    theirs = programme(A, B, unit("x"), modules=(("m", "a"), ("n", "b x")))
    sides = base, ours, theirs

    assert [one.id for one in merge(*sides).conflicts] == ["modules/n"]
    assert units_of(picked(sides)) == {"m": ("a",)}
    assert units_of(picked(sides, modules_n="theirs")) == {"m": ("a",), "n": ("x",)}


def test_a_removed_module_comes_back_with_a_unit_that_somebody_keeps():
    base = programme(A, B, modules=(("m", "a"), ("n", "b")))
    sides = base, programme(A, modules=(("m", "a"),)), programme(A, replace(B, minutes=9), modules=(("m", "a"), ("n", "b")))

    assert [one.id for one in merge(*sides).conflicts] == ["units/b"]
    assert units_of(picked(sides)) == {"m": ("a",)}
    assert units_of(picked(sides, units_b="theirs")) == {"m": ("a",), "n": ("b",)}


def test_a_unit_moved_into_a_module_that_was_removed_stays_where_the_other_side_has_it():
    base = programme(A, B, modules=(("m", "a b"), ("n", "")))
    sides = base, programme(A, B, modules=(("m", "a b"),)), programme(A, B, modules=(("m", "a"), ("n", "b")))

    assert [one.id for one in merge(*sides).conflicts] == ["modules/n"]
    assert units_of(picked(sides)) == {"m": ("a", "b")}
    assert units_of(picked(sides, modules_n="theirs")) == {"m": ("a",), "n": ("b",)}


@pytest.mark.parametrize("pick, names", [("ours", {"a.txt": b"zwei"}), ("theirs", {"a.txt": b"drei"}), ("both", None)])
def test_a_file_that_both_changed_is_a_conflict_and_both_can_be_kept(pick, names):
    one, two, three = (material("a.txt", content) for content in (b"eins", b"zwei", b"drei"))
    sides = [
        programme(replace(A, materials=(entry,)), files={("a", "a.txt"): content})
        for entry, content in ((one, b"eins"), (replace(two, title="Unser"), b"zwei"), (three, b"drei"))
    ]
    (conflict,) = merge(*sides).conflicts
    source = picked(sides, **{"units_a_materials_a.txt_sha256": pick})
    found = {entry.file: source.open("a", entry.file).read() for entry in source.unit("a").materials}

    assert (conflict.kind, conflict.picks) == ("field", (*PICKS, "both"))
    assert conflict.ours == f"SHA-256 {two.sha256}, 4 Bytes"
    assert found == (names or {"a.txt": b"zwei", f"a-{three.sha256[:8]}.txt": b"drei"})
    assert source.unit("a").materials[0].title == "Unser"
    with pytest.raises(KeyError):
        source.open("a", "b.txt")


def test_the_number_is_never_a_conflict():
    sides = BASE, programme(A, B, version="1.0.1"), programme(A, B, version="1.1.0")

    assert merge(*sides).source.outline.version == "1.0.1"
    assert merge(*sides, number="2.0.0").source.outline.version == "2.0.0"


def test_values_that_are_no_texts_can_only_be_picked():
    sides = [
        programme(A, B, completion=c.Completion(percent, True), timetable=c.Timetable(days, "09:00", 240))
        for percent, days in ((80, (1,)), (70, (2,)), (90, (3, 4)))
    ]

    assert [(one.id, one.ours, one.theirs, one.picks) for one in merge(*sides).conflicts] == [
        ("completion/attendance_percent", "70", "90", PICKS),
        ("timetable/weekdays", "Mittwoch", "Donnerstag, Freitag", PICKS),
    ]


class Counting:
    """A source that notes which units were opened."""

    def __init__(self, source):
        self.outline, self.source, self.opened = source.outline, source, []

    def unit(self, key):
        self.opened.append(key)
        return self.source.unit(key)

    def unit_digest(self, key):
        return self.source.unit_digest(key)


def test_units_that_one_side_changed_are_not_opened():
    sides = [
        Counting(programme(*units))
        for units in ((A, B), (replace(A, minutes=9), B, unit("x")), (A, replace(B, minutes=9), unit("y")))
    ]
    merged = merge(*sides)

    assert [side.opened for side in sides] == [[], [], []]
    assert [merged.source.unit_digest(key) for key in merged.source.outline.units] == [
        side.unit_digest(key) for side, key in ((sides[1], "a"), (sides[2], "b"), (sides[1], "x"), (sides[2], "y"))
    ]
