"""Text with a little markup, as people in an office write it: Markdown in, safe HTML out.

HTML in the text is shown as text, not obeyed; what Markdown makes of the rest goes through a sieve of allowed tags as well, so
that a mistake in one of the two does no harm. Pictures become links: the content security policy loads none from elsewhere.
"""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong"}
TAGS |= {"table", "tbody", "td", "th", "thead", "tr", "ul"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "table": {"class"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto", "tel"}

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def render(text: str, *, first_heading: int = 2) -> SafeString:
    """Return ``text`` as HTML whose highest heading is ``h2``, or that of another ``first_heading`` (2 to 6).

    Headings keep their order and become ``h6`` at the deepest. Links lead to http, https, mailto, tel, or within the instance.
    """
    if not 2 <= first_heading <= 6:
        raise ValueError(f"a text's first heading is 2 to 6, got {first_heading}")
    tokens = _PARSER.parse(text)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    top = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - top + first_heading, 6)}"
    for token in tokens:
        # Alignment would come as an inline style, which the content security policy blocks.
        token.attrs.pop("style", None)
        if token.type == "table_open":
            token.attrSet("class", "st-table")
        elif token.type == "th_open":
            token.attrSet("scope", "col")
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES))  # noqa: S308 - cleaned
