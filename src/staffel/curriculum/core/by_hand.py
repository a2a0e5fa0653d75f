"""YAML written by hand, in any of its spellings, as the same nodes as the canonical one. Needs PyYAML."""

from collections.abc import Iterator
from itertools import islice
from types import ModuleType

from staffel.curriculum.core.plain import DEEPEST, Mapping, Node, Scalar, Sequence

# More would bury the first ones, and a file can have a comment in each of its million bytes.
MOST_COMMENTS = 100

_NO_ENTRIES = "Hier fehlen die Angaben in der Form „name: Wert“."
_BROKEN = (
    "Ab hier lässt sich die Datei nicht lesen. Oft ist die Einrückung falsch, oder ein Text mit Doppelpunkt steht nicht in "
    "Anführungszeichen."
)
_COMMENT = (
    "Kommentare mit # gehen beim Weitergeben verloren und sind deshalb nicht erlaubt. Bitte schreiben Sie den Text in die "
    "Angabe „note“."
)
_NO_LIBRARY = (
    "Diese Zeile ist nicht in der einheitlichen Schreibweise, und um freiere zu lesen, fehlt hier PyYAML. Bitte bringen Sie "
    "den Ordner zuerst in Form: python -m staffel.curriculum.core format ORDNER."
)


def read_freely(text: str, first_line: int, other_line: int) -> tuple[Mapping | None, list[tuple[int, str]]]:
    """Return the mapping that PyYAML reads, or None, and the mistakes as (line, sentence).

    ``first_line`` is the line of the first character, ``other_line`` the first one that is not in canonical form.
    """
    mistakes: list[tuple[int, str]] = []
    try:
        import yaml  # noqa: PLC0415 - packages hold canonical files only and are read where PyYAML is missing
    except ImportError:
        return None, [(other_line, _NO_LIBRARY)]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = _build(mistakes, yaml, yaml.parse(text, Loader=loader), first_line)
        if node is not None and "#" in text:
            comments = islice(_comments(text, yaml.scan(text, Loader=loader)), MOST_COMMENTS)
            mistakes += [(first_line + line, _COMMENT) for line in comments]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, [(first_line + (mark.line if mark else 0), _BROKEN)]
    except yaml.YAMLError:
        return None, [(first_line, _BROKEN)]
    if node is not None and not isinstance(node, Mapping):
        return None, [*mistakes, (first_line, _NO_ENTRIES)]
    return node, mistakes


def _comments(text: str, tokens) -> Iterator[int]:
    """Yield the lines, counted from 0, in which something stands between or behind tokens: only comments do."""
    end = end_line = 0
    for token in tokens:
        for number, line in enumerate(text[end : token.start_mark.index].split("\n")):
            if "#" in line:
                yield end_line + number
        end, end_line = token.end_mark.index, token.end_mark.line
        if getattr(token, "style", None) in {"|", ">"}:
            head = text[token.start_mark.index : text.find("\n", token.start_mark.index)]
            if "#" in head:
                yield token.start_mark.line


def _build(mistakes: list[tuple[int, str]], yaml: ModuleType, events, first_line: int) -> Node | None:
    """Return the only document, or None after noting why it is not taken.

    Events come one by one, without recursion and without following an alias.
    """
    root: list[Node] = []
    # The open lists and mappings, and for each the name that waits for its value.
    path: list[Node] = []
    names: list[tuple[str | None, int] | None] = []
    for event in events:
        line = first_line + event.start_mark.line
        if sentence := _refusal(yaml, event, len(path), bool(root)):
            mistakes.append((line, sentence))
            return None
        if isinstance(event, yaml.CollectionEndEvent):
            path.pop()
            names.pop()
        elif isinstance(event, yaml.NodeEvent):
            node = _node(yaml, event, line)
            if not path:
                root.append(node)
            elif isinstance(path[-1], Sequence):
                path[-1].nodes.append(node)
            elif names[-1] is None:
                names[-1] = (node.text if isinstance(node, Scalar) else None, line)
            else:
                path[-1].entries.append((*names[-1], node))
                names[-1] = None
            if not isinstance(node, Scalar):
                path.append(node)
                names.append(None)
    if not root:
        mistakes.append((first_line, _NO_ENTRIES))
    return root[0] if root else None


def _refusal(yaml: ModuleType, event, depth: int, after_document: bool) -> str:
    """Return why an event is not taken, or nothing: anchor, alias, tag, second document, more than ``DEEPEST`` levels."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "Verweise mit & und * sind hier nicht erlaubt. Bitte schreiben Sie den Wert aus."
    if getattr(event, "tag", None):
        return "Angaben mit ! sind hier nicht erlaubt. Bitte schreiben Sie nur den Wert."
    if isinstance(event, yaml.DocumentStartEvent) and after_document:
        return "Hier beginnt ein zweites Dokument. Eine Datei enthält genau eines."
    if isinstance(event, yaml.CollectionStartEvent) and depth == DEEPEST:
        return f"Hier ist zu tief verschachtelt, erlaubt sind {DEEPEST} Ebenen."
    return ""


def _node(yaml: ModuleType, event, line: int) -> Node:
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, line, quoted=event.style in {'"', "'", "|", ">"}, literal=event.style == "|")
    return Mapping([], line) if isinstance(event, yaml.MappingStartEvent) else Sequence([], line)
