"""Dates as iCalendar, people as tables."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.utils.translation import gettext as _

from staffel.base.addresses import absolute
from staffel.cohorts.core.timetable import BERLIN
from staffel.cohorts.queries.calendar import Event
from staffel.cohorts.queries.office import CohortLine
from staffel.cohorts.queries.people import Line
from staffel.ui.tables import as_csv, as_xlsx

# The rule of the European Union since 1996, for all years: generated tables of single years put dates after a change of
# the clocks one hour wrong in ical.js, the engine of Thunderbird. Source: Directive 2000/84/EC.
BERLIN_RULES = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
# How often a calendar may ask again.
REFRESH = timedelta(hours=4)


def calendar(events: Iterable[Event], *, name: str) -> bytes:
    """Return the dates as iCalendar (RFC 5545) in local time; the same dates give the same bytes.

    ``UID`` never changes for a date; ``SEQUENCE`` and ``LAST-MODIFIED`` grow with every change; a date that is called off
    stays, as ``CANCELLED``. Nothing here asks for an answer (no ``METHOD``): subscribers only read.
    """
    # Takes 0.1 s to import: only calendars pay for it.
    import icalendar  # noqa: PLC0415

    book = icalendar.Calendar()
    book.add("prodid", "-//Staffel//Kalender//DE")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("x-wr-calname", name)
    book.add("name", name)
    book.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    book.add("x-published-ttl", "PT4H")
    book.add_component(icalendar.Component.from_ical(BERLIN_RULES))
    for event in events:
        book.add_component(_event(icalendar.Event(), event))
    return book.to_ical()


def _event(entry, event: Event):
    names = {"title": event.title, "cohort": event.cohort_name, "number": event.position}
    entry.add("uid", f"{event.public_id.lower()}@sessions.staffel")
    entry.add("dtstamp", event.changed_at.astimezone(UTC).replace(microsecond=0))
    entry.add("last-modified", event.changed_at.astimezone(UTC).replace(microsecond=0))
    entry.add("sequence", event.revision)
    entry.add("dtstart", event.starts_at.astimezone(BERLIN))
    entry.add("dtend", event.ends_at.astimezone(BERLIN))
    title = _("Abgesagt: %(title)s (%(cohort)s)") if event.is_cancelled else _("%(title)s (%(cohort)s)")
    entry.add("summary", title % names)
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if event.is_cancelled else "OPAQUE")
    lines = [_("%(cohort)s, Termin %(number)s") % names]
    if event.room_url and not event.is_cancelled:
        entry.add("location", event.room_url)
        lines.append(_("Zum Raum: %(room)s") % {"room": event.room_url})
    lines.append(_("Alle Termine: %(page)s") % {"page": absolute(event.page)})
    entry.add("description", "\n".join(lines))
    entry.add("url", absolute(event.page))
    return entry


def people(lines: Iterable[Line], *, ending: str) -> bytes:
    """Return the people of a cohort as ``csv`` or ``xlsx``, for the office."""
    heads = [_("Name"), _("E-Mail"), _("Kommunen"), _("Land"), _("Dabei seit"), _("Mails")]
    cells = [
        (line.name, line.email, ", ".join(town for town, _path in line.places), line.laender, line.since, line.mail)
        for line in lines
    ]
    return as_csv(heads, cells) if ending == "csv" else as_xlsx(_("Menschen"), heads, cells)


def cohorts(lines: Iterable[CohortLine], *, ending: str) -> bytes:
    """Return cohorts as ``csv`` or ``xlsx``."""
    heads = [_("Name"), _("Programm"), _("Modul"), _("Zustand"), _("Erster Termin"), _("Letzter Termin"), _("Plätze")]
    heads += [_("Vergeben"), _("Beispiel")]
    yes, no = _("ja"), _("nein")
    cells = [
        (
            line.name,
            line.programme,
            line.module,
            str(line.state_words),
            line.first_day,
            line.last_day,
            line.places,
            line.taken,
            yes if line.is_example else no,
        )
        for line in lines
    ]
    return as_csv(heads, cells) if ending == "csv" else as_xlsx(_("Staffeln"), heads, cells)
