"""The reading of a programme as SCORM 1.2, for ILIAS: one SCO for each unit that participants read.

A SCO is a page with a small script that tells the platform "incomplete" when it is opened and "completed" when its end has
been seen. Pages need nothing from elsewhere, and can be read without a platform too.
"""

from collections.abc import Iterator

from lxml import etree
from lxml.html import builder as tags

from staffel.curriculum.core.content import Outline, Source, Unit
from staffel.curriculum.core.formats import unit_pages
from staffel.curriculum.core.formats.fragments import heading, page
from staffel.curriculum.core.formats.markup import XML, XSI, Entry, Html, element, href, written
from staffel.curriculum.core.formats.prose_html import Prose

CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
MD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
SCRIPT, STYLE = "shared/scorm.js", "shared/page.css"

# Old JavaScript on purpose: ILIAS is opened with what offices have.
_SCRIPT = """\
/* Tells the platform that a page was opened, and that its end was seen. SCORM 1.2, section 3.3. */
(function () {
  "use strict";
  var api = null, open = false, started = new Date().getTime();

  function within(win) {
    var steps = 0;
    try {
      while (win && !win.API && win.parent && win.parent !== win && steps < 10) { win = win.parent; steps += 1; }
      return win && win.API ? win.API : null;
    } catch (error) { return null; }
  }

  function begin() {
    api = within(window) || (window.opener ? within(window.opener) : null);
    if (!api || String(api.LMSInitialize("")) !== "true") { api = null; return; }
    open = true;
    var status = api.LMSGetValue("cmi.core.lesson_status");
    if (status !== "completed" && status !== "passed") {
      api.LMSSetValue("cmi.core.lesson_status", "incomplete");
      api.LMSCommit("");
    }
  }

  function complete() {
    if (!open) { return; }
    if (api.LMSGetValue("cmi.core.lesson_status") !== "passed") { api.LMSSetValue("cmi.core.lesson_status", "completed"); }
    api.LMSCommit("");
  }

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function finish() {
    if (!open) { return; }
    var seconds = Math.floor((new Date().getTime() - started) / 1000), hours = Math.min(Math.floor(seconds / 3600), 9999);
    api.LMSSetValue("cmi.core.session_time", two(hours) + ":" + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60));
    open = !(String(api.LMSFinish("")) === "true");
  }

  function watch() {
    var end = document.getElementById("ende");
    if (!end || !("IntersectionObserver" in window)) { complete(); return; }
    var observer = new IntersectionObserver(function (entries) {
      if (entries.some(function (entry) { return entry.isIntersecting; })) { observer.disconnect(); complete(); }
    });
    observer.observe(end);
  }

  window.addEventListener("load", function () { begin(); watch(); });
  window.addEventListener("pagehide", finish);
  window.addEventListener("beforeunload", finish);
}());
"""
_STYLE = """\
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.0625rem/1.6 system-ui, sans-serif; color: #171a2b; }
h1, h2, h3 { line-height: 1.25; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid #8d91a3; padding: .4rem .6rem; text-align: left; vertical-align: top; }
pre { overflow-x: auto; }
"""


def losses(source: Source) -> tuple[str, ...]:
    """Return what the package does not carry, as German sentences."""
    quizzes = sum(bool(source.unit(key).quiz) for key in source.outline.units)
    units = (source.unit(key) for key in source.outline.units)
    guides = sum(bool(unit.guide or unit.plan or unit.slides) for unit in units)
    found = [
        "Kompetenzen, Abschlussregel, Terminvorlage und Anmerkungen fehlen.",
        "Lernziele, Übungen, Transferaufgaben und Quellen werden zu Text.",
        "Die Plattform erfährt, ob eine Einheit bis zum Ende gelesen wurde. Abgaben und Punkte gibt es nicht.",
        "Signatur und Herkunft des Pakets fehlen: Das empfangende System kann nicht prüfen, von wem der Kurs ist.",
    ]
    if quizzes:
        found.append(f"Die Quizfragen ({quizzes} Einheiten) fehlen. Es gibt sie als QTI 2.1, das ILIAS nicht liest.")
    if guides:
        found.append(
            f"Ablauf, Leitfaden und Folien für Lehrende ({guides} Einheiten) fehlen, denn alle Seiten sind für Teilnehmende."
        )
    if source.outline.methods or source.outline.glossary:
        found.append("Methodenkarten und Glossar fehlen.")
    return tuple(found)


