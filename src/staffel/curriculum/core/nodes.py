"""Prose as a tree of plain values, for papers that are typeset.

Nodes are dictionaries that JSON can carry::

    {"type": "heading", "level": 1, "runs": […]}        levels as written, the highest of a text being 1
    {"type": "paragraph", "runs": […]}
    {"type": "list", "ordered": false, "start": 1, "items": [[node, …], …]}
    {"type": "quote", "nodes": […]}                     {"type": "code", "text": "…"}      {"type": "rule"}
    {"type": "table", "caption": [run, …], "head": [[run, …], …], "rows": [[[run, …], …], …]}
    {"type": "box", "kind": "hint", "title": "…", "nodes": […]}   hint, task, definition, example, checklist
    {"type": "figure", "file": "name.svg", "nodes": […]}           {"type": "download", "file": "…", "nodes": […]}

A run is ``{"text": "…"}`` with ``bold``, ``italic``, ``code`` or ``struck`` set to true where it applies, and ``link`` to an
address; ``{"break": true}`` begins a new line.
"""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from staffel.curriculum.core.text import blocks

BOXES = ("hint", "task", "definition", "example", "checklist")

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
_MARKS = {"strong": "bold", "em": "italic", "s": "struck"}


def nodes_of(prose: str) -> list[dict]:
    """Return the nodes of a text with directives, in their order."""
    nodes = []
    for block in blocks(prose):
        if block.kind == "prose":
            nodes += _markdown(block.text)
        elif block.kind == "table":
            nodes += [_with_caption(node, block.argument) for node in _markdown(block.text)]
        elif block.kind in BOXES:
            nodes.append({"type": "box", "kind": block.kind, "title": block.argument, "nodes": _markdown(block.text)})
        else:
            nodes.append({"type": block.kind, "file": block.argument, "nodes": _markdown(block.text)})
    headings = [node for node in nodes if node["type"] == "heading"]
    highest = min((node["level"] for node in headings), default=1)
    for node in headings:
        node["level"] -= highest - 1
    return nodes


def _with_caption(node: dict, caption: str) -> dict:
    return node | {"caption": [{"text": caption}]} if node["type"] == "table" else node


def _markdown(text: str) -> list[dict]:
    return _nodes(iter(_PARSER.parse(text)), "")


def _nodes(tokens: Iterator[Token], until: str) -> list[dict]:
    """Return the nodes up to the token that closes them."""
    nodes = []
    for token in tokens:
        if token.type == until:
            break
        if token.type == "heading_open":
            nodes.append({"type": "heading", "level": int(token.tag[1]), "runs": _inline(tokens)})
        elif token.type == "paragraph_open":
            nodes.append({"type": "paragraph", "runs": _inline(tokens)})
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            nodes.append(_list(tokens, token))
        elif token.type == "blockquote_open":
            nodes.append({"type": "quote", "nodes": _nodes(tokens, "blockquote_close")})
        elif token.type in ("fence", "code_block"):
            nodes.append({"type": "code", "text": token.content.rstrip("\n")})
        elif token.type == "hr":
            nodes.append({"type": "rule"})
        elif token.type == "table_open":
            nodes.append(_table(tokens))
    return nodes


def _list(tokens: Iterator[Token], opening: Token) -> dict:
    closing = opening.type.replace("open", "close")
    items = []
    for token in tokens:
        if token.type == closing:
            break
        if token.type == "list_item_open":
            items.append(_nodes(tokens, "list_item_close"))
    ordered = opening.type == "ordered_list_open"
    return {"type": "list", "ordered": ordered, "start": int(opening.attrs.get("start", 1)), "items": items}


def _table(tokens: Iterator[Token]) -> dict:
    rows: list[list[list[dict]]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(_inline(tokens))
    return {"type": "table", "caption": [], "head": rows[0], "rows": rows[1:]}


def _inline(tokens: Iterator[Token]) -> list[dict]:
    return _runs(next(tokens).children or [])


def _runs(children: list[Token]) -> list[dict]:
    runs: list[dict] = []
    state: dict[str, bool | str] = {}
    for token in children:
        mark = _MARKS.get(token.tag)
        if token.type in ("text", "code_inline") and token.content:
            runs.append({"text": token.content} | state | ({"code": True} if token.type == "code_inline" else {}))
        elif token.type == "softbreak":
            runs.append({"text": " "} | state)
        elif token.type == "hardbreak":
            runs.append({"break": True})
        elif token.type == "link_open":
            state["link"] = str(token.attrs["href"])
        elif token.type == "link_close":
            state.pop("link", None)
        elif mark and token.nesting == 1:
            state[mark] = True
        elif mark and token.nesting == -1:
            state.pop(mark, None)
    return runs
