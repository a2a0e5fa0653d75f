"""Text with a little markup, as people in an office write it: Markdown in, safe HTML out.

HTML in the text is shown as text, not obeyed; what Markdown makes of the rest goes through a sieve of allowed tags as well, so
that a mistake in one of the two does no harm. Pictures become links: the content security policy loads none from elsewhere.
"""

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong"}
TAGS |= {"table", "tbody", "td", "th", "thead", "tr", "ul"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "table": {"class"}, "th": {"scope"}}
OF_TABLES = ATTRIBUTES | {"th": {"scope", "class"}, "td": {"class", "data-label"}}
SCHEMES = {"http", "https", "mailto", "tel"}

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def render(text: str, *, first_heading: int = 2, highest: int = 0) -> SafeString:
    """Return ``text`` as HTML whose highest heading is ``h2``, or that of another ``first_heading`` (2 to 6).

    Headings keep their order and become ``h6`` at the deepest. Links lead to http, https, mailto, tel, or within the instance.
    A piece of a longer text is given the level of the ``highest`` heading of all its pieces (1 to 6, 0 for its own).
    """
    if not 2 <= first_heading <= 6:
        raise ValueError(f"a text's first heading is 2 to 6, got {first_heading}")
    tokens = _PARSER.parse(text)
    top = highest or _highest(tokens) or 1
    for token in _headings(tokens):
        token.tag = f"h{min(max(int(token.tag[1]) - top, 0) + first_heading, 6)}"
    for token in tokens:
        # Alignment would come as an inline style, which the content security policy blocks.
        token.attrs.pop("style", None)
        if token.type == "table_open":
            token.attrSet("class", "st-table")
        elif token.type == "th_open":
            token.attrSet("scope", "col")
    return _clean(tokens, ATTRIBUTES)


def highest_heading(text: str) -> int:
    """Return the level of the highest heading in ``text``, 1 to 6; 0 if it has none."""
    return _highest(_PARSER.parse(text))


def render_table(text: str, *, caption: str) -> SafeString:
    """Return the one table in ``text`` as a table of the kit: rows become cards on phones, the first column heads its rows.

    Columns that are aligned to the right hold numbers. A text without a table is returned as ``render`` does.
    """
    tokens = _PARSER.parse(text)
    if not tokens or tokens[0].type != "table_open":
        return render(text)
    heads: list[str] = []
    column = 0
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        numbers = "right" in str(token.attrs.pop("style", ""))
        if token.type == "table_open":
            token.attrSet("class", "st-table st-table--cards")
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            heads.append(_plain(following))
            token.attrSet("scope", "col")
        elif token.type == "td_open":
            if column == 0:
                token.attrSet("scope", "row")
            else:
                token.attrSet("data-label", heads[column])
        elif token.type == "td_close":
            column += 1
        if token.type in ("th_open", "td_open") and numbers:
            token.attrSet("class", "st-number")
        if token.type in ("td_open", "td_close") and column == (token.type == "td_close"):
            token.tag = "th"
        # A head cell without a word is no head.
        if token.type in ("th_open", "th_close") and not heads[-1]:
            token.tag, token.attrs = "td", {}
    table = _clean(tokens, OF_TABLES)
    start, rest = table.split(">", 1)
    return format_html("{}><caption>{}</caption>{}", mark_safe(start), caption, mark_safe(rest))  # noqa: S308 - cleaned


def _headings(tokens):
    return [token for token in tokens if token.type in ("heading_open", "heading_close")]


def _highest(tokens) -> int:
    return min((int(token.tag[1]) for token in _headings(tokens)), default=0)


def _plain(token) -> str:
    """Return the words of a line without its markup."""
    return "".join(child.content for child in token.children or ())


def _clean(tokens, attributes) -> SafeString:
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=attributes, url_schemes=SCHEMES))  # noqa: S308 - cleaned
