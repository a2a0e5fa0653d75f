"""How the forms of a version are called as files; without what writes them, so that a page need not load it."""

from staffel.curriculum.models import Download

_PDF, _ZIP = "application/pdf", "application/zip"
_ODT = "application/vnd.oasis.opendocument.text"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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
    Download.Kind.UNIT_PDF: ("-leitung.pdf", _PDF),
    Download.Kind.GROUP_PDF: ("-teilnehmende.pdf", _PDF),
    Download.Kind.FORM_ODT: ("-vorlage.odt", _ODT),
    Download.Kind.FORM_DOCX: ("-vorlage.docx", _DOCX),
    Download.Kind.UNIT_ODT: (".odt", _ODT),
    Download.Kind.UNIT_DOCX: (".docx", _DOCX),
}


def file_name(kind: str, key: str, number: str, unit: str) -> str:
    """Return the name of a form as a file: ``KEY-1.0.0-handbuch.pdf``, or ``KEY-1.0.0-UNIT.odt``."""
    return f"{key}-{number}{f'-{unit}' if unit else ''}{FILES[Download.Kind(kind)][0]}"


def media_type(kind: str) -> str:
    """Return the media type of a form."""
    return FILES[Download.Kind(kind)][1]
