"""What happens to the secret address of a calendar."""

import secrets

from django.db import transaction
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.base.links import digest_of
from staffel.cohorts.models import CalendarFeed


@transaction.atomic
def renew_feed(person, *, by) -> str:
    """Give the calendar of ``person`` a new secret address and return its token, 22 characters; the old one is closed.

    The token exists only in what is returned: it can be shown once.
    """
    token = secrets.token_urlsafe(16)
    feed, is_new = CalendarFeed.objects.update_or_create(
        person=person, defaults={"digest": digest_of(token), "created_at": timezone.now()}
    )
    record("cohorts.calendar_opened" if is_new else "cohorts.calendar_renewed", feed, by=by)
    return token


@transaction.atomic
def close_feed(person, *, by) -> None:
    """Close the secret address of the calendar of ``person``, if there is one."""
    feed = CalendarFeed.objects.filter(person=person).first()
    if feed is None:
        return
    record("cohorts.calendar_closed", feed, by=by)
    feed.delete()
