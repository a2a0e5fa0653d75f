"""How the forms of a version are called as files; without what writes them, so that a page need not load it."""

from staffel.curriculum.models import Download

_PDF, _ZIP = "application/pdf", "application/zip"
# The end of the file's name, and its media type.
FILES = {
    Download.Kind.PACKAGE: (".staffel.zip", _ZIP),
    Download.Kind.FOLDER: (".zip", _ZIP),
    Download.Kind.HANDBOOK: ("-handbuch.pdf", _PDF),
    Download.Kind.CARTRIDGE_1_1: ("-cc-1.1.imscc", _ZIP),
    Download.Kind.CARTRIDGE_1_3: ("-cc-1.3.imscc", _ZIP),
    Download.Kind.SCORM: ("-scorm-1.2.zip", _ZIP),
    Download.Kind.QTI_2_1: ("-qti-2.1.zip", _ZIP),
    Download.Kind.QTI_3_0: ("-qti-3.0.zip", _ZIP),
    Download.Kind.UNIT_PDF: (".pdf", _PDF),
    Download.Kind.UNIT_ODT: (".odt", "application/vnd.oasis.opendocument.text"),
    Download.Kind.UNIT_DOCX: (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def file_name(kind: str, key: str, number: str, unit: str) -> str:
    """Return the name of a form as a file: ``KEY-1.0.0-handbuch.pdf``, or ``KEY-1.0.0-UNIT.odt``."""
    return f"{key}-{number}{f'-{unit}' if unit else ''}{FILES[Download.Kind(kind)][0]}"


def media_type(kind: str) -> str:
    """Return the media type of a form."""
    return FILES[Download.Kind(kind)][1]
