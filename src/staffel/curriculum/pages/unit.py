"""What the page of a unit says, and that of its trainer guide: values for templates, no query and no rule in here.

A version that was loaded before units had files has only the facts of its rows: then ``content`` is None, and the page shows
what it is about and what people can do afterwards.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from staffel.curriculum import prose, words
from staffel.curriculum.core.content import Criterion, Exercise, Material, Reference, Task, Unit, UnitKind
from staffel.curriculum.pages.places import Places, PublicPlaces
from staffel.curriculum.pages.plan import Plan, plan_of
from staffel.curriculum.pages.quiz import QuizItem, quiz_item
from staffel.curriculum.queries.versions import CompetencyFacts, ModuleFacts, UnitFacts, VersionFacts
from staffel.ui import words as numbers
from staffel.ui.parts import Crumb, Fact, KeysetPage


@dataclass(frozen=True)
class ObjectiveLine:
    """An objective; ``level`` is the word after Bloom, ``reaches`` that of the competency's level, both may be empty."""

    text: str
    level: str
    competency: str
    competency_href: str
    reaches: str


@dataclass(frozen=True)
class ExerciseBlock:
    """An exercise; ``facts`` is a line like "in Gruppen, 30 Minuten"; the competency that it practises may be empty."""

    key: str
    title: str
    facts: str
    text: SafeString
    competency: str
    competency_href: str


@dataclass(frozen=True)
class TaskBlock:
    """The transfer task; ``columns`` head the rubric, each of whose ``rows`` has as many qualities, empty where it has none."""

    title: str
    artefact: str
    also: str
    instruction: SafeString
    template: SafeString
    columns: list[str]
    rows: list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class MaterialLine:
    """A file or a link of the unit; ``digest`` is empty for a link."""

    title: str
    href: str
    facts: str
    author: str
    licence: str
    licence_href: str
    language: str
    digest: str
    is_file: bool


@dataclass(frozen=True)
class UnitPage:
    """All that the page of a unit shows; its parts are made when a template asks for them."""

    version: VersionFacts
    module: ModuleFacts
    unit: UnitFacts
    content: Unit | None
    facts: list[Fact]
    competencies: list[CompetencyFacts]
    neighbours: KeysetPage
    places: Places
    sides: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def crumbs(self) -> list[Crumb]:
        """The way to this page."""
        return [*self.places.crumbs(), Crumb(self.unit.title)]

    @property
    def lead(self) -> str:
        """Which part of which programme it is."""
        facts = {"number": self.unit.position, "programme": self.version.title}
        if self.unit.kind == UnitKind.SELF_STUDY:
            return _("%(number)s. Einheit im Programm %(programme)s, zum Selbststudium") % facts
        if self.unit not in self.version.course:
            return _("Ein Vormittag zur Wahl im Programm %(programme)s") % facts
        return _("%(number)s. Vormittag im Programm %(programme)s") % facts

    @property
    def guide_crumbs(self) -> list[Crumb]:
        """The way to the page of the trainer guide."""
        return [*self.crumbs[:-1], Crumb(self.unit.title, self.path), Crumb(_("Leitfaden"))]

    @property
    def path(self) -> str:
        """Where the unit is read."""
        return self.places.unit(self.unit.key)

    @property
    def guide_path(self) -> str:
        """Where the trainer guide is shown; empty if there is none."""
        said = self.content
        has_guide = said is not None and (said.guide or said.plan or said.slides)
        return self.places.guide(self.unit.key) if has_guide else ""

    @property
    def file_path(self) -> Callable[[str], str]:
        """Where the file of a name is fetched."""
        return lambda name: self.places.file(self.unit.key, name)

    @cached_property
    def contents(self) -> list[tuple[str, str]]:
        """The parts of the page, as (words, anchor)."""
        parts = [
            (_("Ziele"), "ziele", self.unit.objectives),
            (_("Worum es geht"), "worum", True),
            (_("Ablauf"), "ablauf", self.plan),
            (_("Handreichung"), "handreichung", self.content and self.content.handout),
            (_("Übungen"), "uebungen", self.content and self.content.exercises),
            (_("Transferaufgabe"), "transferaufgabe", self.content and self.content.task),
            (_("Selbsttest"), "selbsttest", self.content and self.content.quiz),
            (_("Materialien"), "materialien", self.content and self.content.materials),
            (_("Quellen"), "quellen", self.content and self.content.sources),
        ]
        return [(text, f"#{anchor}") for text, anchor, there in parts if there]

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {each.key: each.title for each in self.version.competencies}

    @cached_property
    def objectives(self) -> list[ObjectiveLine]:
        """What people can do afterwards."""
        if self.content is None:
            return [ObjectiveLine(text, "", "", "", "") for text in self.unit.objectives]
        return [
            ObjectiveLine(
                each.text,
                str(words.LEVELS[each.level]),
                self._titles.get(each.competency, each.competency),
                self.places.competency(each.competency),
                words.level(each.reaches),
            )
            for each in self.content.objectives
        ]

    @cached_property
    def summary(self) -> SafeString:
        """What it is about."""
        return self._prose(self.content.summary if self.content else self.unit.summary, 3)

    @cached_property
    def handout(self) -> SafeString:
        """What participants read."""
        return self._prose(self.content.handout, 3)

    @cached_property
    def guide(self) -> SafeString:
        """What trainers read."""
        return self._prose(self.content.guide, 2)

    @cached_property
    def slides(self) -> SafeString:
        """What the room sees, in outline."""
        return self._prose(self.content.slides, 3)

    @cached_property
    def plan(self) -> Plan | None:
        """The plan of the session, None where there is none."""
        said, places = self.content, self.places
        return plan_of(said, self.version.starts, places.method) if said and said.plan else None

    @property
    def cards(self) -> list[tuple[str, str]]:
        """The method cards of the plan as (method, address), each once, in the order in which they are used."""
        cards: dict[str, str] = {}
        for step in self.plan.steps if self.plan else ():
            if step.card:
                cards.setdefault(step.card, step.method)
        return [(method, href) for href, method in cards.items()]

    @cached_property
    def exercises(self) -> list[ExerciseBlock]:
        """What is practised."""
        return [self._exercise(each) for each in self.content.exercises]

    @cached_property
    def task(self) -> TaskBlock | None:
        """The transfer task, None where there is none."""
        return self._task(self.content.task) if self.content.task else None

    @cached_property
    def quiz(self) -> list[QuizItem]:
        """The self-test."""
        return [quiz_item(number, item, self._prose(item.prompt, 4)) for number, item in enumerate(self.content.quiz, 1)]

    @cached_property
    def materials(self) -> list[MaterialLine]:
        """The files and links."""
        return [material_line(each, self.file_path) for each in self.content.materials]

    @cached_property
    def sources(self) -> list[tuple[str, str, str, str]]:
        """What was read, as (publisher and year, title, address, day of reading)."""
        return [source_line(each) for each in self.content.sources]

    def _prose(self, text: str, first_heading: int) -> SafeString:
        return prose.render(text, unit=self.content, file_path=self.file_path, first_heading=first_heading, sides=self.sides)

    def _exercise(self, exercise: Exercise) -> ExerciseBlock:
        facts = f"{words.FORMS[exercise.form]}, {words.in_minutes(exercise.minutes)}"
        text, key = self._prose(exercise.text, 4), exercise.competency
        href = self.places.competency(key) if key else ""
        return ExerciseBlock(exercise.key, exercise.title, facts, text, self._titles.get(key, key), href)

    def _task(self, task: Task) -> TaskBlock:
        qualities = max((len(criterion.levels) for criterion in task.rubric), default=0)
        columns = words.qualities(qualities)
        return TaskBlock(
            task.title,
            str(words.ARTEFACTS[task.artefact]),
            get_text_list([str(words.ARTEFACTS[each]) for each in task.also], _("und")),
            self._prose(task.instruction, 3),
            self._prose(task.template, 4),
            columns,
            [(criterion.title, _in_columns(criterion, columns)) for criterion in task.rubric],
        )


