"""One unit, or the template of its transfer task, as a document to go on writing in: ODT and DOCX.

The words are those of the handbook; here they become plain HTML, which pandoc turns into a document with headings, heads of
tables, alternative texts and language, as a process of its own that may neither read files nor reach the network. The same
content gives the same bytes. A document takes about 0.1 s.
"""

import os
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

from django.utils.translation import gettext as _
from lxml import etree

from staffel.curriculum.core.content import Source
from staffel.curriculum.core.nodes import nodes_of
from staffel.curriculum.exports.handbook import unit_document_of
from staffel.curriculum.exports.unit_parts import TRAINERS_FOLDER
from staffel.ui import typesetting

FORMATS = ("odt", "docx")
SECONDS = 60
# Word processors show drawings as pixels: 144 for each inch stay sharp on paper.
DOTS_PER_INCH = 144
_DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
_SVG = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# A4, in the units of both formats; between the margins are 159 mm.
_PAGE = {f"{{{_FO}}}page-width": "210mm", f"{{{_FO}}}page-height": "297mm"}
_SHEET = {"pgSz": {"w": "11906", "h": "16838"}, "pgMar": {"top": "1440", "right": "1440", "bottom": "1440", "left": "1440"}}
_WIDTH_MM, _WIDTH_PT = 159, 451
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


class ConversionFailed(RuntimeError):
    """The converter did not make the document; the message is what it said."""


def unit_document(source: Source, key: str, form: str, *, office: str, digest: str, released_at: datetime) -> bytes:
    """Return one unit as ``odt`` or ``docx``. No query of its own. Raises ConversionFailed if pandoc does not answer."""
    if form not in FORMATS:
        raise ValueError(f"a document is one of {FORMATS}, got {form!r}")
    document, pictures = unit_document_of(source, key, TRAINERS_FOLDER, office=office, digest=digest, released_at=released_at)
    page = _page(document, {name: _as_address(name, content) for name, content in pictures.items()})
    made = _convert(page, form, source.outline.language, released_at)
    words = [node["alt"] for node in _figures(document["modules"][0]["units"][0]["parts"])]
    if form == "odt":
        return _with(made, {"content.xml": lambda root: _pictures(root, words), "styles.xml": _paper})
    return _with(made, {"word/document.xml": _sheet})


def has_form(source: Source, key: str) -> bool:
    """Return whether the transfer task of a unit has a template to fill in."""
    task = source.unit(key).task
    return task is not None and bool(task.template)


def form_document(source: Source, key: str, form: str, *, office: str, released_at: datetime) -> bytes:
    """Return the template of a unit's transfer task as ``odt`` or ``docx``, to be filled in and changed. No query of its own.

    Raises ValueError for a unit without template, ConversionFailed if pandoc does not answer.
    """
    if form not in FORMATS:
        raise ValueError(f"a document is one of {FORMATS}, got {form!r}")
    if not has_form(source, key):
        raise ValueError(f"unit {key!r} has no template")
    outline, unit = source.outline, source.unit(key)
    nodes = [node for node in nodes_of(unit.task.template) if node["type"] not in ("figure", "download")]
    said = _("Vorlage zu „%(unit)s“, %(programme)s %(version)s. %(office)s, Lizenz %(licence)s: Sie dürfen sie ändern.") % {
        "unit": unit.title,
        "programme": outline.title,
        "version": outline.version,
        "office": office,
        "licence": outline.licence,
    }
    body = f"{_html(nodes, 1, {})}<hr><p>{escape(said)}</p>"
    made = _convert(_frame(unit.task.title, office, outline.language, body), form, outline.language, released_at)
    return _with(made, {"styles.xml": _paper} if form == "odt" else {"word/document.xml": _sheet})


def _figures(nodes: list[dict]) -> Iterator[dict]:
    """Yield the figures in the order of the page."""
    for node in nodes:
        if node.get("type") == "figure":
            yield node
        yield from _figures(node.get("nodes", []))


