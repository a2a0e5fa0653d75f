from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from staffel.base.guard import public, reads_only
from staffel.ui.frame import frame
from staffel.ui.gallery import INVENTED_PLACES, gallery_context


def bad_request(request, exception=None):
    return render(request, "ui/errors/400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "ui/errors/403.html", status=403)


def page_not_found(request, exception=None):
    return render(request, "ui/errors/404.html", status=404)


def csrf_refused(request, reason=""):
    return render(request, "ui/errors/csrf.html", status=403)


def server_error(request):
    # No context processors: the messages live in the session, and the database may be the reason why this page is shown.
    context = {**frame(request), "messages": (), "number": getattr(request, "number", "")}
    return HttpResponse(get_template("ui/errors/500.html").render(context), status=500)


@public("shows components with invented content; demo mode only")
@reads_only
def gallery(request):
    return render(request, "ui/gallery.html", gallery_context(request.GET))


@public("invented suggestions for the gallery's search field; demo mode only")
@reads_only
def gallery_suggestions(request):
    places = [place for place in INVENTED_PLACES if request.GET.get("q", "").casefold() in place.casefold()]
    return render(request, "ui/_gallery_suggestions.html", {"places": places})
