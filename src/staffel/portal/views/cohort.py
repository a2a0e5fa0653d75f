from django.shortcuts import render

from staffel.base.guard import guard, reads_only
from staffel.cohorts.frame import crumbs, tabs
from staffel.cohorts.permissions import may_manage_cohort, may_see_cohort, may_take_attendance
from staffel.cohorts.queries import cohorts_visible_to
from staffel.portal.queries.cohort import overview
from staffel.ui.parts import Crumb


@guard(may_see_cohort, of=cohorts_visible_to)
@reads_only
def cohort_overview(request, cohort):
    person = request.user
    context = {
        "cohort": cohort,
        "page": overview(cohort, person, takes_attendance=may_take_attendance(person, cohort)),
        "tabs": tabs(person, cohort, ""),
        "crumbs": [*crumbs(person, cohort)[:-1], Crumb(cohort.name)],
        "manages": may_manage_cohort(person, cohort),
    }
    return render(request, "portal/cohort.html", context)
