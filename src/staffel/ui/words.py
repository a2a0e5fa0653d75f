"""Numbers and days as people read them on a page."""

from datetime import date

from django.utils.formats import date_format, number_format


def whole(number: int) -> str:
    """Return a whole number with the language's sign between thousands: ``10.753``."""
    return number_format(number, use_l10n=True, force_grouping=True)


def fraction(number: float, places: int) -> str:
    """Return a number with ``places`` digits behind the language's decimal sign: ``1.479,60``."""
    return number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)


def day(value: date) -> str:
    """Return a day in figures: ``30.11.2025``."""
    return date_format(value, "d.m.Y")
