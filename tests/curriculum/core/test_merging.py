from collections import Counter
from dataclasses import fields, replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.content import Outline, Unit, Whole
from staffel.curriculum.core.merging import merge
from staffel.curriculum.core.three_way import Clash, merge_prose
from tests.curriculum.core.versions import make_prose, one_edited, two_edited


def whole(source):
    """All of a source, read."""
    units = {key: source.unit(key) for key in source.outline.units}
    files = {}
    for key, unit in units.items():
        for material in unit.materials:
            if material.file:
                with source.open(key, material.file) as stream:
                    files[key, material.file] = stream.read()
    return Whole(source.outline, units, files)


def same(one, other, *, but_version=False):
    one, other = whole(one), whole(other)
    if but_version:
        other = Whole(replace(other.outline, version=one.outline.version), other.units, other.files)
    assert one.outline == other.outline
    assert dict(one.units) == dict(other.units)
    assert one.files == other.files


one_edit = st.integers(0, 1 << 32).map(one_edited)
two_edits = st.integers(0, 1 << 32).map(two_edited)
prose = st.integers(0, 1 << 32).map(lambda seed: make_prose(Random(seed)))


@given(one_edit)
def test_merge_with_the_base_gives_what_the_other_side_made(versions):
    base, made = versions

    ours, theirs, both = merge(base, made, base), merge(base, base, made), merge(base, made, made)

    assert (ours.conflicts, theirs.conflicts, both.conflicts) == ((), (), ())
    same(ours.source, made)
    same(theirs.source, made, but_version=True)
    same(both.source, made)


@given(two_edits)
def test_merge_gives_the_same_for_sides_exchanged_where_nothing_clashes(versions):
    base, ours, theirs = versions
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)

    assert Counter(conflict.id for conflict in one.conflicts) == Counter(conflict.id for conflict in other.conflicts)
    assert [(c.base, c.ours, c.theirs) for c in sorted(one.conflicts, key=lambda c: c.id)] == [
        (c.base, c.theirs, c.ours) for c in sorted(other.conflicts, key=lambda c: c.id)
    ]
    if not one.conflicts:
        same(one.source, other.source, but_version=True)


@given(two_edits, st.randoms(use_true_random=False))
def test_ids_are_unique_and_do_not_depend_on_choices(versions, chance):
    merged = merge(*versions)
    choices = {conflict.id: {"pick": chance.choice(conflict.picks), "text": "Anders."} for conflict in merged.conflicts}
    again = merge(*versions, choices)

    assert again.conflicts == merged.conflicts
    assert len({conflict.id for conflict in merged.conflicts}) == len(merged.conflicts)
    assert merged.open() == merged.conflicts
    assert (merged.open(choices), again.open()) == ((), ())
    whole(again.source)


@given(two_edits)
def test_a_conflict_has_three_different_texts(versions):
    for conflict in merge(*versions).conflicts:
        assert conflict.ours != conflict.theirs
        assert conflict.label
        if conflict.kind == "removed":
            assert "" in (conflict.ours, conflict.theirs)


PLAIN = {
    Unit: ("title", "kind", "minutes"),
    Outline: ("title", "licence", "fee"),
}


def fields_of(programme):
    """Every plain field of the outline and of each unit, by place."""
    result = {(name,): getattr(programme.outline, name) for name in PLAIN[Outline]}
    for key in programme.outline.units:
        result |= {("units", key, name): getattr(programme.unit(key), name) for name in PLAIN[Unit]}
    return result


@given(two_edits)
def test_a_field_that_both_changed_differently_is_a_conflict_and_any_other_is_as_changed(versions):
    base, ours, theirs = (fields_of(version) for version in versions)
    merged = merge(*versions)
    found = {conflict.place: conflict for conflict in merged.conflicts}
    result = fields_of(merged.preview)

    for place in set(ours) & set(theirs):
        values = base.get(place), ours[place], theirs[place]
        if values[1] not in (values[0], values[2]) and values[2] != values[0]:
            assert found[place].kind == "field"
            assert result[place] == values[1]
        else:
            assert place not in found
            assert result[place] == (values[2] if values[1] == values[0] else values[1])


