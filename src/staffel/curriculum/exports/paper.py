"""What ODT and DOCX have in common: a document as plain values, its measures, and the file that holds the parts.

Measures are millimetres. The nodes are those of ``core/nodes.py`` and of ``unit_parts.py``, and three more::

    {"type": "answer", "runs": […]}                     a framed place to write in
    {"type": "imprint", "runs": […]}                    the line at the end
    {"type": "table", …, "fields": true, "roomy": true}  the first column names what stands beside it; rows to write in

Headings have the level that they get in the document, beginning with 1 and without a gap.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from math import sqrt
from struct import unpack_from
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

# A4, with 166 mm between the margins; templates/curriculum/office/ says the same.
WIDTH = 166
HIGHEST_PICTURE = 200
# Word processors show drawings as pixels: 144 for each inch stay sharp on paper.
DOTS_PER_INCH = 144
# What is to be filled in stands in a template as one sign.
OPEN = "…"
# A row to write in is as high as two lines of handwriting.
ROOMY = 12
FIELD_NAMES = 58
# The country whose spelling and hyphenation a word processor takes, where a language does not say it.
_COUNTRIES = {"de": "DE", "en": "GB", "fr": "FR", "it": "IT", "nl": "NL", "da": "DK", "pl": "PL", "cs": "CZ", "es": "ES"}
# What XML cannot carry, not even as a number.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A letter of the text of a table and the space beside it, on the average.
_LETTER, _BESIDE, _LONGEST, _UNKNOWN, _LARGER = 2.0, 4.5, 60, 4, 1.25


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that word processors show, with its sides on paper. ``suffix`` is ``png`` or ``jpeg``."""

    content: bytes
    suffix: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: ``over`` stands above its title; ``page`` and ``of`` are the words in the footer beside the numbers."""

    title: str
    over: str
    author: str
    language: str
    at: datetime
    page: str
    of: str
    nodes: list[dict]
    pictures: dict[str, Picture]


def text(words: str) -> str:
    """Return words as text of XML."""
    return escape(_NOT_XML.sub("", words))


def tag(name: str, attributes: dict[str, object] | None = None, inside: str = "") -> str:
    """Return an element; ``inside`` is XML already."""
    said = "".join(f" {key}={quoteattr(_NOT_XML.sub('', str(value)))}" for key, value in (attributes or {}).items())
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def locale(language: str) -> tuple[str, str]:
    """Return language and country of a tag; the country is ``none`` where nothing says it."""
    first, *others = language.split("-")
    return first, next((part for part in others if len(part) == 2 and part.isupper()), _COUNTRIES.get(first, "none"))


def links_out(run: dict) -> str:
    """Return the address that a run leads to, empty for one that leads nowhere outside."""
    target = run.get("link", "")
    return target if target.startswith(("http", "mailto:", "tel:")) else ""


def plain(runs: Iterable[dict]) -> str:
    """Return the words of runs."""
    return "".join(run.get("text", " ") for run in runs)


def without_bold(runs: list[dict]) -> tuple[list[dict], bool]:
    """Return the runs of a cell and whether all of it was bold: then the paragraph is, and not each word in it."""
    if not runs or not all(run.get("bold") for run in runs):
        return runs, False
    return [{name: value for name, value in run.items() if name != "bold"} for run in runs], True


def column_widths(node: dict) -> list[float]:
    """Return the widths of a table's columns: what was asked for, else as much as their words need; together the page."""
    if node.get("fields"):
        return [FIELD_NAMES, *[(WIDTH - FIELD_NAMES) / (len(node["head"]) - 1)] * (len(node["head"]) - 1)]
    # Letters are larger here than in the handbook, whose widths these are.
    asked = [_LARGER * width for width in node.get("columns") or [0] * len(node["head"])]
    columns = [[plain(cell) for cell in column] for column in zip(node["head"], *node["rows"], strict=True)]
    needs = [_needs(column) if width == 0 else width for column, width in zip(columns, asked, strict=True)]
    wishes = [_wishes(column) if width == 0 else 0 for column, width in zip(columns, asked, strict=True)]
    left = WIDTH - sum(needs)
    if left < 0 or not any(wishes):
        return [need * WIDTH / sum(needs) for need in needs]
    return [need + left * wish / sum(wishes) for need, wish in zip(needs, wishes, strict=True)]


def _needs(column: list[str]) -> float:
    """Return the width below which the longest word of a column would be broken."""
    return _BESIDE + _LETTER * max((len(word) for cell in column for word in re.split(r"[\s–-]", cell)), default=1)


def _wishes(column: list[str]) -> float:
    """Return how much of the room that is left a column should have, beside the others: what is written in is not known yet."""
    head, *cells = column
    if all(cell == OPEN for cell in cells):
        return _UNKNOWN + sqrt(len(head))
    return sqrt(min(max(map(len, column)), _LONGEST))


def picture_of(content: bytes, suffix: str) -> Picture:
    """Return a PNG or JPEG with its sides on paper, not larger than the page. Raises ValueError for what is neither."""
    across, down = _pixels(content, suffix)
    scale = min(25.4 / DOTS_PER_INCH, WIDTH / across, HIGHEST_PICTURE / down)
    return Picture(content, suffix, across * scale, down * scale)


def _pixels(content: bytes, suffix: str) -> tuple[int, int]:
    if suffix == "png" and content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 24:
        sides = unpack_from(">II", content, 16)
    else:
        sides = next(_frames(content), (0, 0)) if content.startswith(b"\xff\xd8") else (0, 0)
    if 0 in sides:
        raise ValueError(f"a picture of {len(content)} bytes is no {suffix}")
    return sides


def _frames(jpeg: bytes) -> Iterator[tuple[int, int]]:
    """Yield the sides that the frames of a JPEG name. Source: ITU-T T.81, annex B."""
    place = 2
    while place + 9 <= len(jpeg) and jpeg[place] == 0xFF:
        marker, length = unpack_from(">BH", jpeg, place + 1)
        # SOF0 to SOF15, without the tables that lie among them.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            down, across = unpack_from(">HH", jpeg, place + 5)
            yield across, down
        place += 2 + length


def zipped(parts: dict[str, bytes], *, stored: str = "") -> bytes:
    """Return the parts in their order as a ZIP file, the same bytes each time; ``stored`` is not compressed."""
    result = BytesIO()
    with ZipFile(result, "w") as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_STORED if name == stored else ZIP_DEFLATED
            entry.external_attr, entry.create_system = 0o100644 << 16, 3
            archive.writestr(entry, content)
    return result.getvalue()
