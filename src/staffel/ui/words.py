"""Numbers and days as people read them on a page."""

import re
from datetime import date, datetime

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

ISO = re.compile(r"\d{4}-\d\d-\d\d(T.+)?$")


def whole(number: int) -> str:
    """Return a whole number with the language's sign between thousands: ``10.753``."""
    return number_format(number, use_l10n=True, force_grouping=True)


def fraction(number: float, places: int) -> str:
    """Return a number with ``places`` digits behind the language's decimal sign: ``1.479,60``."""
    return number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)


def day(value: date) -> str:
    """Return a day in figures: ``30.11.2025``."""
    return date_format(value, "d.m.Y")


def long_day(value: date) -> str:
    """Return a day in words, in local time: ``Dienstag, 1. September 2026``."""
    return date_format(_local(value), "l, j. F Y")


def clock(value: datetime) -> str:
    """Return a time of day, in local time: ``9:00``."""
    return date_format(_local(value), "G:i")


def moment(value: datetime) -> str:
    """Return a day with its time, in local time: ``01.09.2026, 9:00 Uhr``."""
    return date_format(_local(value), "d.m.Y, G:i") + " Uhr"


def span(starts: datetime, ends: datetime) -> str:
    """Return from when to when, in local time: ``Dienstag, 1. September 2026, 9:00 bis 13:00 Uhr``."""
    return _("%(day)s, %(from)s bis %(to)s Uhr") % {"day": long_day(starts), "from": clock(starts), "to": clock(ends)}


def spoken(text: str) -> str:
    """Return an ISO 8601 day or moment as people read it, and any other text unchanged."""
    # Python also takes 12061112 for a day, which is the key of a place.
    if not ISO.match(text):
        return text
    try:
        value = parse_datetime(text) if len(text) > 10 else parse_date(text)
    except ValueError:
        return text
    if isinstance(value, datetime):
        return moment(value) if timezone.is_aware(value) else text
    return day(value) if value else text


def _local(value: date) -> date:
    """Return ``value`` as it is here; a plain day has no time to convert."""
    return timezone.localtime(value) if isinstance(value, datetime) else value
