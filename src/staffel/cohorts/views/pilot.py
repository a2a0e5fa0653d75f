from django.shortcuts import render
from django.utils.translation import gettext as _

from staffel.base.guard import public, reads_only
from staffel.base.public_cache import kept_public
from staffel.cohorts.queries import pilot as queries
from staffel.municipalities.core.credits import REGISTER
from staffel.municipalities.queries.places import stamp
from staffel.ui.parts import Crumb, Step


@public("the published lists of the pilot are public facts")
@reads_only
@kept_public(stamp)
def pilot(request):
    staffeln = queries.pilot_cohorts()
    context = {
        "crumbs": [Crumb(_("Start"), "/"), Crumb(_("Staffeln"))],
        "credits": [_("Namen der Kommunen: %(register)s, dl-de/by-2-0") % {"register": REGISTER}],
        "figures": queries.pilot_figures(),
        "staffeln": staffeln,
        "steps": [
            Step(
                title=_("Staffel %(number)s") % {"number": staffel.number},
                state="done",
                when=staffel.period,
                reason=_("%(seats)s Einträge, %(municipalities)s Kommunen")
                % {"seats": len(staffel.seats), "municipalities": staffel.municipalities},
                href=f"#staffel-{staffel.number}",
            )
            for staffel in staffeln
        ],
        "twice": sum(len(place.staffeln) > 1 for place in queries.pilot_municipalities()),
    }
    return render(request, "cohorts/pilot.html", context)
