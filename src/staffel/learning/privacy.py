"""What a person can have of their learning, and what goes when they, or the years, ask for it."""

from django.utils.translation import gettext as _

from staffel.learning import actions
from staffel.learning.models import Presentation


def export(person) -> dict:
    """Return all that is kept of the presentations of ``person``, German keys. One query."""
    rows = Presentation.objects.filter(enrolment__person=person).select_related("enrolment__cohort").order_by("held_on", "pk")
    return {
        "Abschlusspräsentationen": [
            {"Staffel": row.enrolment.cohort.name, "Gehalten am": row.held_on.isoformat(), "Thema": row.title} for row in rows
        ]
    }


def erase(person, *, by) -> list[str]:
    """Say what stays and why: a presentation is a proof; its topic goes."""
    if not actions.forget_topics(person):
        return []
    return [
        _("Die Themen Ihrer Abschlusspräsentationen sind gelöscht."),
        _("Dass und wann sie gehalten wurden, bleibt zehn Jahre ohne Ihren Namen: Darauf beruhen Urkunden."),
    ]


def expire(now) -> dict[str, int]:
    """Delete the presentations whose ten years are over and return how many, by category."""
    return {"learning.presentation": actions.forget_old(now)}
