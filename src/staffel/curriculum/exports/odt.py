"""A document as ODT: headings, lists, tables with heads, pictures with their words, in the styles of the house.

The styles stand in ``templates/curriculum/office/odt-styles.xml``. What is bold or slanted gets a style with a name, never a
look of its own: a reader's programme can say the first aloud. Source: OASIS OpenDocument 1.3, part 3.
"""

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

STYLES = settings.SOURCE / "curriculum" / "templates" / "curriculum" / "office" / "odt-styles.xml"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MARKS = {"code": "Source_20_Text", "bold": "Strong_20_Emphasis", "italic": "Emphasis", "struck": "Struck"}
_LEVELS = range(1, 7)
_EDGE = "0.5pt solid #8b93a5"
_SPACES = {
    f"xmlns:{short}": f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for short, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
        "meta": "meta",
        "manifest": "manifest",
    }.items()
} | {"xmlns:xlink": "http://www.w3.org/1999/xlink", "xmlns:dc": "http://purl.org/dc/elements/1.1/"}


def odt(paper: Paper) -> bytes:
    """Return the document as ODT."""
    body = _Body(paper)
    content = body.content()
    pictures = {f"Pictures/{name}.{picture.suffix}": picture for name, picture in body.pictures.items()}
    types = {"/": MEDIA_TYPE, "content.xml": "text/xml", "styles.xml": "text/xml", "meta.xml": "text/xml"}
    types |= {name: f"image/{picture.suffix}" for name, picture in pictures.items()}
    parts = {
        "mimetype": MEDIA_TYPE,
        "content.xml": _HEAD + content,
        "styles.xml": _styles(paper),
        "meta.xml": _HEAD + _meta(paper),
        "META-INF/manifest.xml": _HEAD + _manifest(types),
    }
    files = {name: part.encode() for name, part in parts.items()} | {name: each.content for name, each in pictures.items()}
    return zipped(files, stored="mimetype")


def _styles(paper: Paper) -> str:
    language, country = locale(paper.language)
    return Template(STYLES.read_text()).substitute(
        language=text(language),
        country=text(country),
        title=text(paper.title),
        page=text(paper.page),
        of=text(paper.of),
        dashes="".join(_list_level(level, numbered=False) for level in _LEVELS),
        numbers="".join(_list_level(level, numbered=True) for level in _LEVELS),
    )


def _list_level(level: int, *, numbered: bool) -> str:
    edge = f"{7 * level}mm"
    place = {"text:label-followed-by": "listtab", "text:list-tab-stop-position": edge, "fo:text-indent": "-6mm"}
    inside = tag(
        "style:list-level-properties",
        {"text:list-level-position-and-space-mode": "label-alignment"},
        tag("style:list-level-label-alignment", place | {"fo:margin-left": edge}),
    )
    facts = {"text:level": level, "text:style-name": "Dash"}
    if numbered:
        return tag("text:list-level-style-number", facts | {"style:num-format": "1", "style:num-suffix": "."}, inside)
    return tag("text:list-level-style-bullet", facts | {"text:bullet-char": "–"}, inside)


def _meta(paper: Paper) -> str:
    at = f"{paper.at:%Y-%m-%dT%H:%M:%S}"
    facts = {
        "meta:generator": "Staffel",
        "dc:title": paper.title,
        "dc:description": paper.over,
        "meta:initial-creator": paper.author,
        "dc:creator": paper.author,
        "meta:creation-date": at,
        "dc:date": at,
        "dc:language": paper.language,
    }
    inside = "".join(tag(name, {}, text(words)) for name, words in facts.items())
    return tag("office:document-meta", _SPACES | {"office:version": "1.3"}, tag("office:meta", {}, inside))


