"""Cohorts and places as plain values to be counted, for figures."""

from django.db.models import Count, Q

from staffel.cohorts.models import Cohort, Enrolment
from staffel.cohorts.permissions import office_sees, office_sees_enrolments


def cohorts_counted(person, *, everything: bool = False) -> list[tuple[int, str, str, int, int, bool]]:
    """Return (id, name, state, places, places taken, is an example) of each cohort, by name; cancelled ones are left out.

    Those that ``person`` sees by their office role, with ``everything`` all. One query.
    """
    rows = Cohort.objects.filter(Q() if everything else office_sees(person)).exclude(state=Cohort.State.CANCELLED)
    taken = Count("enrolments", filter=Q(enrolments__state=Enrolment.State.ACTIVE))
    return list(
        rows.annotate(taken=taken).order_by("name", "pk").values_list("pk", "name", "state", "places", "taken", "is_example")
    )


def places_counted(person, *, everything: bool = False) -> list[tuple[int, int, str | None]]:
    """Return (place, cohort, AGS) of everybody who takes part, a line for each municipality; cancelled cohorts are left out.

    Those that ``person`` sees by their office role, with ``everything`` all. One query.
    """
    rows = Enrolment.objects.filter(Q() if everything else office_sees_enrolments(person), state=Enrolment.State.ACTIVE)
    rows = rows.exclude(cohort__state=Cohort.State.CANCELLED)
    return list(rows.values_list("pk", "cohort", "municipalities__ags"))
