from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from staffel.admissions.queries import applications, calls_public
from staffel.base.guard import public, reads_only
from staffel.base.public_cache import kept_public
from staffel.ui.markdown import render as markdown
from staffel.ui.parts import Crumb

START = Crumb("Start", "/")
CALLS = "/ausschreibungen/"
SUGGESTION_SECONDS = 60


@public("calls are announced to everybody")
@reads_only
@kept_public(calls_public.stamp)
def call_list(request):
    lines = calls_public.public_calls(timezone.now())
    groups = [
        (_("Jetzt bewerben"), [line for line in lines if line.phase == "open"]),
        (_("Kommen noch"), [line for line in lines if line.phase == "coming"]),
        (_("Vorbei"), [line for line in lines if line.phase not in ("open", "coming")]),
    ]
    context = {
        "crumbs": [START, Crumb(_("Ausschreibungen"))],
        "groups": [group for group in groups if group[1]],
        "is_open": bool(groups[0][1]),
    }
    return render(request, "admissions/calls/list.html", context)


@public("calls are announced to everybody")
@reads_only
@kept_public(calls_public.stamp)
def call(request, public_id):
    page = calls_public.call_page(public_id, timezone.now())
    if page is None:
        raise Http404
    context = {
        "crumbs": [START, Crumb(_("Ausschreibungen"), CALLS), Crumb(page.title)],
        "call": page,
        "text": markdown(page.text, first_heading=3),
        "facts": [
            (_("Termine"), page.dates, _("online, jeweils am Vormittag")),
            (_("Plätze"), page.places, page.places_note),
            (_("Bewerbungsfrist"), page.deadline, page.left),
            (_("Programm"), page.programme),
        ],
    }
    return render(request, "admissions/calls/call.html", context)


@public("whoever applies has no account yet")
@reads_only
@cache_control(public=True, max_age=SUGGESTION_SECONDS)
def places(request):
    found = applications.places_found(request.GET.get("q", ""))
    return render(request, "admissions/apply/_places.html", {"places": found})