def _manifest(types: dict[str, str]) -> str:
    entries = (
        tag("manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind}) for path, kind in types.items()
    )
    return tag("manifest:manifest", {"xmlns:manifest": _SPACES["xmlns:manifest"], "manifest:version": "1.3"}, "".join(entries))


class _Body:
    """The content while it is written: what it needs of styles of its own, and its pictures in their order."""

    def __init__(self, paper: Paper):
        self.pictures: dict[str, object] = {}
        self._paper = paper
        self._styles: list[str] = []
        self._tables = 0
        self._heading = paper.title

    def content(self) -> str:
        body = tag("text:p", {"text:style-name": "Over"}, text(self._paper.over))
        body += tag("text:p", {"text:style-name": "Title"}, text(self._paper.title))
        body += self._blocks(self._paper.nodes)
        inside = tag("office:automatic-styles", {}, _FIXED + "".join(self._styles))
        inside += tag("office:body", {}, tag("office:text", {}, body))
        return tag("office:document-content", _SPACES | {"office:version": "1.3"}, inside)

    def _blocks(self, nodes: list[dict], style: str = "Text_20_body") -> str:
        made, before = [], ""
        for node in nodes:
            after = {"table": "After_20_table", "box": "After_20_table", "page": "page"}.get(before, "")
            made.append(self._block(node, style, after))
            before = node["type"]
        return "".join(made)

    def _block(self, node: dict, style: str, after: str) -> str:
        match node["type"]:
            case "heading":
                made = self._title(node, on_new_page=after == "page")
            case "paragraph":
                plain_after = after if after != "page" and style == "Text_20_body" else ""
                made = _paragraph(node["runs"], plain_after or style)
            case "small" | "imprint" | "answer" as kind:
                made = _paragraph(node["runs"], kind.capitalize())
            case "list":
                made = self._list(node)
            case "quote":
                made = self._blocks(node["nodes"], "Quotations")
            case "code":
                made = tag("text:p", {"text:style-name": "Code"}, _code(node["text"]))
            case "box":
                title = _paragraph([{"text": node["title"]}], "Box_20_title") if node["title"] else ""
                made = title + self._blocks(node["nodes"], "Box")
            case "table":
                made = self._table(node)
            case "figure":
                made = self._figure(node)
            case _:
                made = ""
        return made

    def _title(self, node: dict, *, on_new_page: bool) -> str:
        self._heading = plain(node["runs"])
        name = f"Heading_20_{node['level']}"
        style = f"New_{name}" if on_new_page else name
        return tag("text:h", {"text:style-name": style, "text:outline-level": node["level"]}, _inline(node["runs"]))

    def _list(self, node: dict) -> str:
        items = []
        for number, item in enumerate(node["items"]):
            facts = {"text:start-value": node["start"]} if node["ordered"] and number == 0 and node["start"] != 1 else {}
            items.append(tag("text:list-item", facts, self._blocks(item, "List")))
        return tag("text:list", {"text:style-name": "Numbers" if node["ordered"] else "Dashes"}, "".join(items))

    def _table(self, node: dict) -> str:
        self._tables += 1
        name = f"Table{self._tables}"
        columns = ""
        for number, width in enumerate(column_widths(node)):
            facts = {"style:column-width": f"{width:.1f}mm", "style:rel-column-width": f"{width * 100:.0f}*"}
            column = f"{name}.{number}"
            inside = tag("style:table-column-properties", facts)
            self._styles.append(tag("style:style", {"style:name": column, "style:family": "table-column"}, inside))
            columns += tag("table:table-column", {"table:style-name": column})
        title = _paragraph(node["caption"], "Table_20_title") if node["caption"] else ""
        head = tag("table:table-row", {"table:style-name": "Row"}, self._cells(node["head"], ["Head"] * len(node["head"])))
        beside = ["Name" if node.get("fields") else "Cell", *["Cell"] * (len(node["head"]) - 1)]
        row = {"table:style-name": "Roomy" if node.get("roomy") else "Row"}
        rows = "".join(tag("table:table-row", row, self._cells(cells, beside)) for cells in node["rows"])
        called = f"{self._tables}. {plain(node['caption']) or self._heading}"
        inside = tag("table:title", {}, text(plain(node["caption"]) or self._heading))
        inside += f"{columns}{tag('table:table-header-rows', {}, head)}{rows}"
        # The name becomes an address: in it a dot would end the name of the table and begin that of a cell.
        return title + tag("table:table", {"table:name": called.replace(".", ""), "table:style-name": "Table"}, inside)

    def _cells(self, cells: list[list[dict]], styles: list[str]) -> str:
        made = ""
        for runs, style in zip(cells, styles, strict=True):
            words, strong = without_bold(runs)
            shown = _paragraph(words, "Table_20_Heading" if strong or style != "Cell" else "Table_20_Contents")
            made += tag("table:table-cell", {"table:style-name": style, "office:value-type": "string"}, shown)
        return made

    def _figure(self, node: dict) -> str:
        picture = self._paper.pictures[node["picture"]]
        name = f"{len(self.pictures) + 1}"
        self.pictures[name] = picture
        place = {"xlink:href": f"Pictures/{name}.{picture.suffix}", "xlink:type": "simple", "xlink:show": "embed"}
        image = tag("draw:image", place | {"xlink:actuate": "onLoad"})
        image += tag("svg:title", {}, text(node["title"])) + tag("svg:desc", {}, text(node["alt"]))
        sides = {"svg:width": f"{picture.width:.1f}mm", "svg:height": f"{picture.height:.1f}mm"}
        frame = {"draw:style-name": "Picture", "draw:name": f"Picture{name}", "text:anchor-type": "as-char"} | sides
        return tag("text:p", {"text:style-name": "Text_20_body"}, tag("draw:frame", frame, image)) + self._blocks(
            node["nodes"], "Caption"
        )


def _paragraph(runs: list[dict], style: str) -> str:
    return tag("text:p", {"text:style-name": style}, _inline(runs))


def _inline(runs: list[dict]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: dict) -> str:
    if run.get("break"):
        return "<text:line-break/>"
    made = text(run["text"])
    for mark, style in _MARKS.items():
        if run.get(mark):
            made = tag("text:span", {"text:style-name": style}, made)
    if target := links_out(run):
        facts = {"xlink:type": "simple", "xlink:href": target, "text:style-name": "Internet_20_link"}
        made = tag("text:a", facts | {"text:visited-style-name": "Internet_20_link"}, made)
    return made


def _code(words: str) -> str:
    lines = []
    for line in words.expandtabs(4).split("\n"):
        shown = line.lstrip(" ")
        spaces = len(line) - len(shown)
        lines.append((tag("text:s", {"text:c": spaces}) if spaces else "") + text(shown))
    return "<text:line-break/>".join(lines)


def _fixed() -> str:
    """Return the styles that tables and headings on a new page need in every document."""
    cell = {"fo:padding": "1.8mm", "fo:border": _EDGE, "style:vertical-align": "top"}
    made = [
        (
            {"style:name": "Table", "style:family": "table"},
            tag(
                "style:table-properties",
                {"style:rel-width": "100%", "table:align": "margins", "fo:margin-top": "1mm", "fo:margin-bottom": "4mm"},
            ),
        ),
        (
            {"style:name": "Row", "style:family": "table-row"},
            tag("style:table-row-properties", {"fo:keep-together": "always"}),
        ),
        (
            {"style:name": "Roomy", "style:family": "table-row"},
            tag("style:table-row-properties", {"fo:keep-together": "always", "style:min-row-height": f"{ROOMY}mm"}),
        ),
        (
            {"style:name": "Picture", "style:family": "graphic", "style:parent-style-name": "Graphics"},
            tag("style:graphic-properties", {"style:vertical-pos": "top", "style:vertical-rel": "baseline"}),
        ),
    ]
    for name, ground in (("Head", "#e3f1ee"), ("Name", "#f3f5f9"), ("Cell", "transparent")):
        facts = {"style:name": name, "style:family": "table-cell"}
        made.append((facts, tag("style:table-cell-properties", cell | {"fo:background-color": ground})))
    for level in _LEVELS:
        parent = f"Heading_20_{level}"
        facts = {"style:name": f"New_{parent}", "style:family": "paragraph", "style:parent-style-name": parent}
        made.append((facts, tag("style:paragraph-properties", {"fo:break-before": "page"})))
    return "".join(tag("style:style", facts, inside) for facts, inside in made)


_FIXED = _fixed()
