from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from staffel.base.guard import public
from staffel.base.public_cache import kept_public
from staffel.municipalities.queries.places import stamp
from staffel.reporting.queries import places


@public("the register is public")
@require_safe
@kept_public(stamp)
def municipality(request, ags):
    page = places.municipality_page(ags)
    if page is None:
        raise Http404
    return render(request, "reporting/municipality.html", {"page": page})


@public("the register is public")
@require_safe
@kept_public(stamp)
def kreis(request, code):
    page = places.kreis_page(code)
    if page is None:
        raise Http404
    return render(request, "reporting/kreis.html", {"page": page})


@public("the register is public")
@require_safe
@kept_public(stamp)
def land(request, code):
    page = places.land_page(code)
    if page is None:
        raise Http404
    return render(request, "reporting/land.html", {"page": page})
