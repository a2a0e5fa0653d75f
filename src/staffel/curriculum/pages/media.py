"""Which media type a material is sent with, and which are shown in the browser: only pictures, everything else is fetched."""

from pathlib import PurePosixPath

from staffel.curriculum.core.files import PICTURES

UNKNOWN = "application/octet-stream"
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
SHOWN = frozenset(TYPES[ending] for ending in PICTURES)


def media_type(name: str) -> str:
    """Return the media type of a file by the ending of its name; one that nobody runs if the ending is not known."""
    return TYPES.get(PurePosixPath(name).suffix.lower(), UNKNOWN)