def files(source: Source, html: Html) -> Iterator[Entry]:
    """Return the files of the package, unit by unit, the manifest at the end."""
    outline = source.outline
    manifest, organization, resources = _manifest(outline)
    shared = element(resources, "resource", identifier="shared", type="webcontent", **{f"{{{ADL}}}scormtype": "asset"})
    for path, text in ((SCRIPT, _SCRIPT), (STYLE, _STYLE)):
        element(shared, "file", href=path)
        yield path, text.encode()
    for module in outline.modules:
        place = element(organization, "item", identifier=f"module.{module.key}", isvisible="true")
        element(place, "title", module.title)
        for key in module.units:
            unit = source.unit(key)
            path, names = f"units/{key}.html", [each.file for each in unit.materials if each.file]
            item = element(place, "item", identifier=f"item.{key}", identifierref=f"unit.{key}", isvisible="true")
            element(item, "title", unit.title)
            sco = {f"{{{ADL}}}scormtype": "sco"}
            resource = element(resources, "resource", identifier=f"unit.{key}", type="webcontent", href=href(path), **sco)
            for each in (path, *(f"files/{key}/{name}" for name in names)):
                element(resource, "file", href=href(each))
            element(resource, "dependency", identifierref="shared")
            yield path, _page(outline, unit, html)
            for name in names:
                yield f"files/{key}/{name}", _opener(source, key, name)
    yield "imsmanifest.xml", written(manifest)


def _opener(source: Source, unit: str, name: str):
    return lambda: source.open(unit, name)


def _page(outline: Outline, unit: Unit, html: Html) -> bytes:
    prose = Prose(html, unit, "../")
    body = unit_pages.overview(outline, prose)
    if unit.handout:
        body += [heading("Handreichung"), prose.of(unit.handout, first_heading=3)]
    if unit.exercises:
        body += [heading("Übungen"), *_lowered(unit_pages.exercises(prose))]
    if unit.task:
        body += [heading("Transferaufgabe"), *_lowered(unit_pages.task(prose))]
    body.append(tags.P("Sie sind am Ende dieser Einheit.", id="ende"))
    head = (tags.LINK(rel="stylesheet", href=f"../{STYLE}"), tags.SCRIPT(src=f"../{SCRIPT}"))
    return page(unit.title, body, language=outline.language, head=head)


def _lowered(body: unit_pages.Body) -> unit_pages.Body:
    """Return a page's pieces with every heading one level lower, since here they stand below a heading of their own."""
    for piece in body:
        for node in piece.iter("h2", "h3", "h4", "h5"):
            node.tag = f"h{int(node.tag[1]) + 1}"
    return body


def _manifest(outline: Outline) -> tuple[etree._Element, etree._Element, etree._Element]:
    manifest = etree.Element(
        f"{{{CP}}}manifest",
        {"identifier": f"staffel.{outline.key}", "version": "1.0"},
        nsmap={None: CP, "adlcp": ADL, "imsmd": MD, "xsi": XSI},
    )
    metadata = element(manifest, "metadata")
    element(metadata, "schema", "ADL SCORM")
    element(metadata, "schemaversion", "1.2")
    lom = element(metadata, f"{{{MD}}}lom")
    general = element(lom, "general")
    _text(element(general, "title"), outline.title, outline.language)
    element(general, "language", outline.language)
    _text(element(general, "description"), outline.summary, outline.language)
    rights = element(lom, "rights")
    restrictions = element(rights, "copyrightandotherrestrictions")
    _text(element(restrictions, "source"), "LOMv1.0", "x-none")
    _text(element(restrictions, "value"), "yes", "x-none")
    text = f"{outline.author}, {outline.licence}, Fassung {outline.version}"
    _text(element(rights, "description"), text, outline.language)
    organizations = element(manifest, "organizations", default="programme")
    organization = element(organizations, "organization", identifier="programme")
    element(organization, "title", outline.title)
    return manifest, organization, element(manifest, "resources")


def _text(parent: etree._Element, text: str, language: str) -> None:
    element(parent, "langstring", text).set(f"{{{XML}}}lang", language)