def atoms_of(programme):
    """Every line of prose and every entry of each unit and of the outline, by place of the field, with their number."""
    parts = {("competencies",): programme.outline.competencies, ("summary",): programme.outline.summary}
    for key in programme.outline.units:
        unit = programme.unit(key)
        parts |= {("units", key, field.name): getattr(unit, field.name) for field in fields(Unit)}
        if unit.task:
            parts[("units", key, "task", "rubric")] = unit.task.rubric
            parts[("units", key, "task", "template")] = unit.task.template
        for item in unit.quiz:
            parts[("units", key, "quiz", item.key, "prompt")] = item.prompt
            parts[("units", key, "quiz", item.key, "answers")] = item.answers
        for exercise in unit.exercises:
            parts[("units", key, "exercises", exercise.key, "text")] = exercise.text
    result = {}
    for place, value in parts.items():
        if isinstance(value, str):
            result[place] = Counter(line for line in value.split("\n") if line.strip())
        elif isinstance(value, tuple):
            # Of what has inner fields only the first text counts here: entries are merged field by field.
            result[place] = Counter(getattr(entry, "title", None) or getattr(entry, "text", None) for entry in value)
            result[place].pop(None, None)
    return result


def covered(place, conflicts):
    """Whether a conflict is at the place, below it, or above it."""
    return any(
        conflict.place[: len(place)] == place or place[: len(conflict.place)] == conflict.place for conflict in conflicts
    )


@given(two_edits)
def test_every_line_and_entry_that_one_side_added_is_in_the_result_or_in_a_conflict(versions):
    merged = merge(*versions)
    base, ours, theirs = (atoms_of(version) for version in versions)
    result = atoms_of(merged.preview)
    lost_with_modules = [conflict for conflict in merged.conflicts if conflict.place[0] == "modules"]

    for place in {*ours, *theirs}:
        if covered(place, merged.conflicts) or lost_with_modules:
            continue
        old = base.get(place, Counter())
        for side in (ours, theirs):
            added = side.get(place, Counter()) - old
            assert not set(added) - set(result.get(place, Counter())), place
        if place in base and place in ours and place in theirs:
            removed = (old - ours[place]) | (old - theirs[place])
            kept = set(old) - set(removed)
            assert kept <= set(result[place])


@given(two_edits)
def test_a_unit_is_gone_only_if_one_side_removed_it_and_the_other_did_not_touch_it(versions):
    base, ours, theirs = versions
    merged = merge(base, ours, theirs)
    conflicts = {conflict.place: conflict for conflict in merged.conflicts}
    by_module = any(place[0] == "modules" and conflicts[place].kind == "removed" for place in conflicts)

    for key in {*base.units, *ours.units, *theirs.units}:
        there = [version.units.get(key) for version in versions]
        homes = [next((m.key for m in version.outline.modules if key in m.units), "") for version in versions]
        states = list(zip(there, homes, strict=True))
        if states[1] != states[0] and states[2] != states[0] and None in there[1:] and there[1:] != [None, None]:
            assert conflicts["units", key].kind == "removed"
        elif there[0] is not None and None in there[1:]:
            assert key not in merged.preview.outline.units
        elif not by_module:
            assert key in merged.preview.outline.units


@given(two_edits)
def test_picking_one_side_everywhere_gives_that_side_where_all_is_in_conflict(versions):
    base, ours, theirs = versions
    conflicts = merge(base, ours, theirs).conflicts
    for side, version in (("ours", ours), ("theirs", theirs)):
        result = fields_of(merge(base, ours, theirs, {conflict.id: {"pick": side} for conflict in conflicts}).source)
        for conflict in conflicts:
            if conflict.place in fields_of(version):
                assert result[conflict.place] == fields_of(version)[conflict.place]
            if conflict.kind == "removed" and conflict.place[0] == "units" and len(conflict.place) == 2:
                source = merge(base, ours, theirs, {conflict.id: {"pick": side} for conflict in conflicts}).source
                assert (conflict.place[1] in source.outline.units) == (conflict.place[1] in version.units)


@given(prose, prose, prose)
def test_every_line_that_somebody_wrote_is_in_the_merged_prose_or_in_a_clash(base, ours, theirs):
    parts = merge_prose(base, ours, theirs)
    clashes = [part for part in parts if isinstance(part, Clash)]
    everywhere = [part for part in parts if not isinstance(part, Clash)]
    everywhere += [piece for clash in clashes for piece in (*clash.ours, *clash.theirs)]

    assert all(clash.ours != clash.theirs for clash in clashes)
    assert (lines_of([ours]) | lines_of([theirs])) - lines_of([base]) <= lines_of(piece.text for piece in everywhere)


def lines_of(texts):
    return {line for text in texts for line in text.split("\n") if line.strip()}
