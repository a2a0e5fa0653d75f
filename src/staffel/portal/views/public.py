from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext

from staffel.accounts.core.texts import TITLES, VIDEO
from staffel.accounts.queries.texts import stamp as texts_stamp
from staffel.accounts.queries.texts import texts
from staffel.admissions.queries.calls_public import open_calls
from staffel.admissions.queries.calls_public import stamp as calls_stamp
from staffel.base.guard import public, reads_only
from staffel.base.public_cache import kept_public
from staffel.base.rules import N_
from staffel.cohorts.queries import pilot_cohorts, pilot_municipalities
from staffel.municipalities.core.credits import OUTLINES
from staffel.municipalities.queries.places import stamp
from staffel.reporting.queries.small_maps import germany_with
from staffel.ui.markdown import render as rendered
from staffel.ui.parts import Credit, Crumb, Step


def start_stamp() -> str:
    """Return what the first page depends on: the register and the calls. Two queries."""
    return f"{stamp()}-{calls_stamp()}"


@public("the first page is for everybody")
@reads_only
@kept_public(start_stamp)
def start(request):
    staffeln = pilot_cohorts()
    pilots = pilot_municipalities()
    context = {
        "germany": germany_with(pilots) if pilots else None,
        "pilots": pilots,
        "calls": open_calls(),
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


def legal_page(key: str, template: str, title: str):
    """Return the view of a legal page: the words of this instance, if the office wrote some, else those of the template."""

    @public("the law asks for it")
    @reads_only
    @kept_public(texts_stamp)
    def page(request):
        own = texts(key, VIDEO)
        context = {
            "crumbs": [Crumb(gettext("Start"), "/"), Crumb(gettext(title))],
            "key": key,
            "title": gettext(TITLES[key]),
            "own_text": rendered(own[key]),
            "video": own[VIDEO],
            "provider": settings.PROVIDER.split("|") if settings.PROVIDER else [],
            "contact": settings.CONTACT,
        }
        return render(request, "portal/own_text.html" if own[key] else f"portal/{template}.html", context)

    return page


imprint = legal_page("impressum", "imprint", N_("Impressum"))
privacy = legal_page("datenschutz", "privacy", N_("Datenschutz"))
accessibility = legal_page("barrierefreiheit", "accessibility", N_("Barrierefreiheit"))
easy_language = legal_page("leichte-sprache", "easy_language", N_("Leichte Sprache"))
sign_language = legal_page("gebaerdensprache", "sign_language", N_("Gebärdensprache"))
