from django.http import Http404
from django.shortcuts import render

from staffel.base.guard import public, reads_only
from staffel.base.public_cache import kept_public
from staffel.credentials.queries import stamp
from staffel.reporting.queries import places


def place_page(ask, template: str):
    """Return the view of one kind of place: ``ask(key)`` finds what it shows, or None."""

    @public("the register is public")
    @reads_only
    @kept_public(stamp)
    def page(request, key):
        found = ask(key)
        if found is None:
            raise Http404
        return render(request, template, {"page": found})

    return page


municipality = place_page(places.municipality_page, "reporting/municipality.html")
kreis = place_page(places.kreis_page, "reporting/kreis.html")
land = place_page(places.land_page, "reporting/land.html")
