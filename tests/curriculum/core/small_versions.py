"""One small programme of two modules and three units, written out, to change one thing of it at a time."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from staffel.curriculum.core import content as c


def unit(key: str, **facts) -> c.Unit:
    defaults = {
        "title": key.capitalize(),
        "kind": c.UnitKind.SESSION,
        "minutes": 60,
        "objectives": (c.Objective("Sie planen einen Weg.", "planen", c.Level.APPLY, "planen", 2),),
        "summary": "Eins ist gut.\n\nZwei ist besser.\n\nDrei ist viel.",
        "plan": (
            c.Step(20, "Einstieg", "Vortrag", "Leitung", c.Form.PLENARY, False, "", "Wir beginnen."),
            c.Step(40, "Arbeit", "Karten", "Leitung", c.Form.GROUPS, True, "Karten", "Alle schreiben Karten."),
        ),
        "quiz": (
            c.Item("q1", c.ItemKind.SINGLE, "planen", "Was?", (c.Answer("Ja", True, "Gut."), c.Answer("Nein", False, "Nun."))),
        ),
    }
    return c.Unit(key=key, **(defaults | facts))


def material(name: str, content: bytes) -> c.Material:
    return c.Material(name, "Staffel", "CC-BY-4.0", "de", name, "", "", sha256(content).hexdigest(), len(content))


def programme(*units: c.Unit, modules: Sequence[tuple[str, str]] = (), files=None, **facts) -> c.Whole:
    """A programme; ``modules`` are pairs of a key and the keys of its units, without them all are in ``m``."""
    parts = modules or (("m", " ".join(one.key for one in units)),)
    outline = c.Outline(
        key="probe",
        title="Probe",
        summary="Zum Probieren.",
        version="1.0.0",
        language="de",
        licence="CC-BY-4.0",
        author="Staffel",
        notes="Erste Fassung.",
        aim="Ein Ziel.",
        audience="Alle.",
        completion=c.Completion(80, True),
        timetable=c.Timetable((1, 3), "09:00", 240),
        synchronous_percent=100,
        fee=False,
        competencies=(c.Competency("planen", "Strategie", "Planen", "Sie planen."),),
        modules=tuple(c.Module(key, key.upper(), "Worum.", key == "m", tuple(keys.split())) for key, keys in parts),
    )
    return c.Whole(replace(outline, **facts), {one.key: one for one in units}, files or {})
