"""Common Cartridge 1.1, 1.2 and 1.3 read as a draft of a programme.

First level of the tree: modules. Second level: units, with all that is below. Pages become the handout of the unit they stand
in, those for instructors its guide, quizzes its quiz, links and files its materials. Pages that ``cartridge.py`` wrote say what
they are, and go back to where they came from.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from staffel.curriculum.core.content import UnitKind, Whole
from staffel.curriculum.core.files import Files
from staffel.curriculum.core.formats import quiz12_reading
from staffel.curriculum.core.formats.draft import Draft, UnitDraft
from staffel.curriculum.core.formats.fragments import read_page
from staffel.curriculum.core.formats.markup import (
    LARGEST_PAGE,
    XML,
    NotReadable,
    Rationed,
    child,
    children,
    content_of,
    descendants,
    line_of,
    name,
    parse,
    resolve,
)
from staffel.curriculum.core.formats.to_markdown import Converter, Found

MANIFEST = "imsmanifest.xml"
NAMESPACE = re.compile(r"http://www\.imsglobal\.org/xsd/imsccv1p([123])/imscp_v1p1")
MOST_ITEMS = 20_000

_HTML = (".html", ".htm", ".xhtml")
_TEACHERS = ("instructor", "mentor")
_WORDS = {
    **dict.fromkeys(("iframe", "frame"), "eingebettete Seiten"),
    **dict.fromkeys(("video", "audio", "object", "embed", "applet", "canvas"), "eingebettete Medien"),
    **dict.fromkeys(("form", "input", "select", "textarea", "button"), "Formulare"),
    "script": "Skripte",
    "svg": "Zeichnungen im Text",
    "math": "Formeln",
    "img": "Bilder",
    "colspan": "verbundene Zellen in Tabellen",
}


@dataclass(frozen=True, slots=True)
class _Resource:
    """What the manifest says of a resource; ``path`` is that of its first or main file."""

    kind: str
    path: str
    for_teachers: bool


def read(files: Files) -> tuple[Whole, tuple[str, ...]]:
    """Return the draft, and what could not be carried. Raises NotReadable, with a sentence."""
    return _Reading(files).read()


class _Reading:
    def __init__(self, files: Files):
        self._files = Rationed(files)
        self._draft = Draft(files)
        self._lose = self._draft.losses.add
        self._resources: dict[str, _Resource] = {}
        self._used: set[str] = set()
        self._title = ""
        self._about: dict[str, str] = {}

    def read(self) -> tuple[Whole, tuple[str, ...]]:
        manifest = parse(self._files, MANIFEST)
        if not NAMESPACE.fullmatch(etree.QName(manifest).namespace or "") or name(manifest) != "manifest":
            raise NotReadable("Das ist kein Common Cartridge in Fassung 1.1, 1.2 oder 1.3.", MANIFEST)
        if next(descendants(manifest, "authorizations"), None) is not None:
            raise NotReadable("Dieses Common Cartridge ist geschützt und lässt sich nicht einlesen.", MANIFEST)
        self._take_resources(manifest)
        general = child(manifest, "metadata", "lom", "general")
        self._title = line_of(child(general, "title", "string")) or "Ohne Titel"
        language = line_of(child(general, "language"))
        root = child(manifest, "organizations", "organization", "item")
        for item in children(root, "item") if root is not None else ():
            self._module(item)
        self._say_rest(manifest)
        whole = self._draft.whole(
            title=self._title,
            summary=self._about.get("summary") or line_of(child(general, "description", "string")),
            aim=self._about.get("aim", ""),
            audience=self._about.get("audience", ""),
            language=language,
        )
        return whole, self._draft.losses.all()

    def _take_resources(self, manifest: etree._Element) -> None:
        resources = child(manifest, "resources")
        for each in children(resources, "resource") if resources is not None else ():
            identifier, first = each.get("identifier", ""), child(each, "file")
            if identifier in self._resources:
                raise NotReadable(f"Die Kennung „{line_of(identifier)[:80]}“ kommt zweimal vor.", MANIFEST)
            href = each.get("href") or (first.get("href", "") if first is not None else "")
            base = "".join(node.get(f"{{{XML}}}base", "") for node in (manifest, resources, each))
            roles = (line_of(found).lower() for found in descendants(each, "value"))
            for_teachers = each.get("intendeduse") == "lessonplan" or any(role in _TEACHERS for role in roles)
            path = resolve(MANIFEST, base + href) if href else ""
            self._resources[identifier] = _Resource(each.get("type", ""), path, for_teachers)

    # The tree -----------------------------------------------------------------------------------------------------------

    def _module(self, item: etree._Element) -> None:
        title = line_of(child(item, "title"))
        if item.get("identifierref"):
            self._draft.module(title)
            self._content(self._draft.unit(title), item)
            return
        self._draft.module(title, _own_key(item, "item.module."))
        unit = None
        for each in children(item, "item"):
            if each.get("identifierref"):
                # What stands beside units belongs to a unit of its own, named like the module.
                unit = unit or self._draft.unit(title)
                self._content(unit, each)
            else:
                unit = None
                within = self._draft.unit(line_of(child(each, "title")), _own_key(each, "item.unit."))
                for leaf in _leaves(each):
                    self._content(within, leaf)

    def _content(self, unit: UnitDraft, item: etree._Element) -> None:
        title, identifier = line_of(child(item, "title")), item.get("identifierref", "")
        resource = self._resources.get(identifier)
        self._used.add(identifier)
        if len(self._used) > MOST_ITEMS:
            raise NotReadable(f"Das Inhaltsverzeichnis hat mehr als {MOST_ITEMS} Einträge.", MANIFEST)
        if resource is None or not resource.path:
            self._lose(f"„{title[:80]}“ fehlt: Das Paket enthält dazu keine Datei.")
            return
        kind = resource.kind
        if re.fullmatch(r"webcontent|associatedcontent/.*", kind):
            if resource.path.lower().endswith(_HTML):
                self._page(unit, title, resource)
            else:
                self._draft.file(unit, resource.path, title)
        elif re.fullmatch(r"imswl_xmlv\dp\d", kind):
            self._link(unit, title, resource.path)
        elif re.fullmatch(r"imsqti_xmlv1p2/imscc_xmlv\dp\d/assessment", kind):
            self._quiz(unit, title, resource.path)
        else:
            self._lose(f"„{title[:80]}“ fehlt: {_kind_words(kind)} gibt es hier nicht.")

    def _link(self, unit: UnitDraft, title: str, path: str) -> None:
        root = parse(self._files, path)
        url = child(root, "url")
        self._draft.link(unit, title or line_of(child(root, "title")), url.get("href", "").strip() if url is not None else "")

    def _quiz(self, unit: UnitDraft, title: str, path: str) -> None:
        root = parse(self._files, path)

        def prompt(html: etree._Element) -> str:
            return self._text(unit, path, title, html)

        def lose(sentence: str) -> None:
            self._lose(f"{path}: {sentence}")

        for item in quiz12_reading.items_of(root, prompt, lose):
            self._draft.item(unit, item, path)

    # Pages --------------------------------------------------------------------------------------------------------------

    def _page(self, unit: UnitDraft, title: str, resource: _Resource) -> None:
        root = read_page(content_of(self._files, resource.path, LARGEST_PAGE), resource.path)
        facts = {meta.get("name", ""): meta.get("content", "") for meta in root.iter("meta")}
        part = facts.get("staffel-part", "")
        mains = list(root.iter("main"))
        if part == "programme":
            self._about = {each.get("data-part", ""): _paragraphs(each) for each in mains}
            return
        if part == "module" and mains:
            self._draft.describe_module(line_of(mains[0]))
            return
        if part and facts.get("staffel-unit", "") in self._draft.units:
            unit = self._draft.units[facts["staffel-unit"]]
        if part == "overview" and mains:
            unit.summary = self._text(unit, resource.path, title, mains[0])
            unit.kind = UnitKind.SESSION if facts.get("staffel-kind") == UnitKind.SESSION else UnitKind.SELF_STUDY
            minutes = facts.get("staffel-minutes", "")
            unit.minutes = int(minutes) if re.fullmatch(r"[1-9]\d{0,3}", minutes) and int(minutes) <= 1440 else 0
            self._lose("Lernziele, Materialliste und Quellen auf den Seiten „Überblick“ wurden nicht zurückgelesen.")
            return
        whole = mains[0] if part == "handout" and mains else _body(root)
        text = self._text(unit, resource.path, title, whole)
        if text:
            place = unit.guide if resource.for_teachers or part == "guide" else unit.handout
            place.append(("" if part in ("handout", "guide") else self._draft.line(title, 200), text))

    def _text(self, unit: UnitDraft, path: str, title: str, root: etree._Element) -> str:
        converter = Converter(self._file_in(unit, path))
        text = converter.text(root)
        self._take_links(unit, path, title, root, converter.found)
        return self._draft.prose(text, title)

    def _file_in(self, unit: UnitDraft, base: str) -> Callable[[str, str], str]:
        def found(address: str, alt: str) -> str:
            path = self._inside(base, address)
            return self._draft.file(unit, path, alt=alt) if path else ""

        return found

    def _inside(self, base: str, address: str) -> str:
        """Return the path of a file of the package, empty for anything else."""
        if not address or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#", address):
            return ""
        try:
            return resolve(base, address)
        except NotReadable:
            self._lose(f"{base}: Ein Verweis führt aus dem Paket hinaus und fehlt.")
            return ""

    def _take_links(self, unit: UnitDraft, base: str, title: str, root: etree._Element, found: Found) -> None:
        """Take the files that a page links to, and say what of the page is lost."""
        lost = {_WORDS.get(tag, f"Auszeichnungen „{tag}“"): 0 for tag in found.lost}
        for tag, number in found.lost.items():
            lost[_WORDS.get(tag, f"Auszeichnungen „{tag}“")] += number
        if lost:
            listed = ", ".join(f"{words} ({number})" for words, number in lost.items())
            self._lose(f"Auf der Seite „{title[:80]}“ fehlen: {listed}.")
        for address in found.links:
            path = self._inside(base, address)
            if path and not path.lower().endswith(_HTML):
                words = next((line_of(each) for each in root.iter() if name(each) == "a" and each.get("href") == address), "")
                self._draft.file(unit, path, words)
        if found.links:
            self._draft.losses.count(
                "Verweise im Text auf Seiten und Dateien des Pakets, die zu bloßem Text wurden: %d.", len(found.links)
            )

    def _say_rest(self, manifest: etree._Element) -> None:
        files = {path for unit in self._draft.units.values() for path in unit.names}
        left = [
            resource
            for identifier, resource in self._resources.items()
            if identifier not in self._used and resource.path and resource.path not in files
        ]
        banks = sum("question-bank" in resource.kind for resource in left)
        if banks:
            self._lose(f"Sammlungen von Fragen, die in keiner Einheit stehen: {banks}. Sie fehlen.")
        if len(left) > banks:
            self._lose(f"Dateien und Seiten, die nicht im Inhaltsverzeichnis stehen: {len(left) - banks}. Sie fehlen.")
        rights = line_of(child(manifest, "metadata", "lom", "rights", "description", "string"))
        if rights:
            self._lose(f"Das Paket sagt zu Rechten: „{rights[:300]}“. Bitte tragen Sie Urheber und Lizenz danach ein.")


def _own_key(item: etree._Element, prefix: str) -> str:
    identifier = item.get("identifier", "")
    return identifier.removeprefix(prefix) if identifier.startswith(prefix) else ""


def _leaves(item: etree._Element) -> Iterator[etree._Element]:
    """Return the items below that have content, in their order."""
    return (each for each in descendants(item, "item") if each.get("identifierref"))


def _body(root: etree._Element) -> etree._Element:
    """Return the body of a page without its heading, which is the title of the item as a rule."""
    body = root.find("body")
    body = root if body is None else body
    first = next(iter(body), None)
    if first is not None and first.tag == "h1" and not (body.text or "").strip():
        body.remove(first)
    return body


def _paragraphs(root: etree._Element) -> str:
    return "\n\n".join(line_of(each) for each in root if line_of(each))


def _kind_words(kind: str) -> str:
    for part, words in (
        ("imsdt", "Diskussionen"),
        ("basiclti", "Verknüpfungen mit Werkzeugen (LTI)"),
        ("imslti", "Werkzeuge (LTI)"),
    ):
        if part in kind:
            return words
    return f"Inhalte der Art „{line_of(kind)[:60]}“"
