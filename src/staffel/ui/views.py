from django.shortcuts import render

from staffel.base.guard import public


def bad_request(request, exception=None):
    return render(request, "ui/error.html", {"status": 400}, status=400)


def permission_denied(request, exception=None):
    return render(request, "ui/error.html", {"status": 403}, status=403)


def page_not_found(request, exception=None):
    return render(request, "ui/error.html", {"status": 404}, status=404)


def server_error(request):
    return render(request, "ui/error.html", {"status": 500}, status=500)


def csrf_refused(request, reason=""):
    return render(request, "ui/error.html", {"status": 403}, status=403)


@public("shows components with invented content; demo mode only")
def gallery(request):
    return render(request, "ui/gallery.html")