def _with(document: bytes, changes: dict[str, Callable[[etree._Element], None]]) -> bytes:
    """Return the document with its parts of these names changed."""
    result = BytesIO()
    with ZipFile(BytesIO(document)) as before, ZipFile(result, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename in changes:
                root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
                changes[entry.filename](root)
                content = etree.tostring(root, xml_declaration=True, encoding="utf-8")
            after.writestr(entry, content)
    return result.getvalue()


def _pictures(content: etree._Element, words: list[str]) -> None:
    """Give pictures their alternative texts, which pandoc leaves out of ODT, and no more width than the page has."""
    for frame, alt in zip(content.iter(f"{{{_DRAW}}}frame"), words, strict=True):
        etree.SubElement(frame, f"{{{_SVG}}}title").text = alt
        sides = {side: frame.get(f"{{{_SVG}}}{side}", "") for side in ("width", "height")}
        if all(length.endswith("pt") for length in sides.values()):
            scale = min(1, _WIDTH_PT / float(sides["width"][:-2]))
            for side, length in sides.items():
                frame.set(f"{{{_SVG}}}{side}", f"{float(length[:-2]) * scale:.1f}pt")


def _paper(styles: etree._Element) -> None:
    """Write on A4, not on the letter paper of another continent."""
    for layout in styles.iter(f"{{{_STYLE}}}page-layout-properties"):
        if f"{{{_FO}}}page-width" in layout.attrib:
            layout.attrib.update(_PAGE)


def _sheet(document: etree._Element) -> None:
    """Write on A4, where pandoc leaves the paper to the word processor."""
    body = document[0]
    section = body.find(f"{{{_W}}}sectPr")
    section = etree.SubElement(body, f"{{{_W}}}sectPr") if section is None else section
    for name in _SHEET:
        for old in section.findall(f"{{{_W}}}{name}"):
            section.remove(old)
    for name, facts in _SHEET.items():
        etree.SubElement(section, f"{{{_W}}}{name}", {f"{{{_W}}}{key}": value for key, value in facts.items()})


def _convert(page: str, form: str, language: str, released_at: datetime) -> bytes:
    # Heavy: only who makes a document pays for it.
    import pypandoc  # noqa: PLC0415

    # A document is a ZIP file with times in it; pandoc takes them from here.
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(released_at.timestamp())), "LC_ALL": "C.UTF-8"}
    options = ["--from=html", f"--to={form}", "--sandbox", "--standalone", f"--metadata=lang:{language}", "--output=-"]
    command = [pypandoc.get_pandoc_path(), *options]
    try:
        # The program of the package, and no word of the page in the command.
        done = subprocess.run(  # noqa: S603
            command, input=page.encode(), capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ConversionFailed(f"pandoc took more than {SECONDS} s") from error
    if done.returncode:
        raise ConversionFailed(done.stderr.decode(errors="replace")[:500])
    return done.stdout


def _as_address(name: str, content: bytes) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".svg":
        suffix, content = ".png", _drawn(content)
    return f"data:{_TYPES[suffix]};base64,{b64encode(content).decode()}"


def _drawn(svg: bytes) -> bytes:
    """Return a drawing as PNG."""
    page = b'#set page(width: 160mm, height: auto, margin: 0pt)\n#image("drawing.svg", width: 100%)\n'
    return typesetting.typeset_apart({"main.typ": page, "drawing.svg": svg}, format="png", ppi=DOTS_PER_INCH)


# HTML -------------------------------------------------------------------------------------------------------------------


def _page(document: dict, addresses: dict[str, str]) -> str:
    unit = document["modules"][0]["units"][0]
    facts = "".join(f"<p><b>{escape(label)}:</b> {escape(value)}</p>" for label, value in document["facts"])
    parts = "".join(f"<h2>{escape(part['title'])}</h2>{_html(part['nodes'], 3, addresses)}" for part in unit["parts"])
    body = (
        f"<p>{escape(document['over'])} · {escape(unit['over'])}</p>{parts}<h2>{escape(_('Über dieses Dokument'))}</h2>{facts}"
    )
    return _frame(unit["title"], document["office"], document["language"], body)


def _frame(title: str, author: str, language: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="author" content="{escape(author)}"><meta name="lang" content="{escape(language)}"></head>'
        f"<body>{body}</body></html>"
    )


def _html(nodes: list[dict], depth: int, addresses: dict[str, str]) -> str:
    return "".join(_node(node, depth, addresses) for node in nodes)


def _node(node: dict, depth: int, addresses: dict[str, str]) -> str:
    match node["type"]:
        case "heading":
            level = min(node["level"] + depth - 1, 6)
            html = f"<h{level}>{_inline(node['runs'])}</h{level}>"
        case "paragraph":
            html = f"<p>{_inline(node['runs'])}</p>"
        case "small":
            html = f"<p><em>{_inline(node['runs'])}</em></p>"
        case "list":
            tag = f'ol start="{node["start"]}"' if node["ordered"] else "ul"
            items = "".join(f"<li>{_html(item, depth, addresses)}</li>" for item in node["items"])
            html = f"<{tag}>{items}</{tag.split(maxsplit=1)[0]}>"
        case "quote":
            html = f"<blockquote>{_html(node['nodes'], depth, addresses)}</blockquote>"
        case "code":
            html = f"<pre><code>{escape(node['text'])}</code></pre>"
        case "rule":
            html = "<hr>"
        case "page":
            html = ""
        case "table":
            html = _table(node)
        case "box":
            title = f"<p><strong>{escape(node['title'])}</strong></p>" if node["title"] else ""
            html = f"<blockquote>{title}{_html(node['nodes'], depth, addresses)}</blockquote>"
        case "figure":
            html = f'<p><img src="{addresses[node["picture"]]}" alt="{escape(node["alt"])}"></p>'
            html += _html(node["nodes"], depth, addresses)
    return html


def _table(node: dict) -> str:
    caption = f"<caption>{_inline(node['caption'])}</caption>" if node["caption"] else ""
    head = "".join(f"<th>{_inline(cell)}</th>" for cell in node["head"])
    rows = "".join("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in node["rows"])
    return f"<table>{caption}<colgroup>{_columns(node)}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _columns(node: dict) -> str:
    """Return the columns with their shares of the page: without them each program draws the table as narrow as it likes."""
    # Letters are larger here than in the handbook, whose widths these are.
    asked = [1.25 * width for width in node.get("columns") or [0] * len(node["head"])]
    left = (_WIDTH_MM - sum(asked)) / max(1, asked.count(0))
    return "".join(f'<col style="width: {(width or left) / _WIDTH_MM:.2%}">' for width in asked)


def _inline(runs: list[dict]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: dict) -> str:
    if run.get("break"):
        return "<br>"
    html = escape(run["text"])
    for mark, tag in (("code", "code"), ("bold", "strong"), ("italic", "em"), ("struck", "s")):
        if run.get(mark):
            html = f"<{tag}>{html}</{tag}>"
    target = run.get("link", "")
    return f'<a href="{escape(target)}">{html}</a>' if target.startswith(("http", "mailto:", "tel:")) else html
