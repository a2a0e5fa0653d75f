"""A programme as IMS Common Cartridge: 1.1 for Moodle, 1.3 for Canvas and others.

The tree is that which receivers show. Below its root, which no system shows, the first level becomes sections in Moodle and
modules in Canvas; a level without content of its own becomes a label in Moodle and a heading in Canvas; everything else is
content with a title of its own, which is why titles say both what it is and of what::

    Über dieses Programm        a page                    (Moodle: the section at the top)
    MODULE                      a page on the module, then for each unit
        UNIT                    Überblick, Handreichung, Übungen, Transferaufgabe, Quiz, weitere Fragen, files, links
    Für Lehrende                the guide of each unit, marked as for instructors: Moodle hides them from participants

Moodle recognises version 1.1 by its namespace within the first 500 bytes of the manifest.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from staffel.curriculum.core.content import Item, ItemKind, Material, Outline, Source, Unit
from staffel.curriculum.core.formats import unit_pages
from staffel.curriculum.core.formats.fragments import addresses, mark, page
from staffel.curriculum.core.formats.markup import Entry, Html, element, href, resolve, written
from staffel.curriculum.core.formats.prose_html import Prose
from staffel.curriculum.core.formats.quiz12 import CARRIED, quiz_file

GUIDES = "Für Lehrende"
ABOUT = "Über dieses Programm"
# The titles of a unit's pages, by the name of their file.
PARTS = {
    "overview": "Überblick",
    "handout": "Handreichung",
    "exercises": "Übungen",
    "task": "Transferaufgabe",
    "questions": "Weitere Fragen",
    "guide": "Leitfaden",
}


@dataclass(frozen=True, slots=True)
class Version:
    """What differs between the versions of the format."""

    number: str
    short: str
    shows_all_feedback: bool

    @property
    def manifest(self) -> str:
        """The namespace of the manifest."""
        return f"http://www.imsglobal.org/xsd/ims{self.short}/imscp_v1p1"

    @property
    def lom(self) -> str:
        """The namespace of the manifest's metadata."""
        return f"http://ltsc.ieee.org/xsd/ims{self.short}/LOM/manifest"

    @property
    def lom_of_resources(self) -> str:
        """The namespace of a resource's metadata."""
        return f"http://ltsc.ieee.org/xsd/ims{self.short}/LOM/resource"

    @property
    def point(self) -> str:
        """The number as it stands in the names of types: ``v1p3``."""
        return self.short.removeprefix("cc")


V1_1 = Version("1.1.0", "ccv1p1", shows_all_feedback=False)
V1_3 = Version("1.3.0", "ccv1p3", shows_all_feedback=True)


def files(source: Source, html: Html, version: Version) -> Iterator[Entry]:
    """Return the files of the cartridge, unit by unit, the manifest at the end."""
    outline = source.outline
    cartridge = _Cartridge(outline, version)
    about = cartridge.folder(cartridge.root, "about", ABOUT)
    yield cartridge.page(about, "programme", f"{ABOUT}: {outline.title}", unit_pages.programme_page(outline), use="syllabus")
    guides: list[tuple[str, str]] = []
    for module in outline.modules:
        place = cartridge.folder(cartridge.root, f"module.{module.key}", module.title)
        title = f"{PARTS['overview']}: {module.title}"
        cartridge.item(place, f"page._modules.{module.key}", title)
        units = []
        for key in module.units:
            unit = source.unit(key)
            units.append((unit.title, unit.minutes))
            yield from _unit(cartridge, place, source, unit, html)
            if unit.plan or unit.guide or unit.slides:
                body = unit_pages.guide(Prose(html, unit, "../../"))
                name, of_guide = f"{unit.key}/guide", f"{PARTS['guide']}: {unit.title}"
                guides.append((name, of_guide))
                yield cartridge.page(None, name, of_guide, body, unit=unit, use="lessonplan", role="Instructor")
        yield cartridge.page(None, f"_modules/{module.key}", title, unit_pages.module_page(module, units))
    if guides:
        place = cartridge.folder(cartridge.root, "guides", GUIDES)
        for name, title in guides:
            cartridge.item(place, f"page.{name.replace('/', '.')}", title)
    yield "imsmanifest.xml", cartridge.manifest()


