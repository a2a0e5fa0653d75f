"""What the calendar of a person holds: the dates of every cohort they take part in or lead."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from staffel.base.links import digest_of
from staffel.cohorts.models import CalendarFeed, Cohort, Enrolment, Session, Trainer


@dataclass(frozen=True, slots=True)
class Event:
    """A date as calendars want it. ``room_url`` may be empty, a cancelled one stays."""

    public_id: str
    cohort: str
    cohort_name: str
    title: str
    position: int
    starts_at: datetime
    ends_at: datetime
    room_url: str
    revision: int
    changed_at: datetime
    is_cancelled: bool

    @property
    def page(self) -> str:
        """The page with all dates of the cohort."""
        return f"/staffeln/{self.cohort}/termine/"


def feed_by_token(token: str) -> CalendarFeed | None:
    """Return the calendar that a secret address opens, with its person, or None. One query."""
    return CalendarFeed.objects.filter(digest=digest_of(token), person__is_active=True).select_related("person").first()


def feed_of(person) -> CalendarFeed | None:
    """Return the calendar of ``person``, or None if it has no address yet. One query."""
    return CalendarFeed.objects.filter(person=person).first()


def events_of(person) -> list[Event]:
    """Return all dates of the cohorts ``person`` takes part in or leads, those called off too. One query."""
    seen = Q(cohort__in=Enrolment.objects.filter(person=person, state=Enrolment.State.ACTIVE).values("cohort"))
    seen |= Q(cohort__in=Trainer.objects.filter(person=person).values("cohort"))
    return _events(Session.objects.filter(seen))


def event_of(session: Session) -> list[Event]:
    """Return one date, in a list. One query."""
    return _events(Session.objects.filter(pk=session.pk))


def _events(sessions) -> list[Event]:
    return [
        Event(*facts, room or common_room, revision, changed_at, state == Cohort.State.CANCELLED)
        for *facts, room, common_room, revision, changed_at, state in sessions.order_by("starts_at", "pk").values_list(
            "public_id",
            "cohort__public_id",
            "cohort__name",
            "unit__title",
            "position",
            "starts_at",
            "ends_at",
            "room_url",
            "cohort__room_url",
            "revision",
            "changed_at",
            "cohort__state",
        )
    ]
