"""The methods and the glossary of a programme from their files, with every mistake."""

from staffel.curriculum.core.content import Method, Term
from staffel.curriculum.core.lines import Entries
from staffel.curriculum.core.shared_reader import (
    LONGEST_DAY,
    LONGEST_LINE,
    LONGEST_NOTE,
    keyed,
    prose_without_files,
    references,
)

MOST_METHODS = 200
MOST_TERMS = 1_000


def take_methods(entries: Entries) -> tuple[Method, ...]:
    """Return what ``methods.yaml`` says, or something like it after mistakes are noted."""
    found = keyed(entries.mappings("methods", MOST_METHODS), _method, "Die Methode")
    entries.finish()
    return found


def _method(entries: Entries) -> Method:
    before = len(entries.report.mistakes)
    found = Method(
        key=entries.key("key"),
        title=entries.words("title", longest=200),
        purpose=entries.words("purpose", longest=LONGEST_LINE),
        shortest=entries.number("shortest", least=1, most=LONGEST_DAY),
        longest=entries.number("longest", least=1, most=LONGEST_DAY),
        people=entries.words("people", longest=LONGEST_LINE),
        preparation=prose_without_files(entries, "preparation"),
        steps=prose_without_files(entries, "steps"),
        online=prose_without_files(entries, "online"),
        on_site=prose_without_files(entries, "on_site"),
        pitfalls=prose_without_files(entries, "pitfalls"),
        sources=references(entries),
        note=entries.text("note", longest=LONGEST_NOTE, optional=True),
    )
    entries.finish()
    if len(entries.report.mistakes) == before and found.longest < found.shortest:
        sentence = f"„longest“ ist {found.longest}, das ist weniger als „shortest“ mit {found.shortest}."
        entries.wrong(entries.line_of("longest"), sentence)
    return found


def take_glossary(entries: Entries) -> tuple[Term, ...]:
    """Return what ``glossary.yaml`` says, or something like it after mistakes are noted."""
    rows = entries.mappings("glossary", MOST_TERMS)
    pointers: list[tuple[str, int, str]] = []
    found = keyed(rows, lambda row: _term(row, pointers), "Der Begriff")
    entries.finish()
    there = {term.key for term in found}
    for key, line, other in pointers:
        if other == key:
            entries.wrong(line, f"Der Begriff „{other}“ verweist auf sich selbst.")
        elif other and other not in there:
            entries.wrong(line, f"Der Begriff „{other[:60]}“ steht nicht in {entries.file}.")
    return found


def _term(entries: Entries, pointers: list[tuple[str, int, str]]) -> Term:
    """Return one term; ``pointers`` gets where it leads, as (its key, line, key of the other)."""
    key = entries.key("key")
    see = entries.texts("see", longest=60, optional=True)
    seen: set[str] = set()
    for other, line in see:
        if other in seen:
            entries.wrong(line, f"„{other[:60]}“ steht unter „see“ schon.")
        else:
            pointers.append((key, line, other))
        seen.add(other)
    found = Term(
        key=key,
        term=entries.words("term", longest=200),
        text=prose_without_files(entries, "text"),
        see=tuple(other for other, _ in see),
        note=entries.text("note", longest=LONGEST_NOTE, optional=True),
    )
    entries.finish()
    return found