def losses(source: Source, version: Version) -> tuple[str, ...]:
    """Return what the cartridge does not carry, and what receivers show otherwise, as German sentences."""
    others = Counter(item.kind for key in source.outline.units for item in source.unit(key).quiz if item.kind not in CARRIED)
    found = [
        "Lernziele, Kompetenzen, Ablauf, Übungen, Transferaufgaben und Quellen werden zu Text auf Seiten.",
        "Stufen der Kompetenzen, ihre Zuordnung zu DigComp und ESCO, Abschlussregel, Terminvorlage und Anmerkungen fehlen.",
        "Urheber und Lizenz einer Datei stehen auf der Seite „Überblick“ ihrer Einheit, nicht bei der Datei selbst.",
        "Signatur und Herkunft des Pakets fehlen: Das empfangende System kann nicht prüfen, von wem der Kurs ist.",
    ]
    if source.outline.methods or source.outline.glossary:
        found.append("Methodenkarten und Glossar fehlen.")
    for kind, words in ((ItemKind.ORDER, "zum Ordnen"), (ItemKind.MATCH, "zum Zuordnen")):
        if others[kind]:
            found.append(
                f"Fragen {words} ({others[kind]}) kennt das Format nicht. Sie stehen als Text mit Lösungen auf der Seite "
                f"„{PARTS['questions']}“."
            )
    if version == V1_1:
        found.append(
            "Moodle zeigt den Titel eines Moduls als Beschreibung seines Abschnitts. Der Name des Abschnitts lässt sich nicht "
            "mitgeben."
        )
        found.append("Moodle übernimmt bei Lückentexten die Rückmeldung zu richtigen Antworten nicht.")
        found.append("Hat eine Frage mehrere richtige Antworten, zieht Moodle für falsche Kreuze nichts ab.")
    return tuple(found)


def _unit(cartridge: "_Cartridge", place: etree._Element, source: Source, unit: Unit, html: Html) -> Iterator[Entry]:
    folder = cartridge.folder(place, f"unit.{unit.key}", unit.title)
    prose = Prose(html, unit, "../../")
    pages = {"overview": unit_pages.overview(cartridge.outline, prose)}
    if unit.handout:
        pages["handout"] = unit_pages.handout(prose)
    if unit.exercises:
        pages["exercises"] = unit_pages.exercises(prose)
    if unit.task:
        pages["task"] = unit_pages.task(prose)
    for name, body in pages.items():
        yield cartridge.page(folder, f"{unit.key}/{name}", f"{PARTS[name]}: {unit.title}", body, unit=unit)
    carried = [item for item in unit.quiz if item.kind in CARRIED]
    if carried:
        yield cartridge.quiz(folder, unit, carried, html)
    others = [item for item in unit.quiz if item.kind not in CARRIED]
    if others:
        body = unit_pages.questions(others, prose)
        yield cartridge.page(folder, f"{unit.key}/questions", f"{PARTS['questions']}: {unit.title}", body, unit=unit)
    for number, material in enumerate(unit.materials, 1):
        if material.link:
            yield cartridge.link(folder, f"{unit.key}.{number}", material)
        else:
            yield cartridge.file(folder, unit, material, source)


