"""What a released version can be had as, beside its package: one table, in the order of the page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from tempfile import TemporaryFile
from typing import BinaryIO

from staffel.curriculum.core.content import Source
from staffel.curriculum.core.formats import cartridge, qti, qti_items, scorm
from staffel.curriculum.core.package.writer import write_zip
from staffel.curriculum.exports.handbook import handbook_pdf, unit_pdf
from staffel.curriculum.exports.office import form_document, has_form, unit_document
from staffel.curriculum.exports.unit_parts import PARTICIPANTS_BOOK, TRAINERS_FOLDER, Part
from staffel.curriculum.models import Download
from staffel.ui import markdown

# A unit's papers take a third of a second; beyond this the whole is enough.
MOST_UNITS_WITH_PAPERS = 200
# A handbook is typeset in memory, about 12 pages for each unit.
MOST_UNITS_IN_HANDBOOK = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """What a paper says about the release: the office, the digest of the content, the time."""

    office: str
    digest: str
    released_at: datetime


@dataclass(frozen=True, slots=True)
class Form:
    """One form: how it is written, what it cannot carry, up to how many units. ``exports/names.py`` names its file.

    ``write(source, unit, facts, stream)`` writes to a stream that can seek; ``unit`` is a key, or empty for the whole.
    ``has(source, unit)`` says whether there is anything to write.
    """

    write: Callable[[Source, str, Facts, BinaryIO], None]
    losses: Callable[[Source], tuple[str, ...]]
    has: Callable[[Source, str], bool]
    most_units: int | None = None
    of_unit: bool = False


def _handbook(source: Source, _unit: str, facts: Facts, stream: BinaryIO) -> None:
    stream.write(handbook_pdf(source, office=facts.office, digest=facts.digest, released_at=facts.released_at))


def _print(source: Source, unit: str, facts: Facts, stream: BinaryIO, *, parts: tuple[Part, ...]) -> None:
    made = unit_pdf(source, unit, parts=parts, office=facts.office, digest=facts.digest, released_at=facts.released_at)
    stream.write(made)


def _document(source: Source, unit: str, facts: Facts, stream: BinaryIO, *, form: str) -> None:
    stream.write(unit_document(source, unit, form, office=facts.office, digest=facts.digest, released_at=facts.released_at))


def _template(source: Source, unit: str, facts: Facts, stream: BinaryIO, *, form: str) -> None:
    stream.write(form_document(source, unit, form, office=facts.office, released_at=facts.released_at))


def _zipped(source: Source, _unit: str, _facts: Facts, stream: BinaryIO, *, files) -> None:
    write_zip(files(source, markdown.render), stream)


def _always(_source: Source, _unit: str) -> bool:
    return True


def _asks(source: Source, _unit: str) -> bool:
    return any(source.unit(key).quiz for key in source.outline.units)


def _nothing(_source: Source) -> tuple[str, ...]:
    return ()


def _exchange(module, version=None, has=_always) -> Form:
    files = module.files if version is None else partial(module.files, version=version)
    losses = module.losses if version is None else lambda source: module.losses(source, version)
    return Form(partial(_zipped, files=files), losses, has)


def _paper(write, has=_always) -> Form:
    return Form(write, _nothing, has, MOST_UNITS_WITH_PAPERS, of_unit=True)


FORMS: dict[str, Form] = {
    Download.Kind.HANDBOOK: Form(_handbook, _nothing, _always, MOST_UNITS_IN_HANDBOOK),
    Download.Kind.CARTRIDGE_1_1: _exchange(cartridge, cartridge.V1_1),
    Download.Kind.CARTRIDGE_1_3: _exchange(cartridge, cartridge.V1_3),
    Download.Kind.SCORM: _exchange(scorm),
    Download.Kind.QTI_2_1: _exchange(qti, qti_items.V2_1, _asks),
    Download.Kind.QTI_3_0: _exchange(qti, qti_items.V3_0, _asks),
    Download.Kind.UNIT_PDF: _paper(partial(_print, parts=TRAINERS_FOLDER)),
    Download.Kind.GROUP_PDF: _paper(partial(_print, parts=PARTICIPANTS_BOOK)),
    Download.Kind.FORM_ODT: _paper(partial(_template, form="odt"), has_form),
    Download.Kind.FORM_DOCX: _paper(partial(_template, form="docx"), has_form),
    Download.Kind.UNIT_ODT: _paper(partial(_document, form="odt")),
    Download.Kind.UNIT_DOCX: _paper(partial(_document, form="docx")),
}


@contextmanager
def written(kind: str, source: Source, unit: str, facts: Facts) -> Iterator[BinaryIO]:
    """Yield a temporary file with ``source``, or one unit of it, in the form ``kind``, at its beginning.

    Raises typesetting.FontsMissing and typesetting.TypesettingFailed for papers that cannot be made here.
    """
    with TemporaryFile() as stream:
        FORMS[kind].write(source, unit, facts, stream)
        stream.seek(0)
        yield stream
