from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from staffel.base.guard import guard
from staffel.cohorts import actions, frame, permissions
from staffel.cohorts.core.timetable import local
from staffel.cohorts.forms import FULL, NONE, PART, SheetForm
from staffel.cohorts.queries import cohorts_visible_to, people
from staffel.cohorts.queries.words import hours_words
from staffel.ui.parts import Crumb
from staffel.ui.words import long_day, span


@guard(permissions.may_take_attendance, of=cohorts_visible_to)
@require_http_methods(["GET", "POST"])
def sheet(request, cohort, session):
    session = get_object_or_404(cohort.sessions.select_related("unit", "cohort"), public_id=session)
    length = int((session.ends_at - session.starts_at).total_seconds()) // 60
    lines = people.sheet_of(session)
    form = SheetForm(request.POST, lines, length) if request.method == "POST" else None
    if form and not form.errors:
        changed = actions.take_attendance(session, form.minutes, by=request.user)
        words = ngettext("Eine Angabe ist gespeichert.", "%(changed)s Angaben sind gespeichert.", changed)
        messages.success(request, words % {"changed": changed} if changed else _("Es hat sich nichts geändert."))
        return redirect("cohorts:attendance", cohort.public_id, session.public_id)
    path = f"/staffeln/{cohort.public_id}/"
    day = local(session.starts_at).date()
    noted = [line for line in lines if line.minutes is not None]
    context = {
        "crumbs": frame.crumbs(request.user, cohort, Crumb(_("Termine"), f"{path}termine/"), Crumb(_("Anwesenheit"))),
        "cohort": cohort,
        "session": session,
        "when": span(session.starts_at, session.ends_at),
        "day": long_day(session.starts_at),
        "length_words": hours_words(length),
        "too_early": timezone.localdate() < day,
        "lines": [_row(line, form, request.POST, length) for line in lines],
        "choices": people.choices_of(length),
        "noted": len(noted),
        "total": len(lines),
        "path": path,
        "errors": len(form.errors) if form else 0,
    }
    return render(request, "cohorts/attendance.html", context, status=422 if form else 200)


def _row(line, form, data, length: int) -> dict:
    """What the sheet shows for somebody: as typed, else as noted, else all of it."""
    if form:
        presence, part = data.get(f"da-{line.public_id}", ""), data.get(f"minuten-{line.public_id}", "")
    else:
        minutes = length if line.minutes is None else line.minutes
        presence = FULL if minutes >= length else PART if minutes else NONE
        part = str(minutes) if presence == PART else ""
    odd = part.isascii() and part.isdigit() and int(part[:5]) % 30 != 0
    return {
        "id": line.public_id,
        "name": line.name,
        "places": line.places,
        "noted": line.noted,
        "hours": "" if line.minutes is None else hours_words(line.minutes),
        "presence": presence,
        "part": int(part[:5]) if part.isascii() and part.isdigit() else "",
        "odd": hours_words(int(part[:5])) if odd else "",
        "error": form.errors.get(line.public_id, "") if form else "",
    }
