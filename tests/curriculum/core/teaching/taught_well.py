"""A small programme that can be taught as it is: nothing is to be mended in it."""

from dataclasses import replace
from datetime import date

from staffel.curriculum.core import content as c

LINK = "https://musterstadt.example/baeume"
HANDOUT = f"Wir gehen langsam. Der Weg ist [kurz]({LINK}). " + "Das ist ein Satz mit acht kurzen Wörtern. " * 44
FEEDBACK = "So ist es, denn es wurde gezählt."


def _item(number):
    """Items of four kinds; the right answers of single choice go round."""
    kind = (c.ItemKind.SINGLE, c.ItemKind.MULTIPLE, c.ItemKind.ORDER, c.ItemKind.GAP)[number % 4]
    right = number // 4
    single = tuple(
        c.Answer(text, n == right, FEEDBACK) for n, text in enumerate(("Der Hof zählt.", "Das Amt zählt.", "Niemand zählt."))
    )
    answers = {
        c.ItemKind.SINGLE: single,
        c.ItemKind.MULTIPLE: (c.Answer("Das Amt.", True, FEEDBACK), c.Answer("Der Mond.", False, FEEDBACK)),
        c.ItemKind.ORDER: (c.Answer("Erst zählen.", True, ""), c.Answer("Dann reden.", True, "")),
        c.ItemKind.GAP: (c.Answer("Baum", True, ""),),
    }[kind]
    return c.Item(f"frage-{number}", kind, "planen", "Wer zählt die Bäume?", answers, FEEDBACK)


UNIT = c.Unit(
    key="aufbruch",
    title="Aufbruch",
    kind=c.UnitKind.SESSION,
    minutes=240,
    objectives=(c.Objective("Sie planen einen Weg.", "planen", c.Level.APPLY, "planen", 1),),
    summary="Ein Vormittag über Wege.",
    plan=(
        c.Step(100, "Ankommen", "Kurzvortrag", "Leitung", c.Form.PLENARY, False, "", "Die Leitung erzählt."),
        c.Step(140, "Gehen", "Gruppenarbeit", "Gruppe", c.Form.GROUPS, True, "", "Die Gruppe plant."),
    ),
    handout=HANDOUT,
    guide="Sie fangen pünktlich an.",
    exercises=(c.Exercise("gehen", "Gehen", 30, c.Form.GROUPS, "Gehen Sie los.", competency="planen"),),
    quiz=tuple(_item(number) for number in range(12)),
    task=c.Task("Weg", c.Artefact.ROADMAP, "Schreiben Sie den Weg auf.", "…", ()),
    sources=(c.Reference("weg", "Der Weg", "Musterstadt", 2025, LINK, date(2026, 11, 25)),),
    reading_minutes=2,
)
OUTLINE = c.Outline(
    key="kurs",
    title="Kurs",
    summary="Ein Kurs.",
    version="1.0.0",
    language="de",
    licence="CC-BY-4.0",
    author="Staffel",
    notes="",
    aim="Planen.",
    audience="Alle.",
    completion=c.Completion(80, True),
    timetable=c.Timetable((1,), "09:00", 240),
    synchronous_percent=100,
    fee=False,
    competencies=(c.Competency("planen", "Strategie", "Planen", "Sie planen."),),
    modules=(c.Module("eins", "Eins", "Der Anfang.", True, ("aufbruch",)),),
)


def programme(outline=OUTLINE, **changes):
    """The programme with other values for its unit."""
    return c.Whole(outline, {"aufbruch": replace(UNIT, **changes)})
