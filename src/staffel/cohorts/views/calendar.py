import hashlib

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from staffel.base.addresses import absolute
from staffel.base.guard import guard, public, reads_only
from staffel.cohorts import exports, permissions
from staffel.cohorts.actions import calendar as actions
from staffel.cohorts.queries import calendar as queries
from staffel.cohorts.queries import cohorts_visible_to
from staffel.ui.parts import Crumb
from staffel.ui.tables import private_file
from staffel.ui.words import day

CALENDAR = "text/calendar; charset=utf-8"


@public("a calendar program has no account: the address itself is the secret, and shows one person's dates")
@reads_only
def feed(request, token):
    found = queries.feed_by_token(token)
    if found is None:
        raise Http404
    content = exports.calendar(queries.events_of(found.person), name=_("Staffel: meine Termine"))
    etag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
    response = HttpResponse(content, content_type=CALENDAR)
    # Asked for every few hours by programs, never by shared caches; search engines must not keep a leaked address.
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    response = get_conditional_response(request, etag=etag, response=response)
    for name, value in headers.items():
        response[name] = value
    return response


@guard(permissions.may_see_cohort, of=cohorts_visible_to)
@reads_only
def session_file(request, cohort, session):
    session = get_object_or_404(cohort.sessions, public_id=session)
    content = exports.calendar(queries.event_of(session), name=cohort.name)
    return private_file(content, name=f"termin-{session.position}.ics", content_type=CALENDAR)


@guard(permissions.may_read_feed)
@never_cache
@require_http_methods(["GET", "POST"])
def own_feed(request):
    token = actions.renew_feed(request.user, by=request.user) if request.method == "POST" else ""
    row = queries.feed_of(request.user)
    address = absolute(f"/kalender/{token}.ics") if token else ""
    context = {
        "crumbs": [Crumb(_("Mein Konto"), "/konto/"), Crumb(_("Kalender"))],
        "since": day(row.created_at) if row else "",
        "address": address,
        # Calendar programs take this scheme as "subscribe".
        "subscribe": address.replace("https://", "webcal://").replace("http://", "webcal://"),
    }
    return render(request, "cohorts/calendar.html", context)


@guard(permissions.may_read_feed)
@require_POST
def close_feed(request):
    actions.close_feed(request.user, by=request.user)
    messages.success(request, _("Die Adresse Ihres Kalenders gilt nicht mehr."))
    return redirect("cohorts:own_feed")
