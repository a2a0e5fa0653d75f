"""A programme that grows out of a foreign package, and the list of what it could not take.

What foreign packages do not have gets a stand-in that says so: one competency, one objective for each unit, a length, an aim.
Nothing gets in that ``core/reader.py`` would refuse: too long texts are cut and said, prose that would be a mistake becomes
plain words.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from staffel.curriculum.core import stand_ins
from staffel.curriculum.core.content import (
    Answer,
    Completion,
    Item,
    ItemKind,
    Material,
    Module,
    Outline,
    Timetable,
    Unit,
    UnitKind,
    Whole,
)
from staffel.curriculum.core.files import PICTURES, Files
from staffel.curriculum.core.formats.markup import NotReadable, line_of, slug, unique
from staffel.curriculum.core.lines import fitting
from staffel.curriculum.core.package.kinds import check_of, wrong_kind
from staffel.curriculum.core.text import mistakes_in

MINUTES = 60

LONGEST_TITLE, LONGEST_LINE, LONGEST_PROSE, LONGEST_TEXT, LONGEST_FEEDBACK = 200, 1_000, 200_000, 4_000, 4_000
MOST_UNITS, MOST_ITEMS, MOST_MATERIALS = 10_000, 500, 500
LARGEST_FILE, LARGEST_TOTAL = 100_000_000, 500_000_000
_LINK = re.compile(r"https?://[^\s<>\"\\^`{|}]+")


@dataclass(slots=True)
class Losses:
    """What could not be carried, as German sentences in the order in which it was met; equal kinds are counted."""

    sentences: list[str] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)

    def add(self, sentence: str) -> None:
        """Note a loss once."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)

    def count(self, sentence: str, number: int = 1) -> None:
        """Note a loss that happens often; ``sentence`` has a gap for the number."""
        self.counts[sentence] += number

    def all(self) -> tuple[str, ...]:
        """Return all sentences, those with numbers at the end."""
        return (*self.sentences, *(sentence % number for sentence, number in self.counts.items() if number))