class _Cartridge:
    """The manifest while it grows."""

    def __init__(self, outline: Outline, version: Version):
        self.outline, self.version = outline, version
        self._manifest = etree.Element(
            f"{{{version.manifest}}}manifest",
            {"identifier": f"staffel.{outline.key}"},
            nsmap={None: version.manifest, "lomm": version.lom, "lom": version.lom_of_resources},
        )
        metadata = element(self._manifest, "metadata")
        element(metadata, "schema", "IMS Common Cartridge")
        element(metadata, "schemaversion", version.number)
        _lom(element(metadata, f"{{{version.lom}}}lom"), outline)
        organization = element(
            element(self._manifest, "organizations"), "organization", identifier="organization", structure="rooted-hierarchy"
        )
        self.root = element(organization, "item", identifier="root")
        self._resources = element(self._manifest, "resources")

    def manifest(self) -> bytes:
        """Return the bytes of the manifest."""
        return written(self._manifest)

    def folder(self, place: etree._Element, identifier: str, title: str) -> etree._Element:
        """Return a new place for content, with a title."""
        item = element(place, "item", identifier=f"item.{identifier}")
        element(item, "title", title)
        return item

    def item(self, place: etree._Element, resource: str, title: str) -> None:
        """Show a resource at a place."""
        element(element(place, "item", identifier=f"item.{resource}", identifierref=resource), "title", title)

    def page(
        self,
        place: etree._Element | None,
        name: str,
        title: str,
        body: unit_pages.Body,
        *,
        unit: Unit | None = None,
        use: str = "",
        role: str = "",
    ) -> Entry:
        """Return a page, noted as a resource, and shown at ``place`` if one is given."""
        path = f"pages/{name}.html"
        identifier = f"page.{name.replace('/', '.')}"
        attributes = {"intendeduse": use} if use else {}
        resource = self._resource(identifier, "webcontent", path, {"href": path} | attributes, role)
        for each in body:
            self._depend(resource, path, unit, each)
        if place is not None:
            self.item(place, identifier, title)
        return path, page(title, body, language=self.outline.language, head=_marks(name, unit))

    def quiz(self, place: etree._Element, unit: Unit, items: list[Item], html: Html) -> Entry:
        """Return the quiz of a unit."""
        path, identifier, title = f"quizzes/{unit.key}.xml", f"quiz.{unit.key}", f"Quiz: {unit.title}"
        prose = Prose(html, unit, "../")
        content, prompts = quiz_file(items, prose, title=title, goes_on=self.version.shows_all_feedback)
        resource = self._resource(identifier, f"imsqti_xmlv1p2/imscc_xml{self.version.point}/assessment", path, {})
        self._depend(resource, path, unit, prompts)
        self.item(place, identifier, title)
        return path, content

    def link(self, place: etree._Element, name: str, material: Material) -> Entry:
        """Return a link as a file of its own."""
        path, identifier = f"links/{name}.xml", f"link.{name}"
        namespace = f"http://www.imsglobal.org/xsd/ims{self.version.short}/imswl_{self.version.point}"
        root = etree.Element(f"{{{namespace}}}webLink", nsmap={None: namespace})
        element(root, "title", material.title)
        element(root, "url", href=material.link, target="_blank")
        self._resource(identifier, f"imswl_xml{self.version.point}", path, {})
        self.item(place, identifier, material.title)
        return path, written(root)

    def file(self, place: etree._Element, unit: Unit, material: Material, source: Source) -> Entry:
        """Return a file of a unit."""
        path, identifier = f"files/{unit.key}/{material.file}", _file_identifier(unit, material)
        self._resource(identifier, "webcontent", path, {"href": href(path)})
        self.item(place, identifier, material.title)
        return path, lambda: source.open(unit.key, material.file)

    def _resource(self, identifier: str, kind: str, path: str, attributes: dict[str, str], role: str = "") -> etree._Element:
        # The metadata of a resource may say for whom it is, and nothing else: licences of files stand on the unit's page.
        resource = element(self._resources, "resource", identifier=identifier, type=kind, **attributes)
        if role:
            lom = element(element(resource, "metadata"), f"{{{self.version.lom_of_resources}}}lom")
            found = element(element(lom, "educational"), "intendedEndUserRole")
            element(found, "source", f"IMSGLC_CC_Roles{self.version.point}")
            element(found, "value", role)
        element(resource, "file", href=href(path))
        return resource

    def _depend(self, resource: etree._Element, path: str, unit: Unit | None, body: etree._Element) -> None:
        """Name the files that a page shows or links to; each once, as the schema demands."""
        found = {_file_path(unit, material): material for material in unit.materials if material.file} if unit else {}
        known = {node.get("identifierref") for node in resource}
        for address in addresses(body):
            if "://" in address or address.startswith(("#", "mailto:", "tel:")):
                continue
            material = found.get(resolve(path, address))
            if material and _file_identifier(unit, material) not in known:
                element(resource, "dependency", identifierref=_file_identifier(unit, material))
                known.add(_file_identifier(unit, material))


def _marks(name: str, unit: Unit | None) -> list[etree._Element]:
    if unit:
        return mark(name.partition("/")[2], unit=unit.key, kind=unit.kind, minutes=str(unit.minutes))
    return mark("module" if "/" in name else name)


def _file_path(unit: Unit, material: Material) -> str:
    return f"files/{unit.key}/{material.file}"


def _file_identifier(unit: Unit, material: Material) -> str:
    number = next(number for number, each in enumerate(unit.materials, 1) if each.file == material.file)
    return f"file.{unit.key}.{number}"


def _lom(lom: etree._Element, outline: Outline) -> None:
    general = element(lom, "general")
    element(element(general, "title"), "string", outline.title, language=outline.language)
    element(general, "language", outline.language)
    element(element(general, "description"), "string", outline.summary, language=outline.language)
    rights = element(lom, "rights")
    element(element(rights, "copyrightAndOtherRestrictions"), "value", "yes")
    description = element(rights, "description")
    text = f"{outline.author}, {outline.licence}, Fassung {outline.version}"
    element(description, "string", text, language=outline.language)
