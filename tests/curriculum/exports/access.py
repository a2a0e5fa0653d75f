"""What an accessibility checker finds in an ODT or DOCX, on its XML alone: the rules of the one in LibreOffice Writer 7.4.

Each finding is a short word. ``docs/develop/programmes.md`` says how the checker itself was run.
"""

import io
import re
import zipfile
from itertools import pairwise

from lxml import etree

ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, TABLE, STYLE, DRAW = (ODF % name for name in ("text", "table", "style", "drawing"))
FO, SVG = ODF % "xsl-fo-compatible", ODF % "svg-compatible"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DC = "{http://purl.org/dc/elements/1.1/}"
XLINK = "{http://www.w3.org/1999/xlink}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
LOOKS_LIKE_A_FIELD = re.compile(r"___|\.\.\.\.|……|…\.|\.…|□|❑")
NUMBERED = re.compile(r"(?:\d+|[a-z])[.)] ")
ENOUGH_CONTRAST = 4.5


def part(document, name):
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        return etree.fromstring(file.read(name))


def findings(document):
    """Return what is found in a document, in no order that means anything."""
    names = zipfile.ZipFile(io.BytesIO(document)).namelist()
    return sorted(_odt(document) if "content.xml" in names else _docx(document))


def _odt(document):
    content, styles, meta = (part(document, f"{name}.xml") for name in ("content", "styles", "meta"))
    if not (meta.findtext(f".//{DC}title") or "").strip():
        yield "no title"
    for defaults in styles.iter(f"{STYLE}default-style"):
        text = defaults.find(f"{STYLE}text-properties")
        if text is not None and text.get(f"{FO}language", "none") == "none":
            yield "no language"
    yield from _headings([int(heading.get(f"{TEXT}outline-level")) for heading in content.iter(f"{TEXT}h")])
    texts = [each for each in content.iter(f"{TEXT}p", f"{TEXT}h") if each.find(f"{DRAW}frame") is None]
    yield from _texts(texts, f"{TABLE}table-cell")
    for table in content.iter(f"{TABLE}table"):
        if table.find(f"{TABLE}table-header-rows") is None:
            yield "no head"
        cells = list(table.iter(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"))
        if any(name.endswith(("columns-spanned", "rows-spanned")) for cell in cells for name in cell.attrib):
            yield "merged cells"
        yield from _cells(["".join(cell.itertext()) for cell in cells])
    for frame in content.iter(f"{DRAW}frame"):
        if not all(frame.findtext(f"{SVG}{name}") for name in ("title", "desc")):
            yield "no words for a picture"
    for link in content.iter(f"{TEXT}a"):
        yield from _link("".join(link.itertext()), link.get(f"{XLINK}href"))
    # Looks without a name: bold, slanted, coloured words in a style of the document's own.
    if any(each.get(f"{STYLE}family") == "text" for each in content.iter(f"{STYLE}style")):
        yield "nameless look"
    for style in styles.iter(f"{STYLE}style"):
        text, ground = style.find(f"{STYLE}text-properties"), style.find(f"{STYLE}paragraph-properties")
        colour = "#12151f" if text is None else text.get(f"{FO}color", "#12151f")
        yield from _contrast(colour, "#ffffff" if ground is None else ground.get(f"{FO}background-color", "#ffffff"))
    for cell in content.iter(f"{STYLE}table-cell-properties"):
        colour = cell.get(f"{FO}background-color", "transparent")
        yield from _contrast("#12151f", "#ffffff" if colour == "transparent" else colour)


def _docx(document):
    content, styles, core = (part(document, name) for name in ("word/document.xml", "word/styles.xml", "docProps/core.xml"))
    if not (core.findtext(f"{DC}title") or "").strip():
        yield "no title"
    language = styles.find(f".//{W}docDefaults//{W}lang")
    if language is None or not language.get(f"{W}val"):
        yield "no language"
    paragraphs = list(content.iter(f"{W}p"))
    names = [each.find(f"{W}pPr/{W}pStyle") for each in paragraphs]
    named = ["" if each is None else each.get(f"{W}val") for each in names]
    yield from _headings([int(name.removeprefix("Heading")) for name in named if name.startswith("Heading")])
    yield from _texts([each for each in paragraphs if each.find(f".//{W}drawing") is None], f"{W}tc")
    for table in content.iter(f"{W}tbl"):
        if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None:
            yield "no head"
        if next(table.iter(f"{W}gridSpan", f"{W}vMerge"), None) is not None:
            yield "merged cells"
        yield from _cells(["".join(cell.itertext()) for cell in table.iter(f"{W}tc")])
    for picture in content.iter(f"{WP}docPr"):
        if not (picture.get("title") and picture.get("descr")):
            yield "no words for a picture"
    targets = {each.get("Id"): each.get("Target") for each in part(document, "word/_rels/document.xml.rels")}
    for link in content.iter(f"{W}hyperlink"):
        yield from _link("".join(link.itertext()), targets[link.get(f"{R}id")])
    if any(
        next(look.iter(*(f"{W}{name}" for name in ("color", "sz", "u", "shd"))), None) is not None
        for look in content.iter(f"{W}rPr")
    ):
        yield "nameless look"
    for style in styles.iter(f"{W}style"):
        colour, ground = style.find(f"{W}rPr/{W}color"), style.find(f"{W}pPr/{W}shd")
        yield from _contrast(
            f"#{'12151f' if colour is None else colour.get(f'{W}val')}",
            f"#{'ffffff' if ground is None else ground.get(f'{W}fill')}",
        )


def _headings(levels):
    if any(after > before + 1 for before, after in pairwise([0, *levels])):
        yield "gap in headings"


def _texts(paragraphs, cell):
    texts = ["".join(each.itertext()) for each in paragraphs]
    for paragraph, text in zip(paragraphs, texts, strict=True):
        if not text.strip() and paragraph.getparent().tag != cell:
            yield "empty paragraph"
        if "   " in text or "\t\t" in text:
            yield "spaces for looks"
        if LOOKS_LIKE_A_FIELD.search(text):
            yield "looks like a field"
    if any(NUMBERED.match(one) and NUMBERED.match(other) for one, other in pairwise(texts)):
        yield "numbers by hand"


def _cells(texts):
    if sum(not text.strip() for text in texts) > len(texts) / 2:
        yield "empty cells"


def _link(words, target):
    if words.strip() == target or words.strip().startswith("http"):
        yield "address as link"


def _contrast(colour, ground):
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    if (light + 0.05) / (dark + 0.05) < ENOUGH_CONTRAST:
        yield f"contrast of {colour} on {ground}"


def _luminance(colour):
    """Return the relative luminance. Source: WCAG 2.1, "relative luminance"."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
