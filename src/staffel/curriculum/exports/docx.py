"""A document as DOCX: headings, lists, tables with heads, pictures with their words, in the styles of the house.

The styles stand in ``templates/curriculum/office/docx-styles.xml``. Word refuses a file whose elements stand in another order
than that of the standard. Source: ECMA-376, part 1 (WordprocessingML).
"""

from collections.abc import Iterable
from string import Template

from django.conf import settings

from staffel.curriculum.exports.paper import (
    ROOMY,
    Paper,
    column_widths,
    links_out,
    locale,
    plain,
    tag,
    text,
    without_bold,
    zipped,
)

STYLES = settings.SOURCE / "curriculum" / "templates" / "curriculum" / "office" / "docx-styles.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_W = {"xmlns:w": f"{_OPEN}/wordprocessingml/2006/main"}
_RELATED = f"{_OPEN}/officeDocument/2006/relationships"
_SPACES = _W | {
    "xmlns:r": _RELATED,
    "xmlns:wp": f"{_OPEN}/drawingml/2006/wordprocessingDrawing",
    "xmlns:a": f"{_OPEN}/drawingml/2006/main",
    "xmlns:pic": f"{_OPEN}/drawingml/2006/picture",
}
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# The part, its media type, and how the document calls what stands in it.
_PARTS = {
    "styles": f"{_TYPE}.styles+xml",
    "numbering": f"{_TYPE}.numbering+xml",
    "settings": f"{_TYPE}.settings+xml",
    "footer": f"{_TYPE}.footer+xml",
}
_MARKS = {"code": "SourceText", "bold": "Strong", "italic": "Emphasis", "struck": "Struck", "link": "Hyperlink"}
# How marks look, in the order of the standard: what has several of them gets a style of its own, for a word has only one.
_LOOKS = (
    ("code", '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'),
    ("bold", "<w:b/><w:bCs/>"),
    ("italic", "<w:i/><w:iCs/>"),
    ("struck", "<w:strike/>"),
    ("link", '<w:color w:val="006B56"/>'),
    ("code", '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
    ("link", '<w:u w:val="single"/>'),
)
_LEVELS = range(6)
_DASHES, _NUMBERS = 1, 2
# Lengths: twentieths of a point in texts, 1/914,400 inch in pictures.
_MM = 1440 / 25.4
_PICTURE_MM = 36_000


def docx(paper: Paper) -> bytes:
    """Return the document as DOCX."""
    body = _Body(paper)
    document = body.document()
    types = {f"word/{name}.xml": kind for name, kind in _PARTS.items()}
    types |= {"word/document.xml": f"{_TYPE}.document.main+xml"}
    types |= {"docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}
    parts = {
        "[Content_Types].xml": _types(types),
        "_rels/.rels": _relations(
            [
                ("rId1", f"{_RELATED}/officeDocument", "word/document.xml", ""),
                (
                    "rId2",
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                    "docProps/core.xml",
                    "",
                ),
            ]
        ),
        "docProps/core.xml": _core(paper),
        "word/document.xml": document,
        "word/styles.xml": _styles(paper, body.looks),
        "word/numbering.xml": _numbering(body.starts),
        "word/settings.xml": _settings(paper),
        "word/footer.xml": _footer(paper),
        "word/_rels/document.xml.rels": _relations(body.relations),
    }
    files = {name: (part if part.startswith("<?xml") else _HEAD + part).encode() for name, part in parts.items()}
    pictures = {f"word/media/{number}.{each.suffix}": each.content for number, each in enumerate(body.pictures, start=1)}
    return zipped(files | pictures)


def _w(name: str, facts: dict[str, object] | None = None, inside: str = "") -> str:
    return tag(f"w:{name}", {f"w:{key}": value for key, value in (facts or {}).items()}, inside)


def _types(parts: dict[str, str]) -> str:
    endings = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    endings |= {suffix: f"image/{suffix}" for suffix in ("png", "jpeg")}
    made = "".join(tag("Default", {"Extension": ending, "ContentType": kind}) for ending, kind in endings.items())
    made += "".join(tag("Override", {"PartName": f"/{name}", "ContentType": kind}) for name, kind in parts.items())
    return tag("Types", {"xmlns": f"{_OPEN}/package/2006/content-types"}, made)


def _relations(relations: list[tuple[str, str, str, str]]) -> str:
    made = ""
    for name, kind, target, mode in relations:
        made += tag("Relationship", {"Id": name, "Type": kind, "Target": target} | ({"TargetMode": mode} if mode else {}))
    return tag("Relationships", {"xmlns": f"{_OPEN}/package/2006/relationships"}, made)


def _core(paper: Paper) -> str:
    spaces = {
        "xmlns:cp": f"{_OPEN}/package/2006/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:dcterms": "http://purl.org/dc/terms/",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    facts = {"dc:title": paper.title, "dc:creator": paper.author, "dc:description": paper.over, "dc:language": paper.language}
    made = "".join(tag(name, {}, text(words)) for name, words in facts.items())
    at = f"{paper.at:%Y-%m-%dT%H:%M:%SZ}"
    made += "".join(tag(f"dcterms:{name}", {"xsi:type": "dcterms:W3CDTF"}, at) for name in ("created", "modified"))
    return tag("cp:coreProperties", spaces, made)


def _language(paper: Paper) -> str:
    language, country = locale(paper.language)
    return language if country == "none" else f"{language}-{country}"


def _styles(paper: Paper, looks: Iterable[tuple[str, ...]]) -> str:
    several = "".join(_look(marks) for marks in looks)
    return Template(STYLES.read_text()).substitute(language=text(_language(paper)), several=several)


def _style_name(marks: tuple[str, ...]) -> str:
    return "".join(_MARKS[mark] for mark in marks)


def _look(marks: tuple[str, ...]) -> str:
    """Return the style of words with several marks."""
    name = _style_name(marks)
    inside = _w("name", {"val": name}) + _w("basedOn", {"val": "DefaultParagraphFont"})
    inside += _w("rPr", {}, "".join(look for mark, look in _LOOKS if mark in marks))
    return _w("style", {"type": "character", "customStyle": 1, "styleId": name}, inside)


def _settings(paper: Paper) -> str:
    compatibility = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": "15"}
    made = _w("defaultTabStop", {"val": "709"}) + _w("compat", {}, _w("compatSetting", compatibility))
    return tag("w:settings", _W, made + _w("themeFontLang", {"val": _language(paper)}))


def _footer(paper: Paper) -> str:
    def words(said: str) -> str:
        return _w("r", {}, tag("w:t", {"xml:space": "preserve"}, text(said)))

    def field(code: str) -> str:
        return _w("fldSimple", {"instr": f" {code} "}, words("1"))

    inside = _w("pPr", {}, _w("pStyle", {"val": "Footer"})) + words(paper.title) + _w("r", {}, _w("tab"))
    inside += words(f"{paper.page} ") + field("PAGE") + words(f" {paper.of} ") + field("NUMPAGES")
    return tag("w:ftr", _W, _w("p", {}, inside))


def _numbering(starts: list[tuple[int, int]]) -> str:
    """Return what lists look like, and for each numbered list of the document where it begins: level and number."""
    made = _w("abstractNum", {"abstractNumId": _DASHES}, _w("multiLevelType", {"val": "hybridMultilevel"}) + _levels("bullet"))
    made += _w(
        "abstractNum", {"abstractNumId": _NUMBERS}, _w("multiLevelType", {"val": "hybridMultilevel"}) + _levels("decimal")
    )
    made += _w("num", {"numId": _DASHES}, _w("abstractNumId", {"val": _DASHES}))
    for number, (level, start) in enumerate(starts, start=_NUMBERS):
        override = _w("lvlOverride", {"ilvl": level}, _w("startOverride", {"val": start}))
        made += _w("num", {"numId": number}, _w("abstractNumId", {"val": _NUMBERS}) + override)
    return tag("w:numbering", _W, made)


def _levels(form: str) -> str:
    made = ""
    for level in _LEVELS:
        said = "–" if form == "bullet" else f"%{level + 1}."
        place = _w("pPr", {}, _w("ind", {"left": _indent(level), "hanging": round(6 * _MM)}))
        look = _w("rPr", {}, _w("color", {"val": "006B56"}))
        inside = (
            _w("start", {"val": 1}) + _w("numFmt", {"val": form}) + _w("lvlText", {"val": said}) + _w("lvlJc", {"val": "left"})
        )
        made += _w("lvl", {"ilvl": level}, inside + place + look)
    return made


def _indent(level: int) -> int:
    return round(7 * (level + 1) * _MM)


class _Body:
    """The content while it is written: its links, its pictures, its numbered lists in their order."""

    def __init__(self, paper: Paper):
        self.relations = [
            (f"rId{place}", f"{_RELATED}/{name}", f"{name}.xml", "") for place, name in enumerate(_PARTS, start=1)
        ]
        self.pictures: list = []
        self.starts: list[tuple[int, int]] = []
        self.looks: dict[tuple[str, ...], None] = {}
        self._paper = paper
        self._heading = paper.title
        self._links: dict[str, str] = {}

    def document(self) -> str:
        body = self._paragraph([{"text": self._paper.over}], "Over") + self._paragraph([{"text": self._paper.title}], "Title")
        body += self._blocks(self._paper.nodes)
        footer = next(name for name, kind, *_ in self.relations if kind.endswith("/footer"))
        margin, low = round(22 * _MM), round(14 * _MM)
        margins = {"top": margin, "right": margin, "bottom": margin, "left": margin, "header": low, "footer": low, "gutter": 0}
        sheet = tag("w:footerReference", {"w:type": "default", "r:id": footer})
        sheet += _w("pgSz", {"w": 11906, "h": 16838}) + _w("pgMar", margins)
        return tag("w:document", _SPACES, _w("body", {}, body + _w("sectPr", {}, sheet)))

    def _blocks(self, nodes: list[dict], style: str = "", level: int = -1, number: int = 0) -> str:
        """Return paragraphs and tables; the first paragraph of a list's entry has the ``number`` of its list."""
        made, before = [], ""
        for node in nodes:
            numbered = number if not made else 0
            after = {"table": "AfterTable", "box": "AfterTable", "page": "page"}.get(before, "")
            made.append(self._block(node, style, level, numbered, after))
            before = node["type"]
        return "".join(made)

    def _block(self, node: dict, style: str, level: int, number: int, after: str) -> str:
        match node["type"]:
            case "heading":
                self._heading = plain(node["runs"])
                new_page = "<w:pageBreakBefore/>" if after == "page" else ""
                made = self._paragraph(node["runs"], f"Heading{node['level']}", new_page)
            case "paragraph":
                plain_after = after if after != "page" else ""
                made = self._paragraph(node["runs"], style or plain_after, _place(level, number))
            case "small" | "imprint" | "answer" as kind:
                made = self._paragraph(node["runs"], kind.capitalize(), _place(level, number))
            case "list":
                made = self._list(node, level + 1)
            case "quote":
                made = self._blocks(node["nodes"], "Quote", level)
            case "code":
                made = _p("SourceCode", "", _code(node["text"]))
            case "box":
                title = self._paragraph([{"text": node["title"]}], "BoxTitle") if node["title"] else ""
                made = title + self._blocks(node["nodes"], "Box")
            case "table":
                made = self._table(node)
            case "figure":
                made = self._figure(node)
            case _:
                made = ""
        return made

    def _list(self, node: dict, level: int) -> str:
        level = min(level, _LEVELS[-1])
        number = _DASHES
        if node["ordered"]:
            self.starts.append((level, node["start"]))
            number = _NUMBERS + len(self.starts) - 1
        return "".join(self._blocks(item, "ListParagraph", level, number) for item in node["items"])

    def _table(self, node: dict) -> str:
        called = plain(node["caption"]) or self._heading
        title = self._paragraph(node["caption"], "TableTitle") if node["caption"] else ""
        widths = [round(width * _MM) for width in column_widths(node)]
        fields = bool(node.get("fields"))
        look = {"val": "06A0" if fields else "0620", "firstRow": 1, "lastRow": 0, "firstColumn": int(fields), "lastColumn": 0}
        facts = (
            _w("tblStyle", {"val": "House"})
            + _w("tblW", {"w": sum(widths), "type": "dxa"})
            + _w("tblLayout", {"type": "fixed"})
        )
        facts += _w("tblLook", look | {"noHBand": 1, "noVBand": 1}) + _w("tblCaption", {"val": called})
        grid = _w("tblGrid", {}, "".join(_w("gridCol", {"w": width}) for width in widths))
        whole = _w("cantSplit")
        high = _w("trHeight", {"val": round(ROOMY * _MM), "hRule": "atLeast"}) if node.get("roomy") else ""
        rows = _w(
            "tr", {}, _w("trPr", {}, whole + _w("tblHeader")) + self._cells(node["head"], widths, ["TableHead"] * len(widths))
        )
        beside = ["TableHead" if fields else "TableText", *["TableText"] * (len(widths) - 1)]
        for cells in node["rows"]:
            rows += _w("tr", {}, _w("trPr", {}, whole + high) + self._cells(cells, widths, beside))
        return title + _w("tbl", {}, _w("tblPr", {}, facts) + grid + rows)

    def _cells(self, cells: list[list[dict]], widths: list[int], styles: list[str]) -> str:
        made = ""
        for runs, width, style in zip(cells, widths, styles, strict=True):
            words, strong = without_bold(runs)
            made += _w(
                "tc",
                {},
                _w("tcPr", {}, _w("tcW", {"w": width, "type": "dxa"}))
                + self._paragraph(words, "TableHead" if strong else style),
            )
        return made

    def _figure(self, node: dict) -> str:
        picture = self._paper.pictures[node["picture"]]
        self.pictures.append(picture)
        number = len(self.pictures)
        name = self._related("image", f"media/{number}.{picture.suffix}")
        sides = {"cx": round(picture.width * _PICTURE_MM), "cy": round(picture.height * _PICTURE_MM)}
        called = {"id": number, "name": f"Picture {number}", "descr": node["alt"], "title": node["title"]}
        shape = tag("a:xfrm", {}, tag("a:off", {"x": 0, "y": 0}) + tag("a:ext", sides))
        shape += tag("a:prstGeom", {"prst": "rect"}, tag("a:avLst"))
        inside = tag("pic:nvPicPr", {}, tag("pic:cNvPr", called) + tag("pic:cNvPicPr"))
        inside += tag("pic:blipFill", {}, tag("a:blip", {"r:embed": name}) + tag("a:stretch", {}, tag("a:fillRect")))
        inside += tag("pic:spPr", {}, shape)
        data = tag("a:graphicData", {"uri": _SPACES["xmlns:pic"]}, tag("pic:pic", {}, inside))
        drawn = tag("wp:extent", sides) + tag("wp:docPr", called) + tag("a:graphic", {}, data)
        inline = tag("wp:inline", {"distT": 0, "distB": 0, "distL": 0, "distR": 0}, drawn)
        return _p("", "", _w("r", {}, _w("drawing", {}, inline))) + self._blocks(node["nodes"], "Caption")

    def _related(self, kind: str, target: str, mode: str = "") -> str:
        name = f"rId{len(self.relations) + 1}"
        self.relations.append((name, f"{_RELATED}/{kind}", target, mode))
        return name

    def _paragraph(self, runs: list[dict], style: str, place: str = "") -> str:
        return _p(style, place, "".join(self._run(run) for run in runs))

    def _run(self, run: dict) -> str:
        if run.get("break"):
            return _w("r", {}, _w("br"))
        target = links_out(run)
        marks = tuple(mark for mark in _MARKS if run.get(mark) or (mark == "link" and target))
        if len(marks) > 1:
            self.looks[marks] = None
        look = _w("rStyle", {"val": _style_name(marks)}) if marks else ""
        made = _w("r", {}, (_w("rPr", {}, look) if look else "") + tag("w:t", {"xml:space": "preserve"}, text(run["text"])))
        if not target:
            return made
        if target not in self._links:
            self._links[target] = self._related("hyperlink", target, "External")
        return tag("w:hyperlink", {"r:id": self._links[target], "w:history": 1}, made)


def _p(style: str, place: str, inside: str) -> str:
    facts = (_w("pStyle", {"val": style}) if style else "") + place
    return _w("p", {}, (_w("pPr", {}, facts) if facts else "") + inside)


def _place(level: int, number: int) -> str:
    """Return where a paragraph of a list stands: with its number, or below one."""
    if level < 0:
        return ""
    if number:
        return _w("numPr", {}, _w("ilvl", {"val": level}) + _w("numId", {"val": number}))
    return _w("ind", {"left": _indent(level)})


def _code(words: str) -> str:
    lines = (tag("w:t", {"xml:space": "preserve"}, text(line)) for line in words.expandtabs(4).split("\n"))
    return _w("r", {}, "<w:br/>".join(lines))
