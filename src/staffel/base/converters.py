"""How addresses name rows and files: ``<id:public_id>`` takes what a public id can be, ``<file:name>`` the name of a file.

Anything else is no page at all: a NUL in an address would be an error in PostgreSQL, not a row that is not there.
"""

from django.urls import register_converter

from staffel.base.public_id import ALPHABET, LENGTH


class PublicIdConverter:
    """Take 12 characters of the alphabet, as they are."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FileNameConverter(PublicIdConverter):
    """Take the name of a file: letters, digits, dots, hyphens and low lines, no first dot, at most 100 characters."""

    regex = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}"


register_converter(PublicIdConverter, "id")
register_converter(FileNameConverter, "file")
