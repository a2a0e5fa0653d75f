"""What is kept about people, why, and how long: declared once per context, read by export, erasure, retention and the page.

Each context with personal fields has ``core/personal.py`` with ``CATEGORIES``, a tuple of ``Category``.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """One kind of personal data. All texts are German sentences, marked with ``N_``.

    ``fields`` maps a model of the context to its fields that hold personal data or lead to a person. ``keep_days`` counts
    from ``counted_from``, a phrase like "ab der Entscheidung"; None means: as long as the account exists.
    """

    key: str
    title: str
    purpose: str
    basis: str
    keep_days: int | None
    counted_from: str
    fields: Mapping[str, tuple[str, ...]]
