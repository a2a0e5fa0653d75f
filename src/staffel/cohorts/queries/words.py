"""Dates and hours in the words of the pages and letters."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.ui.words import clock


def time_words(starts_at: datetime, ends_at: datetime) -> str:
    """Return from when to when, in local time: ``9:00 bis 13:00 Uhr``."""
    return _("%(start)s bis %(end)s Uhr") % {"start": clock(starts_at), "end": clock(ends_at)}


def span_words(first: datetime, last: datetime) -> str:
    """Return from which day to which, the year once: ``12. Januar bis 16. Februar 2027``."""
    start, end = timezone.localtime(first), timezone.localtime(last)
    if start.date() == end.date():
        return date_format(start, "j. F Y")
    form = "j. F" if start.year == end.year else "j. F Y"
    return _("%(start)s bis %(end)s") % {"start": date_format(start, form), "end": date_format(end, "j. F Y")}


def hours(minutes: int) -> str:
    """Return hours with as many digits as are needed, two at most: ``3,5``."""
    exact = round(minutes / 60, 2)
    return number_format(int(exact) if exact == int(exact) else exact, use_l10n=True)


def hours_words(minutes: int) -> str:
    """Return hours in words: ``3,5 Stunden``."""
    return ngettext("%(hours)s Stunde", "%(hours)s Stunden", 1 if minutes == 60 else 2) % {"hours": hours(minutes)}
