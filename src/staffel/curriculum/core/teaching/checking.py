"""All that is looked at before somebody teaches with a programme; what the reader refuses is not repeated here."""

from collections.abc import Iterator

from staffel.curriculum.core.content import Source
from staffel.curriculum.core.teaching import address, coverage, hours, quizzes, readability, references
from staffel.curriculum.core.teaching.findings import Finding
from staffel.curriculum.core.teaching.prose import documents_of, documents_of_outline


def findings_in(source: Source) -> Iterator[Finding]:
    """Yield what is to be mended, unit by unit in their order, then what holds for the whole. Nothing is held but one unit."""
    outline = source.outline
    required = coverage.required_units(outline)
    covered = dict.fromkeys((competency.key for competency in outline.competencies), coverage.Coverage((), (), ()))
    for key in outline.units:
        unit = source.unit(key)
        yield from hours.findings_of_unit(outline, unit)
        yield from coverage.findings_of_unit(unit)
        yield from quizzes.findings(unit)
        yield from references.findings(unit)
        for document in documents_of(unit):
            yield from readability.findings(document)
            yield from address.findings(document)
        if key in required:
            coverage.add(covered, unit)
    for document in documents_of_outline(outline):
        yield from readability.findings(document)
        yield from address.findings(document)
    yield from coverage.findings(outline, covered)
