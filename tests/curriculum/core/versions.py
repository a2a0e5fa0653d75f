"""Small programmes, and edits of them, that collide often: few words, few keys, few fields.

Everything follows from a seed, so thousands of triples are made in seconds, and the seed of a failure
is all it takes to see it again.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from random import Random

from staffel.curriculum.core import content as c

WORDS = ("Wege", "Ziele", "Daten", "Menschen", "Rat", "Amt")
KEYS = ("a", "b", "c", "d", "e")
CONTENT_OF = {sha256(content).hexdigest(): content for content in (b"eins", b"zwei", b"drei")}


def whole(chance: Random) -> c.Whole:
    """A programme of up to three units in up to three modules."""
    parts = [make_module(chance, key) for key in chance.sample("mno", chance.randint(1, 3))]
    units = {key: make_unit(chance, key) for key in chance.sample(KEYS, chance.randint(0, 3))}
    for key in units:
        at = chance.randrange(len(parts))
        parts[at] = replace(parts[at], units=(*parts[at].units, key))
    outline = c.Outline(
        key="probe",
        language="de",
        author="Staffel",
        aim="Ein Ziel.",
        audience="Alle.",
        synchronous_percent=100,
        modules=(),
        **{name: make(chance) for name, make in OUTLINE_FIELDS.items()},
    )
    return _whole(outline, parts, units)


def edited(chance: Random, base: c.Whole, hot: tuple = (), most: int = 3) -> c.Whole:
    """The same programme after an edit of each of the ``hot`` (unit, field), and up to ``most`` others."""
    outline, parts, units = base.outline, list(base.outline.modules), dict(base.units)
    for key, name in hot:
        units[key] = replace(units[key], **{name: _near(chance, UNIT_FIELDS[name], getattr(units[key], name))})
    for _ in range(chance.randint(0, most)):
        outline, parts, units = chance.choice(EDITS)(chance, outline, parts, units)
    return _whole(outline, parts, units)


def one_edited(seed: int) -> tuple[c.Whole, c.Whole]:
    """A programme and what somebody made of it."""
    chance = Random(seed)
    base = whole(chance)
    return base, edited(chance, base, most=6)


def two_edited(seed: int) -> tuple[c.Whole, c.Whole, c.Whole]:
    """A programme and what two sides made of it; they often changed the same fields."""
    chance = Random(seed)
    base = whole(chance)
    spots = [(key, name) for key in base.units for name in UNIT_FIELDS]
    hot = tuple(chance.sample(spots, chance.randint(0, 3))) if spots else ()
    return base, edited(chance, base, hot), edited(chance, base, hot)


def make_line(chance: Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))


def make_prose(chance: Random) -> str:
    return "\n\n".join(make_block(chance) for _ in range(chance.randint(1, 5)))


def make_block(chance: Random) -> str:
    if chance.random() < 0.7:
        return "\n".join(make_line(chance) for _ in range(chance.randint(1, 3)))
    open_, close = chance.choice(((":::hint Titel", ":::"), ("```", "```")))
    return f"{open_}\n{make_line(chance)}\n\n{make_line(chance)}\n{close}"


def make_minutes(chance: Random) -> int:
    return chance.choice((10, 20, 30))


def make_unit(chance: Random, key: str) -> c.Unit:
    return c.Unit(key=key, **{name: make(chance) for name, make in UNIT_FIELDS.items()})


def make_module(chance: Random, key: str) -> c.Module:
    return c.Module(key, make_line(chance), make_prose(chance), chance.random() < 0.5, ())


def make_competency(chance: Random, key: str) -> c.Competency:
    levels = chance.choice(((), ("eins", "zwei", "drei", "vier"), ("eins", "zwei", "drei", "fünf")))
    codes = tuple(chance.sample(("1.1", "1.2", "2.3"), chance.randint(0, 3)))
    return c.Competency(key, make_line(chance), make_line(chance), make_line(chance), levels, codes)


def make_objective(chance: Random) -> c.Objective:
    return c.Objective(make_line(chance), "planen", _any(c.Level)(chance), chance.choice("pq"), chance.randint(1, 4))


def make_step(chance: Random) -> c.Step:
    words = make_minutes(chance), chance.choice(WORDS), chance.choice(WORDS), "Leitung", _any(c.Form)(chance)
    return c.Step(*words, chance.random() < 0.5, "", make_line(chance), card=chance.choice(("", *KEYS)))


def make_answer(chance: Random) -> c.Answer:
    return c.Answer(make_line(chance), chance.random() < 0.5, make_line(chance))


def make_exercise(chance: Random, key: str) -> c.Exercise:
    words = make_line(chance), make_minutes(chance), _any(c.Form)(chance), make_prose(chance)
    return c.Exercise(key, *words, competency=chance.choice(("", "p", "q")))


def make_item(chance: Random, key: str) -> c.Item:
    answers = _some(make_answer)(chance)
    return c.Item(key, _any(c.ItemKind)(chance), chance.choice("pq"), make_prose(chance), answers, make_line(chance))


def make_criterion(chance: Random, key: str) -> c.Criterion:
    return c.Criterion(key, make_line(chance), tuple(make_line(chance) for _ in range(chance.randint(2, 4))))


def make_reference(chance: Random, key: str) -> c.Reference:
    day = chance.choice((None, date(2026, 1, 2), date(2026, 3, 4)))
    return c.Reference(key, make_line(chance), make_line(chance), chance.choice((0, 2020, 2025)), "", day)


def make_material(chance: Random, key: str) -> c.Material:
    title, alt, digest = make_line(chance), make_line(chance), chance.choice(sorted(CONTENT_OF))
    return c.Material(title, "Staffel", "CC-BY-4.0", "de", f"{key}.txt", "", alt, digest, len(CONTENT_OF[digest]))


def make_task(chance: Random) -> c.Task | None:
    if chance.random() < 0.3:
        return None
    rubric = _keyed(make_criterion)(chance)
    also = tuple(chance.sample(list(c.Artefact)[:4], chance.randint(0, 3)))
    return c.Task(make_line(chance), _any(c.Artefact)(chance), make_prose(chance), make_prose(chance), rubric, also=also)


def make_method(chance: Random, key: str) -> c.Method:
    words = make_line(chance), make_line(chance), make_minutes(chance), make_minutes(chance), make_line(chance)
    prose = (make_prose(chance) for _ in range(5))
    return c.Method(key, *words, *prose, _keyed(make_reference)(chance), _or_empty(make_line)(chance))


def make_term(chance: Random, key: str) -> c.Term:
    see = tuple(chance.sample(KEYS, chance.randint(0, 3)))
    return c.Term(key, make_line(chance), make_prose(chance), see, _or_empty(make_line)(chance))


def _any(choices) -> Callable:
    return lambda chance: chance.choice(list(choices))


def _some(make: Callable) -> Callable:
    return lambda chance: tuple(make(chance) for _ in range(chance.randint(0, 4)))


def _keyed(make: Callable) -> Callable:
    return lambda chance: tuple(make(chance, key) for key in chance.sample(KEYS, chance.randint(0, 4)))


def _or_empty(make: Callable) -> Callable:
    return lambda chance: make(chance) if chance.random() < 0.7 else ""


UNIT_FIELDS = {
    "title": make_line,
    "kind": _any(c.UnitKind),
    "minutes": make_minutes,
    "reading_minutes": lambda chance: chance.choice((0, 10, 20)),
    "objectives": _some(make_objective),
    "summary": make_prose,
    "plan": _some(make_step),
    "handout": _or_empty(make_prose),
    "guide": _or_empty(make_prose),
    "slides": _or_empty(make_prose),
    "exercises": _keyed(make_exercise),
    "quiz": _keyed(make_item),
    "task": make_task,
    "sources": _keyed(make_reference),
    "materials": _keyed(make_material),
    "note": _or_empty(make_line),
}
OUTLINE_FIELDS = {
    "title": make_line,
    "summary": make_prose,
    "version": _any(("1.0.0", "1.1.0", "2.0.0")),
    "licence": _any(("CC-BY-4.0", "CC0-1.0")),
    "notes": make_prose,
    "completion": lambda chance: c.Completion(chance.choice((70, 80)), chance.random() < 0.5),
    "timetable": lambda chance: c.Timetable(chance.choice(((1,), (1, 3))), "09:00", make_minutes(chance)),
    "fee": _any((False, True)),
    "competencies": _keyed(make_competency),
    "methods": _keyed(make_method),
    "glossary": _keyed(make_term),
}


def _near(chance: Random, make: Callable, old):
    """A new value; of lists, prose and entries mostly one that has most of the old."""
    how = chance.random()
    if isinstance(old, tuple) and old and how < 0.8:
        at = chance.randrange(len(old))
        acts = (_without, _changed, _mixed, _swapped)
        return chance.choice(acts)(chance, old, at, make)
    if isinstance(old, str) and "\n\n" in old and how < 0.8:
        blocks = old.split("\n\n")
        at = chance.randrange(len(blocks))
        new = chance.choice(
            ([], [blocks[at] + " " + make_line(chance)], [make_block(chance), blocks[at]], [blocks[at], make_block(chance)])
        )
        return "\n\n".join([*blocks[:at], *new, *blocks[at + 1 :]]) or "Leer."
    if isinstance(old, c.Task) and how < 0.8:
        return _changed(chance, (old,), 0, lambda chance: (make(chance),))[0] or old
    return make(chance)


def _without(chance, old, at, make):
    return old[:at] + old[at + 1 :]


def _swapped(chance, old, at, make):
    return old[1:] + old[:1]


def _changed(chance, old, at, make):
    """One field of one entry as that of another that might have been."""
    others = [entry for _ in range(5) for entry in make(chance) if type(entry) is type(old[at]) and entry is not None]
    if not others or isinstance(old[at], str):
        return old
    name = chance.choice([field.name for field in fields(old[at]) if field.name not in ("key", "file", "sha256", "size")])
    new = replace(old[at], **{name: getattr(others[0], name)})
    return (*old[:at], new, *old[at + 1 :])


def _mixed(chance, old, at, make):
    """The old entries with a new one; a keyed one takes the place of that with its key."""
    new = make(chance)[:1]
    names = {_name(entry) for entry in new} - {None}
    old = tuple(entry for entry in old if _name(entry) not in names)
    return (*old[:at], *new, *old[at:])


def _name(entry):
    return getattr(entry, "key", None) or getattr(entry, "file", None)


def _edit_outline(chance, outline, parts, units):
    name = chance.choice(list(OUTLINE_FIELDS))
    return replace(outline, **{name: _near(chance, OUTLINE_FIELDS[name], getattr(outline, name))}), parts, units


def _edit_unit(chance, outline, parts, units):
    if units:
        key, name = chance.choice(list(units)), chance.choice(list(UNIT_FIELDS))
        units = units | {key: replace(units[key], **{name: _near(chance, UNIT_FIELDS[name], getattr(units[key], name))})}
    return outline, parts, units


def _placed(chance, parts, key):
    parts = [replace(part, units=tuple(unit for unit in part.units if unit != key)) for part in parts]
    at = chance.randrange(len(parts))
    spot = chance.randint(0, len(parts[at].units))
    parts[at] = replace(parts[at], units=(*parts[at].units[:spot], key, *parts[at].units[spot:]))
    return parts


def _add_unit(chance, outline, parts, units):
    key = chance.choice(sorted({*KEYS, "f", "g"} - set(units)))
    return outline, _placed(chance, parts, key), units | {key: make_unit(chance, key)}


def _remove_unit(chance, outline, parts, units):
    if units:
        gone = chance.choice(list(units))
        parts = [replace(part, units=tuple(key for key in part.units if key != gone)) for part in parts]
        units = {key: unit for key, unit in units.items() if key != gone}
    return outline, parts, units


def _move_unit(chance, outline, parts, units):
    return outline, _placed(chance, parts, chance.choice(list(units))) if units else parts, units


def _edit_module(chance, outline, parts, units):
    act = chance.choice(("add", "remove", "change", "swap", "dissolve"))
    free = sorted({*"mnor"} - {part.key for part in parts})
    at = chance.randrange(len(parts))
    rest = parts[:at] + parts[at + 1 :]
    if act == "add" and free:
        parts = [*parts[:at], make_module(chance, chance.choice(free)), *parts[at:]]
    elif act == "remove" and rest:
        units = {key: unit for key, unit in units.items() if key not in parts[at].units}
        parts = rest
    elif act == "dissolve" and rest:
        parts = [replace(rest[0], units=rest[0].units + parts[at].units), *rest[1:]]
    elif act == "change":
        parts = [*parts[:at], replace(make_module(chance, parts[at].key), units=parts[at].units), *parts[at + 1 :]]
    elif act == "swap":
        parts = chance.sample(parts, len(parts))
    return outline, parts, units


EDITS = (_edit_outline, _edit_unit, _edit_unit, _edit_unit, _add_unit, _remove_unit, _move_unit, _edit_module)


def _whole(outline, parts, units):
    files = {(key, one.file): CONTENT_OF[one.sha256] for key, unit in units.items() for one in unit.materials}
    return c.Whole(replace(outline, modules=tuple(parts)), units, files)
