"""Hours and days as awards say them."""

from datetime import date

from django.utils.formats import date_format

from staffel.ui.words import fraction, whole

MINUTES = 60


def hours(minutes: int) -> str:
    """Return minutes as hours with at most two digits behind the comma: ``8``, ``7,5``."""
    if minutes % MINUTES == 0:
        return whole(minutes // MINUTES)
    return fraction(round(minutes / MINUTES, 2), 2).rstrip("0")


def long_date(iso: str) -> str:
    """Return a day in words: ``1. September 2026``."""
    return date_format(date.fromisoformat(iso), "j. F Y")
