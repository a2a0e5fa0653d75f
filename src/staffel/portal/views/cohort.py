from django.shortcuts import render
from django.utils.translation import gettext as _

from staffel.base.guard import guard, reads_only
from staffel.cohorts.permissions import may_manage_cohort, may_see_cohort, may_take_attendance
from staffel.cohorts.queries import cohorts_visible_to
from staffel.portal.queries.cohort import overview
from staffel.ui.parts import Crumb, Tab


@guard(may_see_cohort, of=cohorts_visible_to)
@reads_only
def cohort_overview(request, cohort):
    takes = may_take_attendance(request.user, cohort)
    path = f"/staffeln/{cohort.public_id}/"
    tabs = [
        Tab(_("Überblick"), path, current=True),
        Tab(_("Termine"), f"{path}termine/"),
        Tab(_("Menschen"), f"{path}menschen/"),
    ]
    if takes:
        tabs.append(Tab(_("Abschluss"), f"{path}abschluss/"))
    context = {
        "cohort": cohort,
        "page": overview(cohort, request.user, takes_attendance=takes),
        "tabs": tabs,
        "crumbs": [Crumb(_("Mein Bereich"), "/mein-bereich/"), Crumb(cohort.name)],
        "manages": may_manage_cohort(request.user, cohort),
    }
    return render(request, "portal/cohort.html", context)