def unit_page(
    version: VersionFacts,
    key: str,
    content: Unit | None,
    places: Places | None = None,
    sides: Mapping[str, tuple[int, int]] | None = None,
) -> UnitPage | None:
    """Return the page of the unit with this key and all that its files say; None if the version has no such unit.

    ``places`` is where the parts of the version are read: in public, unless it says otherwise; ``sides`` are the
    width and height of its pictures, by their names.
    """
    places = places or PublicPlaces(version)
    units = version.units
    place = next((n for n, unit in enumerate(units) if unit.key == key), None)
    if place is None:
        return None
    unit = units[place]
    module = next(module for module in version.modules if unit in module.units)
    session = content is None or content.kind == UnitKind.SESSION
    return UnitPage(
        version=version,
        module=module,
        unit=unit,
        content=content,
        facts=[
            Fact(_("Modul"), f"{module.position} · {module.title}", "", f"{places.version()}#modul-{module.key}"),
            Fact(_("Einheit"), _("%(number)s von %(all)s") % {"number": unit.position, "all": len(units)}),
            Fact(_("Dauer"), words.hours(unit.minutes)),
            Fact(_("Art"), _("gemeinsam, an einem Vormittag") if session else _("Selbststudium")),
            *_reading_time(content),
        ],
        competencies=[each for each in version.competencies if each.key in unit.competencies],
        neighbours=KeysetPage(
            places.unit(units[place - 1].key) if place else "",
            places.unit(units[place + 1].key) if place + 1 < len(units) else "",
            _("Einheit %(number)s von %(all)s") % {"number": unit.position, "all": len(units)},
        ),
        places=places,
        sides=sides or {},
    )


# Parts ------------------------------------------------------------------------------------------------------------------


def _reading_time(content: Unit | None) -> list[Fact]:
    if content is None or not content.reading_minutes:
        return []
    return [Fact(_("Handreichung"), _("%(time)s Lesezeit") % {"time": words.in_minutes(content.reading_minutes)})]


def _in_columns(criterion: Criterion, columns: list[str]) -> list[tuple[str, str]]:
    levels = [*criterion.levels, *[""] * (len(columns) - len(criterion.levels))]
    return list(zip(columns, levels, strict=True))


def material_line(material: Material, file_path: Callable[[str], str]) -> MaterialLine:
    """Return a file or a link as its line says it."""
    licence, _full, licence_href = words.licence(material.licence)
    facts = f"{words.file_kind(material.file)}, {words.size(material.size)}" if material.file else _("Link")
    return MaterialLine(
        material.title,
        file_path(material.file) if material.file else material.link,
        facts,
        material.author,
        licence,
        licence_href,
        words.language(material.language),
        material.sha256,
        bool(material.file),
    )


def source_line(reference: Reference) -> tuple[str, str, str, str]:
    """Return what was read as (publisher and year, title, address, day of reading)."""
    by = f"{reference.publisher} ({reference.year})" if reference.year else reference.publisher
    read = _("gelesen am %(day)s") % {"day": numbers.day(reference.accessed)} if reference.accessed else ""
    return by, reference.title, reference.link, read
