"""What happens to letters of a cohort: written by the worker, one for each person, never twice for the same event."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from staffel.cohorts import mails
from staffel.cohorts.models import Cohort, Enrolment, Session
from staffel.cohorts.queries.words import time_words
from staffel.ui.words import long_day, span

REMIND_BEFORE = timedelta(hours=24)


@transaction.atomic
def tell_moved(cohort: str, moved: list, event: str, reason: str) -> int:
    """Write to everybody with a place in the cohort which dates moved, and return how many letters.

    ``moved`` holds for each date its public id and the ISO time it had before.
    """
    before = {public_id: datetime.fromisoformat(old) for public_id, old in moved}
    sessions = Session.objects.filter(public_id__in=before).select_related("unit").order_by("position")
    lines = [
        _("Termin %(number)s, „%(title)s“: jetzt am %(day)s, %(time)s (bisher am %(old)s).")
        % {
            "number": row.position,
            "title": row.unit.title,
            "day": long_day(row.starts_at),
            "time": time_words(row.starts_at, row.ends_at),
            "old": long_day(before[row.public_id]),
        }
        for row in sessions
    ]
    people = _people(cohort)
    for enrolment in people:
        mails.dates_moved(enrolment, event=event, lines=lines, reason=reason)
    return len(people)


@transaction.atomic
def tell_cancelled(cohort: str, reason: str) -> int:
    """Write to everybody with a place that the cohort does not take place, and return how many letters."""
    people = _people(cohort)
    for enrolment in people:
        mails.cohort_cancelled(enrolment, reason=reason)
    return len(people)


@transaction.atomic
def remind(now: datetime) -> int:
    """Write to everybody whose next date begins within a day, once for each date, and return how many were looked at."""
    soon = (
        Session.objects.filter(starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE)
        .exclude(cohort__state=Cohort.State.CANCELLED)
        .select_related("cohort", "unit")
        .order_by("pk")
    )
    count = 0
    for session in soon:
        when = span(session.starts_at, session.ends_at)
        for enrolment in _people(session.cohort.public_id):
            mails.session_tomorrow(enrolment, session, when=when, room_url=session.room_url or session.cohort.room_url)
            count += 1
    return count


def _people(cohort: str) -> list[Enrolment]:
    active = Enrolment.objects.filter(cohort__public_id=cohort, state=Enrolment.State.ACTIVE)
    return list(active.select_related("cohort", "person").order_by("pk"))
