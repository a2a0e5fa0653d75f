"""What all readers of a programme's files need: how long texts may be, prose, references, lists whose entries have keys."""

from collections.abc import Callable

from staffel.curriculum.core.content import Reference
from staffel.curriculum.core.files import Files
from staffel.curriculum.core.lines import LARGEST_FILE, Entries, Report, decode
from staffel.curriculum.core.text import WITHOUT_BODY, examined

LONGEST_LINE = 1_000
LONGEST_TEXT = 4_000
LONGEST_NOTE = 20_000
LONGEST_PROSE = 200_000
LONGEST_DAY = 1440
MOST = 500


def read_text(report: Report, files: Files, path: str) -> str | None:
    """Return the text of a file, None after a mistake is noted. No more is read than a text may have."""
    with files.open(path) as stream:
        return decode(report, path, stream.read(LARGEST_FILE + 1))


def check_prose(report: Report, file: str, text: str, first_line: int, *, exact: bool) -> list[tuple[str, int, str, str]]:
    """Note the mistakes in prose and return the files that it names, as (file, line, kind, name).

    Its lines are those of the file if ``exact``, else all are ``first_line``.
    """
    found, mistakes = examined(text)
    for line, sentence in mistakes:
        report.add(file, first_line + exact * (line - 1), sentence)
    return [
        (file, first_line + exact * (block.first_line - 1), block.kind, block.argument)
        for block in found
        if block.kind in WITHOUT_BODY
    ]


def prose_without_files(entries: Entries, name: str) -> str:
    """Return the prose of an entry that belongs to no unit, so that there is no file which it could show."""
    text, line, exact = entries.prose(name, longest=LONGEST_PROSE)
    if len(text) <= LONGEST_PROSE:
        for file, at, kind, _ in check_prose(entries.report, entries.file, text, line, exact=exact):
            entries.report.add(file, at, f"„:::{kind}“ geht nur in einer Einheit, denn nur Einheiten haben Dateien.")
    return text


def keyed(rows: tuple[Entries, ...], read: Callable, word: str) -> tuple:
    """Return each row as ``read`` has it; a key stands once."""
    lines: dict[str, int] = {}
    found = []
    for row in rows:
        value = read(row)
        if value.key and lines.setdefault(value.key, row.line) != row.line:
            row.wrong(row.line, f"{word} „{value.key}“ steht schon in Zeile {lines[value.key]}.")
        found.append(value)
    return tuple(found)


def references(entries: Entries) -> tuple[Reference, ...]:
    """Return the entry ``sources``, which may be missing."""
    return keyed(entries.mappings("sources", MOST, optional=True), _reference, "Die Quelle")


def _reference(entries: Entries) -> Reference:
    found = Reference(
        key=entries.key("key"),
        title=entries.words("title", longest=LONGEST_LINE),
        publisher=entries.words("publisher", longest=LONGEST_LINE),
        year=entries.number("year", least=1, most=9999, optional=True),
        link=entries.link("link", optional=True),
        accessed=entries.day("accessed"),
    )
    if found.accessed and not found.link:
        entries.wrong(entries.line_of("accessed"), "„accessed“ sagt, wann ein Link gelesen wurde. Hier fehlt „link“.")
    entries.finish()
    return found
