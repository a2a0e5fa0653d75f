"""What changed between two texts, word by word, for people who do not read source code.

A difference is a tuple of (operation, text): ``same`` and ``removed`` together are the old text, ``same`` and ``added`` the
new one, blanks and line breaks included.

>>> word_diff("Sie planen den Weg.", "Sie gehen den Weg.")
(('same', 'Sie '), ('removed', 'planen'), ('added', 'gehen'), ('same', ' den Weg.'))
"""

import itertools
import re
from collections.abc import Iterable

from staffel.curriculum.core.alignment import hunks, matches

SAME = "same"
REMOVED = "removed"
ADDED = "added"
GAP = "gap"

# Lines of Markdown that go on, and lines that go on from the one before.
GOES_ON = re.compile(r"(?!#|\||:::|---|\*\*\*).*\S(?<!\\)(?: )?\Z")
GOES_ON_FROM = re.compile(r"\s*(?![-*+]\s|---|\*\*\*\Z|[>|#]|:::|\d+[.)]\s)\S")
SIGNS_OF_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)

Difference = tuple[tuple[str, str], ...]

# A word keeps its hyphens, points between digits and the star or colon of "Bürger:innen"; each other sign stands alone.
TOKEN = re.compile(r"\w+(?:[-–.:*/’'](?=\w)\w+)*|[^\S\n]+|\n|[^\w\s]")


def word_diff(old: str, new: str) -> Difference:
    """Return what was removed and added between two texts; neighbours of one operation are one entry.

    Lines are compared first and words only inside lines that changed, so time follows the changes: two texts of 100 KB
    in which everything is different take one to two seconds.
    """
    if old == new:
        return ((SAME, old),) if old else ()
    lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    steps: list[tuple[str, str]] = []
    at = 0
    for hunk in hunks(lines, new_lines, matches(lines, new_lines)):
        steps.append((SAME, "".join(lines[at : hunk.start])))
        steps += _words("".join(lines[hunk.start : hunk.end]), "".join(new_lines[hunk.new_start : hunk.new_end]))
        at = hunk.end
    steps.append((SAME, "".join(lines[at:])))
    return tuple(_joined(_without_islands(_joined(steps))))


def prose_diff(old: str, new: str) -> Difference:
    """Return the difference of two texts in Markdown, whatever the width that they are wrapped at.

    Where nothing but the wrapping or the level of a heading is different, that is the difference.
    """
    one, other = flowing(old), flowing(new)
    return word_diff(old, new) if one == other else word_diff(one, other)


def shortened(difference: Iterable[tuple[str, str]], words: int = 12) -> Difference:
    """Return ``difference`` with at most ``words`` words left of what is the same before and after each change.

    What is left out becomes one entry ``gap`` with an ellipsis.
    """
    steps = list(difference)
    result: list[tuple[str, str]] = []
    for at, (operation, text) in enumerate(steps):
        parts = re.findall(r"\s*\S+(?:\s+$)?|\s+$", text)
        head = words if at else 0
        tail = words if at < len(steps) - 1 else 0
        if operation != SAME or len(parts) <= head + tail + 1:
            result.append((operation, text))
            continue
        kept = [(SAME, "".join(parts[:head])), (GAP, " …"), (SAME, "".join(parts[len(parts) - tail :]))]
        result += [step for step in kept if step[1]]
    return tuple(result)


def flowing(prose: str) -> str:
    """Return Markdown with each wrapped paragraph on one line, and headings without their signs, as people read it.

    Lists, headings, tables and code keep their lines.

    >>> flowing("Wir planen\\nheute:\\n\\n- gut\\n- und gern")
    'Wir planen heute:\\n\\n- gut\\n- und gern'
    """
    if "```" in prose:
        return prose
    lines = prose.split("\n")
    result = lines[:1]
    for before, line in itertools.pairwise(lines):
        goes_on = GOES_ON.match(before) and GOES_ON_FROM.match(line)
        result.append(f" {line.lstrip()}" if goes_on else f"\n{line}")
    return SIGNS_OF_HEADING.sub("", "".join(result))


def _words(old: str, new: str) -> list[tuple[str, str]]:
    tokens, new_tokens = TOKEN.findall(old), TOKEN.findall(new)
    # A line break is found where a blank was: in a paragraph that was wrapped anew the words are still the same.
    aligned = matches(*([" " if token.isspace() else token for token in side] for side in (tokens, new_tokens)))
    steps = []
    at = 0
    for hunk in hunks(tokens, new_tokens, aligned):
        steps.append((SAME, "".join(tokens[at : hunk.start])))
        steps.append((REMOVED, "".join(tokens[hunk.start : hunk.end])))
        steps.append((ADDED, "".join(new_tokens[hunk.new_start : hunk.new_end])))
        at = hunk.end
    steps.append((SAME, "".join(tokens[at:])))
    return steps


def _without_islands(steps: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return ``steps`` where blanks and signs between two replaced words count as replaced too: whole phrases are readable."""
    result = []
    for at, (operation, text) in enumerate(steps):
        between = 0 < at < len(steps) - 1 and operation == SAME and "\n" not in text and not re.search(r"\w", text)
        replaced = between and {op for op, _ in steps[max(0, at - 2) : at]} == {op for op, _ in steps[at + 1 : at + 3]}
        if replaced and steps[at - 1][0] == ADDED and steps[at + 1][0] == REMOVED:
            result += [(REMOVED, text), (ADDED, text)]
        else:
            result.append((operation, text))
    return result


def _joined(steps: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return ``steps`` with one entry per operation between two that are the same, what was removed first."""
    result: list[tuple[str, str]] = []
    removed = added = ""
    for operation, text in [*steps, (SAME, None)]:
        if operation == REMOVED:
            removed += text
        elif operation == ADDED:
            added += text
        elif text is None or text:
            result += [(op, words) for op, words in ((REMOVED, removed), (ADDED, added)) if words]
            removed = added = ""
            if text and result and result[-1][0] == SAME:
                result[-1] = (SAME, result[-1][1] + text)
            elif text:
                result.append((SAME, text))
    return result
