"""Small programmes, and edits of them, that collide often: few words, few keys, few fields."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

from hypothesis import strategies as st

from staffel.curriculum.core import content as c

WORDS = ("Wege", "Ziele", "Daten", "Menschen", "Rat", "Amt")
lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
blocks = st.one_of(
    st.lists(lines, min_size=1, max_size=3).map("\n".join),
    st.builds(":::hint {}\n{}\n\n{}\n:::".format, lines, lines, lines),
    st.builds("```\n{}\n\n{}\n```".format, lines, lines),
)
prose = st.lists(blocks, min_size=1, max_size=5).map("\n\n".join)
minutes = st.sampled_from((10, 20, 30))
KEYS = ("a", "b", "c", "d", "e")

levels = st.sampled_from(c.Level)
objectives = st.builds(c.Objective, lines, st.just("planen"), levels, st.sampled_from("pq"), st.integers(1, 4))
steps = st.builds(
    c.Step, minutes, st.sampled_from(WORDS), st.sampled_from(WORDS), st.just("Leitung"), st.sampled_from(c.Form), st.booleans(),
    st.just(""), lines,
)  # fmt: skip
answers = st.builds(c.Answer, lines, st.booleans(), lines)
CONTENTS = (b"eins", b"zwei", b"drei")
CONTENT_OF = {sha256(content).hexdigest(): content for content in CONTENTS}


def keyed(builder):
    return st.lists(st.sampled_from(KEYS), unique=True, max_size=4).flatmap(
        lambda keys: st.tuples(*(builder(key) for key in keys))
    )


def exercises(key):
    return st.builds(c.Exercise, st.just(key), lines, minutes, st.sampled_from(c.Form), prose)


def items(key):
    kinds = st.sampled_from(c.ItemKind)
    return st.builds(c.Item, st.just(key), kinds, st.sampled_from("pq"), prose, st.lists(answers, max_size=4).map(tuple), lines)


def criteria(key):
    return st.builds(c.Criterion, st.just(key), lines, st.lists(lines, min_size=2, max_size=4).map(tuple))


def references(key):
    days = st.sampled_from((None, date(2026, 1, 2), date(2026, 3, 4)))
    return st.builds(c.Reference, st.just(key), lines, lines, st.sampled_from((0, 2020, 2025)), st.just(""), days)


def materials(key):
    contents = st.sampled_from(CONTENTS)
    return st.builds(
        lambda title, alt, content: c.Material(
            title, "Staffel", "CC-BY-4.0", "de", f"{key}.txt", "", alt, sha256(content).hexdigest(), len(content)
        ),
        lines,
        lines,
        contents,
    )


tasks = st.none() | st.builds(c.Task, lines, st.sampled_from(c.Artefact), prose, prose, keyed(criteria))
UNIT_FIELDS = {
    "title": lines,
    "kind": st.sampled_from(c.UnitKind),
    "minutes": minutes,
    "objectives": st.lists(objectives, max_size=4).map(tuple),
    "summary": prose,
    "plan": st.lists(steps, max_size=5).map(tuple),
    "handout": prose | st.just(""),
    "guide": prose | st.just(""),
    "exercises": keyed(exercises),
    "quiz": keyed(items),
    "task": tasks,
    "sources": keyed(references),
    "materials": keyed(materials),
    "note": st.just("") | lines,
}


def units(key):
    return st.builds(c.Unit, key=st.just(key), **UNIT_FIELDS)


def competencies(key):
    levels = st.sampled_from(((), ("eins", "zwei", "drei", "vier"), ("eins", "zwei", "drei", "fünf")))
    codes = st.lists(st.sampled_from(("1.1", "1.2", "2.3")), unique=True).map(tuple)
    return st.builds(c.Competency, st.just(key), lines, lines, lines, levels, codes)


def modules(key):
    return st.builds(c.Module, st.just(key), lines, prose, st.booleans(), st.just(()))


OUTLINE_FIELDS = {
    "title": lines,
    "summary": prose,
    "version": st.sampled_from(("1.0.0", "1.1.0", "2.0.0")),
    "licence": st.sampled_from(("CC-BY-4.0", "CC0-1.0")),
    "notes": prose,
    "completion": st.builds(c.Completion, st.sampled_from((70, 80)), st.booleans()),
    "timetable": st.builds(c.Timetable, st.sampled_from(((1,), (1, 3))), st.just("09:00"), minutes),
    "fee": st.booleans(),
    "competencies": keyed(competencies),
}


@st.composite
def wholes(draw):
    """A programme of up to three units in up to three modules."""
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=3))
    parts = draw(st.lists(st.sampled_from("mno"), unique=True, min_size=1))
    homes = {key: draw(st.sampled_from(parts)) for key in keys}
    return _whole(
        draw(_outlines),
        [replace(draw(modules(part)), units=tuple(key for key in keys if homes[key] == part)) for part in parts],
        {key: draw(units(key)) for key in keys},
    )


@st.composite
def edited(draw, whole, hot=(), most=3):
    """The same programme after an edit of each of the ``hot`` fields of a unit, and up to ``most`` others."""
    outline, units_ = whole.outline, dict(whole.units)
    parts = list(outline.modules)
    for key, name in hot:
        if key in units_:
            value = draw(_near(UNIT_FIELDS[name], getattr(units_[key], name)))
            units_[key] = replace(units_[key], **{name: value})
    for _ in range(draw(st.integers(0, most))):
        edit = draw(st.sampled_from(EDITS))
        outline, parts, units_ = edit(draw, outline, parts, units_)
    return _whole(outline, parts, units_)


@st.composite
def two_edited(draw):
    """A programme and what two sides made of it; they often changed the same fields."""
    base = draw(wholes())
    fields = [(key, name) for key in base.units for name in UNIT_FIELDS]
    hot = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=3, unique=True)) if fields else []
    return base, draw(edited(base, hot)), draw(edited(base, hot))


def _edit_outline(draw, outline, parts, units_):
    name = draw(st.sampled_from(sorted(OUTLINE_FIELDS)))
    return replace(outline, **{name: draw(_near(OUTLINE_FIELDS[name], getattr(outline, name)))}), parts, units_


def _edit_unit(draw, outline, parts, units_):
    if units_:
        key = draw(st.sampled_from(sorted(units_)))
        name = draw(st.sampled_from(sorted(UNIT_FIELDS)))
        value = draw(_near(UNIT_FIELDS[name], getattr(units_[key], name)))
        units_ = units_ | {key: replace(units_[key], **{name: value})}
    return outline, parts, units_


def _add_unit(draw, outline, parts, units_):
    free = sorted({*KEYS, "f", "g"} - set(units_))
    if free and parts:
        key, at = draw(st.sampled_from(free)), draw(st.integers(0, len(parts) - 1))
        inside = list(parts[at].units)
        inside.insert(draw(st.integers(0, len(inside))), key)
        parts = [*parts[:at], replace(parts[at], units=tuple(inside)), *parts[at + 1 :]]
        units_ = units_ | {key: draw(units(key))}
    return outline, parts, units_


def _remove_unit(draw, outline, parts, units_):
    if units_:
        key = draw(st.sampled_from(sorted(units_)))
        parts = [replace(part, units=tuple(unit for unit in part.units if unit != key)) for part in parts]
        units_ = {unit: value for unit, value in units_.items() if unit != key}
    return outline, parts, units_


def _move_unit(draw, outline, parts, units_):
    if units_:
        key = draw(st.sampled_from(sorted(units_)))
        parts = [replace(part, units=tuple(unit for unit in part.units if unit != key)) for part in parts]
        at = draw(st.integers(0, len(parts) - 1))
        inside = list(parts[at].units)
        inside.insert(draw(st.integers(0, len(inside))), key)
        parts[at] = replace(parts[at], units=tuple(inside))
    return outline, parts, units_


def _edit_module(draw, outline, parts, units_):
    act = draw(st.sampled_from(("add", "remove", "change", "swap", "dissolve")))
    free = sorted({*"mnor"} - {part.key for part in parts})
    at = draw(st.integers(0, max(0, len(parts) - 1)))
    if act == "add" and free:
        parts = [*parts[:at], draw(modules(draw(st.sampled_from(free)))), *parts[at:]]
    elif act == "remove" and len(parts) > 1:
        units_ = {key: unit for key, unit in units_.items() if key not in parts[at].units}
        parts = parts[:at] + parts[at + 1 :]
    elif act == "dissolve" and len(parts) > 1:
        gone = parts[at]
        parts = parts[:at] + parts[at + 1 :]
        parts[0] = replace(parts[0], units=parts[0].units + gone.units)
    elif act == "change" and parts:
        parts = [*parts[:at], replace(draw(modules(parts[at].key)), units=parts[at].units), *parts[at + 1 :]]
    elif act == "swap":
        parts = draw(st.permutations(parts))
    return outline, list(parts), units_


EDITS = (_edit_outline, _edit_unit, _edit_unit, _edit_unit, _add_unit, _remove_unit, _move_unit, _edit_module)


def _near(values, old):
    """A new value, or for lists and prose one that has most of the old."""
    if isinstance(old, tuple) and old:
        smaller = st.integers(0, len(old) - 1).map(lambda at: old[:at] + old[at + 1 :])
        return st.one_of(values, smaller, values.flatmap(lambda new: _mixed(old, new)))
    if isinstance(old, str) and "\n\n" in old:
        parts = old.split("\n\n")
        spots = st.integers(0, len(parts) - 1)
        inserted = st.tuples(spots, blocks).map(lambda new: [*parts[: new[0]], new[1], *parts[new[0] :]])
        longer = st.tuples(spots, lines).map(lambda new: [*parts[: new[0]], f"{parts[new[0]]} {new[1]}", *parts[new[0] + 1 :]])
        return st.one_of(values, inserted.map("\n\n".join), longer.map("\n\n".join))
    return values


def _mixed(old, new):
    """The old entries with one of the new; a keyed one takes the place of that with its key."""
    if not new:
        return st.just(old)
    entry = new[0]
    key = getattr(entry, "key", None) or getattr(entry, "file", None) or (entry if isinstance(entry, str) else None)
    if key is not None:
        old = tuple(one for one in old if (getattr(one, "key", None) or getattr(one, "file", None) or one) != key)
    return st.integers(0, len(old)).map(lambda at: (*old[:at], entry, *old[at:]))


def _whole(outline, parts, units_):
    files = {(key, material.file): CONTENT_OF[material.sha256] for key, unit in units_.items() for material in unit.materials}
    return c.Whole(replace(outline, modules=tuple(parts)), units_, files)


_outlines = st.builds(
    c.Outline,
    key=st.just("probe"),
    language=st.just("de"),
    author=st.just("Staffel"),
    aim=st.just("Ein Ziel."),
    audience=st.just("Alle."),
    synchronous_percent=st.just(100),
    modules=st.just(()),
    **OUTLINE_FIELDS,
)
