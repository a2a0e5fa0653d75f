"""Words and their marks as Markdown that means exactly these words with these marks.

A run is a piece of a line in Markdown with its marks, letters out of ``b`` (bold), ``i`` (italic) and ``s`` (struck); a run
with the mark ``CODE`` is code as it stands, without any other mark.
"""

import re

Run = tuple[str, str]
CODE = "c"

_AT_START = re.compile(r"([-+>#=|]|:::|\d{1,9}[.)](?=\s|$))")
_SIGNS = {"b": "**", "i": "*", "bi": "***", "s": "~~"}


def escaped(text: str) -> str:
    """Return words so that Markdown takes them as words, in one line."""
    text = re.sub(r"\s+", " ", text)
    # A colon behind a bracket looks like the address of a reference to our reader, escaped or not.
    text = re.sub(r"([\\`*\[\]~]|(?<=\]):)", r"\\\1", text)
    text = re.sub(r"<(?=[A-Za-z/!?])", r"\\<", text)
    text = re.sub(r"&(?=#?\w{1,32};)", r"\\&", text)
    return re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)


def at_start(text: str) -> str:
    """Return a line that begins no list, heading, table, quotation or directive."""
    found = _AT_START.match(text)
    if not found:
        return text
    mark = found[1]
    return f"{mark[:-1]}\\{mark[-1]}{text[len(mark) :]}" if mark[0].isdigit() else f"\\{text}"


def in_ticks(text: str) -> str:
    """Return code within a line, between as many ticks as it needs."""
    if not text:
        return ""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def joined(runs: list[Run]) -> str:
    """Return runs as one text. Marks that Markdown would not see where they stand are left out, their words stay."""
    text, after_marks = "", False
    groups = [(in_ticks(words), "") if marks == CODE else (words, marks) for words, marks in _grouped(runs)]
    for place, (words, marks) in enumerate(groups):
        following = groups[place + 1][0][:1] if place + 1 < len(groups) else ""
        inner = words.strip()
        sign = _sign(marks)
        before, behind = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        if not inner or not sign or (after_marks and not before):
            text += words
            after_marks = after_marks and not words
        elif _opens(before or text[-1:], inner[0]) and _opens(behind or following, inner[-1]) and "\\\n" not in inner:
            text += f"{before}{sign}{inner}{sign[::-1]}{behind}"
            after_marks = not behind
        else:
            text += words
            after_marks = False
    return text


def _sign(marks: str) -> str:
    # Struck and bold at once needs two kinds of marks beside each other; the less common one is left out.
    return _SIGNS.get(marks) or _SIGNS.get(marks.replace("s", ""), "")


def _grouped(runs: list[Run]) -> list[Run]:
    """Return runs with neighbours of equal marks put together, without empty ones."""
    found: list[tuple[list[str], str]] = []
    for words, marks in runs:
        if words.startswith("[") and found and found[-1][0][-1].endswith("!") and found[-1][1] != CODE:
            # A ! before a link would make it a picture.
            found[-1][0][-1] = found[-1][0][-1][:-1] + "\\!"
        if words and found and found[-1][1] == marks:
            found[-1][0].append(words)
        elif words:
            found.append(([words], marks))
    return [("".join(words), marks) for words, marks in found]


def _opens(outside: str, inside: str) -> bool:
    """Whether a mark between these two letters is one: not with a letter outside and punctuation inside."""
    return not outside or outside[-1].isspace() or not outside[-1].isalnum() or inside.isalnum()
