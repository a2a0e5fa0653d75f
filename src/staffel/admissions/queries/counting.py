"""Calls and applications as plain values to be counted, for figures."""

from django.db.models import Q

from staffel.admissions.models import Application, Call
from staffel.admissions.permissions import visible_calls, visible_to

SENT = ~Q(state=Application.State.DRAFT)


def calls_counted(person, *, everything: bool = False) -> list[tuple[int, int, str]]:
    """Return (call, cohort, state) of each published call that ``person`` may see, with ``everything`` of all. One query."""
    rows = Call.objects.filter(Q() if everything else visible_calls(person))
    rows = rows.exclude(state__in=[Call.State.DRAFT, Call.State.CANCELLED])
    return list(rows.order_by("pk").values_list("pk", "cohort", "state"))


def applications_counted(person, *, everything: bool = False) -> list[tuple[int, int, str]]:
    """Return (application, cohort, AGS) of each application that was sent, a line for each of its municipalities.

    Those that ``person`` may see, with ``everything`` all; cancelled calls are left out. One query.
    """
    rows = Application.objects.filter(SENT if everything else visible_to(person)).exclude(call__state=Call.State.CANCELLED)
    found = []
    for pk, cohort, *both in rows.values_list("pk", "call__cohort", "municipality__ags", "partner__ags"):
        found.extend((pk, cohort, ags) for ags in both if ags)
    return found
