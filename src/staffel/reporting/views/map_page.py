from django.shortcuts import render
from django.utils.translation import gettext as _

from staffel.base.guard import public, reads_only
from staffel.base.public_cache import kept_public
from staffel.credentials.queries import stamp
from staffel.reporting.queries import maps


@public("Germany's places and who was reached are public facts")
@reads_only
@kept_public(stamp)
def map_page(request):
    try:
        page = maps.map_page(maps.wanted(request.GET))
    except maps.UnknownState as unknown:
        # 404, not 400: each state of the map is an address of its own, and this one does not exist.
        return render(request, "reporting/map_unknown.html", {"sentence": str(unknown)}, status=404)
    crumbs = [(_("Start"), "/"), (_("Karte"), "")]
    return render(request, "reporting/map.html", {"map": page, "crumbs": crumbs})
