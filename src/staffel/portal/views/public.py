from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext

from staffel.base.guard import public, reads_only
from staffel.base.public_cache import kept_public
from staffel.base.rules import N_
from staffel.cohorts.queries import pilot_cohorts, pilot_municipalities
from staffel.municipalities.core.credits import OUTLINES
from staffel.municipalities.queries.places import stamp
from staffel.reporting.queries.small_maps import germany_with
from staffel.ui.parts import Credit, Crumb, Step


@public("the first page is for everybody")
@reads_only
@kept_public(stamp)
def start(request):
    staffeln = pilot_cohorts()
    pilots = pilot_municipalities()
    context = {
        "germany": germany_with(pilots) if pilots else None,
        "pilots": pilots,
        "people": staffeln[-1].qualified_total if staffeln else 0,
        "laender": len({place.ags[:2] for place in pilots}),
        "steps": [
            Step(
                gettext("Staffel %(number)s") % {"number": one.number},
                "done",
                one.period,
                href=f"/staffeln/#staffel-{one.number}",
            )
            for one in staffeln
        ],
        "credits": [OUTLINES, Credit(gettext("Listen der Staffeln: öffentliche Bekanntmachungen"), "/staffeln/")],
    }
    return render(request, "portal/start.html", context)


def no_data() -> str:
    """Return the stamp of pages that depend on no data."""
    return ""


def legal_page(template: str, title: str):
    """Return the view of a legal page, which knows who answers for this instance."""

    @public("the law asks for it")
    @reads_only
    @kept_public(no_data)
    def page(request):
        context = {
            "crumbs": [Crumb(gettext("Start"), "/"), Crumb(gettext(title))],
            "provider": settings.PROVIDER.split("|") if settings.PROVIDER else [],
            "contact": settings.CONTACT,
        }
        return render(request, f"portal/{template}.html", context)

    return page


imprint = legal_page("imprint", N_("Impressum"))
privacy = legal_page("privacy", N_("Datenschutz"))
accessibility = legal_page("accessibility", N_("Barrierefreiheit"))
easy_language = legal_page("easy_language", N_("Leichte Sprache"))
sign_language = legal_page("sign_language", N_("Gebärdensprache"))
