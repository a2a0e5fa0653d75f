"""How addresses name rows: ``<id:public_id>`` in a route takes what a public id can be, and nothing else.

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


register_converter(PublicIdConverter, "id")
