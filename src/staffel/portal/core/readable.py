"""Data as a tree that a page can print: labels, texts and what hangs below them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

# A longer text stands in a line of its own.
SHORT = 120


@dataclass(frozen=True, slots=True)
class Node:
    """A label with a text, or with more below it; ``text`` is empty for a branch."""

    label: str
    text: str
    below: tuple["Node", ...] = ()


def tree(data: Mapping, speak: Callable[[str], str] = str) -> tuple[Node, ...]:
    """Return ``data``, as JSON holds it, as nodes in the same order; what is empty is left out.

    ``speak`` puts a text into the words of people, a day for example.

    >>> tree({"Name": "Anke", "Rollen": [{"Rolle": "a", "Seit": "1.1."}], "Nichts": []})[1].below
    (Node(label='a', text='Seit: 1.1.', below=()),)
    """
    return tuple(node for label, value in data.items() if (node := _node(str(label), value, speak)))


def _node(label: str, value, speak) -> Node | None:
    if isinstance(value, Mapping):
        below = tree(value, speak)
    elif isinstance(value, (list, tuple)) and any(isinstance(one, (Mapping, list, tuple)) for one in value):
        below = tuple(node for number, one in enumerate(value, start=1) if (node := _item(number, one, speak)))
    else:
        text = _text(value, speak)
        return Node(label, text) if text else None
    return Node(label, "", below) if below else None


def _item(number: int, value, speak) -> Node | None:
    """Return one thing of a list under its first text instead of its number, in one line if it fits."""
    node = _node(str(number), value, speak)
    if node is None or not isinstance(value, Mapping) or node.below[0].below:
        return node
    first, *rest = node.below
    if all(not one.below and len(one.text) <= SHORT and "\n" not in one.text for one in rest):
        return Node(first.text, "; ".join(f"{one.label}: {one.text}" for one in rest) or first.label)
    return Node(first.text, "", tuple(rest))


def _text(value, speak) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(one, speak) for one in value)
    return "" if value is None else speak(str(value))