@dataclass(slots=True)
class UnitDraft:
    """A unit while it grows. ``handout`` and ``guide`` are pieces of prose with a title each, which may be empty."""

    key: str
    title: str
    kind: UnitKind = UnitKind.SELF_STUDY
    minutes: int = 0
    summary: str = ""
    handout: list[tuple[str, str]] = field(default_factory=list)
    guide: list[tuple[str, str]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)
    # The path in the package of each file that was taken, and its name in the unit.
    names: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was put into it."""
        return not (self.summary or self.handout or self.guide or self.items or self.materials)


class Draft:
    """A programme while it grows; modules and units are kept in the order in which they are begun."""

    def __init__(self, files: Files):
        self._package = files
        self.losses = Losses()
        self.files: dict[tuple[str, str], bytes] = {}
        self.units: dict[str, UnitDraft] = {}
        self._modules: list[tuple[str, str, str, list[str]]] = []
        self._keys: set[str] = set()
        self._module_keys: set[str] = set()
        self._total = 0

    # Structure ----------------------------------------------------------------------------------------------------------

    def module(self, title: str, key: str = "") -> None:
        """Begin a module; following units are its."""
        title = self.line(title, LONGEST_TITLE) or "Ohne Titel"
        key = unique(slug(key, longest=50) or slug(title, longest=50) or "modul", self._module_keys)
        self._modules.append((key, title, "", []))

    def describe_module(self, summary: str) -> None:
        """Say what the module is about that was begun last."""
        key, title, _, units = self._modules[-1]
        self._modules[-1] = (key, title, self.line(summary, LONGEST_TEXT), units)

    def unit(self, title: str, key: str = "") -> UnitDraft:
        """Begin a unit in the module that was begun last."""
        if len(self.units) >= MOST_UNITS:
            raise NotReadable(f"Das Paket hat mehr als {MOST_UNITS} Einheiten.")
        title = self.line(title, LONGEST_TITLE) or "Ohne Titel"
        key = unique(slug(key, longest=50) or slug(title, longest=50) or "einheit", self._keys)
        self.units[key] = UnitDraft(key, title)
        self._modules[-1][3].append(key)
        return self.units[key]

    # Texts --------------------------------------------------------------------------------------------------------------

    def line(self, text: str, longest: int) -> str:
        """Return a text as one line, cut if it is too long."""
        text = fitting(line_of(text))
        if len(text) <= longest:
            return text
        self.losses.count("Gekürzt wurden überlange Titel und Sätze: %d.")
        return text[: longest - 1].rstrip() + "…"

    def prose(self, text: str, where: str) -> str:
        """Return Markdown that the reader takes."""
        text = fitting(text)
        if len(text) > LONGEST_PROSE:
            self.losses.add(f"Der Text „{where}“ ist zu lang und wurde gekürzt.")
            text = _cut(text)
        if mistakes_in(text):
            self.losses.add(f"Der Text „{where}“ hat Auszeichnungen, die nicht gehen. Er wurde zu bloßem Text.")
            # Escaped, a text is up to twice as long.
            text = re.sub(r"([\\`*_<>\[\]!~:|#])", r"\\\1", text[: LONGEST_PROSE // 2])
        return text

    # Quizzes ------------------------------------------------------------------------------------------------------------

    def item(self, unit: UnitDraft, item: Item, where: str) -> None:
        """Take a quiz item, or say why not."""
        if reason := self._unfit(unit, item):
            self.losses.add(f"Die Frage „{item.key}“ in {where} fehlt: {reason}")
            return
        key = unique(slug(item.key, longest=50) or "frage", {each.key for each in unit.items})
        answers = tuple(self._answer(item.kind, answer) for answer in item.answers)
        prompt = self.prose(item.prompt, where)
        feedback = self.line(item.feedback, LONGEST_FEEDBACK)
        unit.items.append(
            replace(item, key=key, competency=stand_ins.COMPETENCY.key, prompt=prompt, answers=answers, feedback=feedback)
        )

    def _answer(self, kind: ItemKind, answer: Answer) -> Answer:
        feedback = self.line(answer.feedback, LONGEST_FEEDBACK)
        if not feedback and kind not in (ItemKind.ORDER, ItemKind.GAP):
            self.losses.count("Antworten ohne Rückmeldung, die einen Platzhalter bekommen haben: %d.")
            feedback = stand_ins.FEEDBACK
        text, partner = self.line(answer.text, LONGEST_LINE), self.line(answer.partner, LONGEST_LINE)
        return Answer(text, answer.right, feedback, partner)

    def _unfit(self, unit: UnitDraft, item: Item) -> str:
        texts = [self.line(answer.text, LONGEST_LINE) for answer in item.answers]
        right = sum(answer.right for answer in item.answers)
        partners = [answer.partner for answer in item.answers if answer.partner]
        reasons = (
            (not item.prompt.strip(), "Sie hat keinen Text."),
            (not all(texts), "Eine Antwort hat keinen Text."),
            (len(set(texts)) < len(texts), "Zwei Antworten sind gleich."),
            (len(set(partners)) < len(partners), "Zwei Antworten gehören zum selben Gegenstück."),
            (item.kind is ItemKind.MATCH and len(partners) < len(texts), "Zu einer Antwort fehlt das Gegenstück."),
            (len(texts) < (1 if item.kind is ItemKind.GAP else 2), "Sie hat zu wenige Antworten."),
            (len(texts) > MOST_ITEMS, "Sie hat zu viele Antworten."),
            (item.kind is ItemKind.SINGLE and right != 1, "Es ist nicht genau eine Antwort als richtig bezeichnet."),
            (item.kind is ItemKind.MULTIPLE and not right, "Es ist keine Antwort als richtig bezeichnet."),
            (len(unit.items) >= MOST_ITEMS, "Das Quiz hat zu viele Fragen."),
        )
        return next((reason for wrong, reason in reasons if wrong), "")

    # Materials ----------------------------------------------------------------------------------------------------------

    def link(self, unit: UnitDraft, title: str, address: str) -> None:
        """Take a link as a material."""
        if not _LINK.fullmatch(address) or len(address) > 2_000 or len(unit.materials) >= MOST_MATERIALS:
            self.losses.add(f"Der Link „{line_of(title)[:80]}“ fehlt: Seine Adresse beginnt nicht mit https:// oder http://.")
            return
        title = self.line(title, LONGEST_LINE) or address[:LONGEST_LINE]
        unit.materials.append(Material(title, stand_ins.AUTHOR, stand_ins.LICENCE, "de", link=address))

    def file(self, unit: UnitDraft, path: str, title: str = "", alt: str = "") -> str:
        """Take a file of the package into a unit and return its name there, empty if it could not be taken.

        A file that was taken before only gets the title and the text instead of a picture that it did not have yet.
        """
        if path in unit.names:
            self._describe(unit, unit.names[path], title, alt)
            return unit.names[path]
        stem, dot, ending = path.rpartition("/")[2].rpartition(".")
        name = f"{slug(stem, longest=80) or 'datei'}{dot}{ending.lower()}" if dot else path.rpartition("/")[2]
        if reason := wrong_kind(name) or self._unfit_file(unit, path):
            self.losses.add(f"Die Datei „{path}“ fehlt: {reason}")
            return ""
        while any(name.lower() == taken for taken in unit.names.values()):
            name = f"{slug(name.rpartition('.')[0], longest=80)}-2.{name.rpartition('.')[2]}"
        with self._package.open(path) as stream:
            content = stream.read()
        check = check_of(name)
        if reason := check.feed(content) or check.finish():
            self.losses.add(f"Die Datei „{path}“ fehlt: {reason}")
            return ""
        self._total += len(content)
        picture = name.endswith(PICTURES)
        unit.names[path] = name
        unit.materials.append(
            Material(
                self.line(title, LONGEST_LINE) or name,
                stand_ins.AUTHOR,
                stand_ins.LICENCE,
                "de",
                file=name,
                alt=self.line(alt, LONGEST_FEEDBACK) or stand_ins.PICTURE_TEXT if picture else "",
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
            )
        )
        self.files[unit.key, name] = content
        return name

    def _unfit_file(self, unit: UnitDraft, path: str) -> str:
        try:
            size = self._package.size(path)
        except KeyError:
            return "Sie liegt nicht im Paket."
        if size > LARGEST_FILE or self._total + size > LARGEST_TOTAL:
            return "Sie ist zu groß, oder alle Dateien zusammen sind es."
        return "Die Einheit hat zu viele Materialien." if len(unit.materials) >= MOST_MATERIALS else ""

    def _describe(self, unit: UnitDraft, name: str, title: str, alt: str) -> None:
        for number, material in enumerate(unit.materials):
            if material.file == name:
                title = self.line(title, LONGEST_LINE) if material.title == name else ""
                alt = self.line(alt, LONGEST_FEEDBACK) if material.alt == stand_ins.PICTURE_TEXT else ""
                unit.materials[number] = replace(material, title=title or material.title, alt=alt or material.alt)

    # The whole ----------------------------------------------------------------------------------------------------------

    def whole(self, *, title: str, summary: str = "", aim: str = "", audience: str = "", language: str = "de") -> Whole:
        """Return the programme. Raises NotReadable if there is no unit."""
        modules, units = [], {}
        for key, module_title, about, keys in self._modules:
            filled = [each for each in keys if not self.units[each].is_empty]
            if filled:
                modules.append(Module(key, module_title, about or "Noch zu schreiben.", required=True, units=tuple(filled)))
                units |= {each: self._finished(self.units[each]) for each in filled}
        if not modules:
            raise NotReadable("Das Paket enthält nichts, was sich als Einheit übernehmen lässt.")
        self._say_what_is_missing(units)
        title = self.line(title, LONGEST_TITLE) or "Ohne Titel"
        missing = "Noch zu schreiben."
        outline = Outline(
            key=slug(title, longest=50) or "programm",
            title=title,
            summary=fitting(summary)[:LONGEST_TEXT] or missing,
            version="0.1.0",
            language=language if re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", language) else "de",
            licence=stand_ins.LICENCE,
            author=stand_ins.AUTHOR,
            notes="",
            aim=fitting(aim)[:LONGEST_TEXT] or missing,
            audience=fitting(audience)[:LONGEST_TEXT] or missing,
            completion=Completion(80, presentation=False),
            timetable=Timetable((1,), "09:00", 240),
            synchronous_percent=0,
            fee=False,
            competencies=(stand_ins.COMPETENCY,),
            modules=tuple(modules),
        )
        return Whole(outline, units, {at: content for at, content in self.files.items() if at[0] in units})

    def _finished(self, unit: UnitDraft) -> Unit:
        if not unit.minutes:
            self.losses.count(f"Einheiten ohne Dauer, für die {MINUTES} Minuten angenommen sind: %d.")
        return Unit(
            key=unit.key,
            title=unit.title,
            kind=unit.kind,
            minutes=unit.minutes or MINUTES,
            objectives=(stand_ins.OBJECTIVE,),
            summary=unit.summary or "Noch ohne Zusammenfassung.",
            handout=self.prose(_joined(unit.handout), unit.title),
            guide=self.prose(_joined(unit.guide), unit.title),
            quiz=tuple(unit.items),
            materials=tuple(unit.materials),
        )

    def _say_what_is_missing(self, units: dict[str, Unit]) -> None:
        pictures = sum(each.alt == stand_ins.PICTURE_TEXT for unit in units.values() for each in unit.materials)
        materials = sum(len(unit.materials) for unit in units.values())
        self.losses.add(
            f"Kompetenzen und Lernziele kennt das Format nicht. Alles ist der Kompetenz „{stand_ins.COMPETENCY.title}“ "
            "zugeordnet, und jede Einheit hat ein Lernziel als Platzhalter."
        )
        self.losses.add("Abschlussregel, Terminvorlage, Ziel, Zielgruppe, Urheber und Lizenz müssen Sie prüfen und ergänzen.")
        if materials:
            self.losses.add(
                f"Zu Dateien und Links ({materials}) fehlen Urheber und Lizenz. Eingetragen ist „{stand_ins.AUTHOR}“ und "
                f"„{stand_ins.LICENCE}“."
            )
        if pictures:
            self.losses.add(f"Bilder ohne Beschreibung für Menschen, die sie nicht sehen: {pictures}.")


def _joined(pieces: list[tuple[str, str]]) -> str:
    if len(pieces) == 1:
        return pieces[0][1]
    return "\n\n".join(f"## {title}\n\n{_lowered(text)}" if title else text for title, text in pieces)


def _lowered(text: str) -> str:
    """Return Markdown with each heading one level lower."""
    lines, fence = [], ""
    for line in text.split("\n"):
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        lines.append(f"#{line}" if not fence and re.match(r"#{1,5} ", line) else line)
    return "\n".join(lines)


def _cut(text: str) -> str:
    """Return the first paragraphs of a text, without an open directive or piece of code."""
    start = text[:LONGEST_PROSE]
    text = start.rpartition("\n\n")[0] or start.rpartition(" ")[0] or start
    for mark in ("\n:::", "\n```"):
        if text.count(mark) % 2:
            text = text.rpartition(mark)[0]
    return text.rstrip()
