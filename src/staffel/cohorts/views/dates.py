from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from staffel.base.guard import guard, reads_only
from staffel.base.rules import RuleBroken
from staffel.cohorts import actions, frame, permissions
from staffel.cohorts.core.timetable import local
from staffel.cohorts.forms import DayOffForm, MoveForm, RoomForm, ShiftForm
from staffel.cohorts.models import Cohort, Enrolment
from staffel.cohorts.queries import calendar, cohorts_visible_to, dates
from staffel.cohorts.queries.words import time_words
from staffel.ui.parts import Crumb, Tab
from staffel.ui.words import day, long_day, span

CLOSED = (Cohort.State.COMPLETED, Cohort.State.CANCELLED)


@guard(permissions.may_see_cohort, of=cohorts_visible_to)
@reads_only
def date_list(request, cohort):
    return _date_list(request, cohort)


def _date_list(request, cohort, *, room_form=None, day_off_form=None, status=200):
    lines, left_out = dates.date_lines(cohort)
    manages = permissions.may_manage_cohort(request.user, cohort)
    context = {
        "crumbs": frame.crumbs(request.user, cohort, Crumb(_("Termine"))),
        "tabs": frame.tabs(request.user, cohort, "termine"),
        "cohort": cohort,
        "path": f"/staffeln/{cohort.public_id}/",
        "lines": lines,
        "today": next((line for line in lines if line.is_today and line.state != "done"), None),
        "left_out": [(long_day(one.day), one.reason or _("verlegt")) for one in left_out],
        "takes": permissions.may_take_attendance(request.user, cohort),
        "manages": manages,
        "changes": manages and cohort.state not in CLOSED,
        "has_feed": calendar.feed_of(request.user) is not None,
    }
    if context["changes"]:
        context["days_off"] = [
            (pk, day(first) if first == last else f"{day(first)} – {day(last)}", reason)
            for pk, first, last, reason in cohort.days_off.order_by("first_day").values_list(
                "pk", "first_day", "last_day", "reason"
            )
        ]
        context["room_form"] = room_form or RoomForm(initial={"raum": cohort.room_url})
        context["day_off_form"] = day_off_form or DayOffForm()
    return render(request, "cohorts/dates.html", context, status=status)


def _session(cohort, public_id):
    return get_object_or_404(cohort.sessions.select_related("unit"), public_id=public_id)


def _given(request):
    """What was typed: sent to act, or in the address to look first; None on the first visit."""
    if request.method == "POST":
        return request.POST
    return request.GET if "tag" in request.GET else None


@guard(permissions.may_manage_cohort, of=cohorts_visible_to)
@require_http_methods(["GET", "POST"])
def move(request, cohort, session):
    session = _session(cohort, session)
    begin = local(session.starts_at)
    given = _given(request)
    form = MoveForm(given, initial={"tag": begin.date(), "zeit": begin.time()})
    valid = given is not None and form.is_valid()
    if request.method == "POST" and valid:
        actions.move_session(session, starts_at=form.starts_at, by=request.user, reason=form.cleaned_data["grund"])
        messages.success(request, _("Der Termin ist verschoben. Alle bekommen eine Mail."))
        return redirect("cohorts:dates", cohort.public_id)
    preview = None
    if valid:
        ends_at = form.starts_at + (session.ends_at - session.starts_at)
        free = dates.free_of(cohort, form.cleaned_data["tag"]).get(form.cleaned_data["tag"], "")
        preview = {
            "rows": [(session.position, session.unit.title, _when(session), span(form.starts_at, ends_at), True)],
            "free": free,
            "told": _told(cohort),
            "changes": form.starts_at != session.starts_at,
        }
    words = {"title": _("Termin %(number)s verschieben") % {"number": session.position}, "now": _when(session)}
    return _change_page(request, cohort, session, form=form, preview=preview, words=words)


@guard(permissions.may_manage_cohort, of=cohorts_visible_to)
@require_http_methods(["GET", "POST"])
def shift(request, cohort, session):
    session = _session(cohort, session)
    given = _given(request)
    form = ShiftForm(given, initial={"tag": local(session.starts_at).date()})
    valid = given is not None and form.is_valid()
    if request.method == "POST" and valid:
        facts = form.cleaned_data
        moved = actions.shift_all(session, starts_on=facts["tag"], by=request.user, reason=facts["grund"])
        words = ngettext("Ein Termin ist verschoben.", "%(moved)s Termine sind verschoben.", moved) % {"moved": moved}
        messages.success(request, words)
        return redirect("cohorts:dates", cohort.public_id)
    preview = _shift_preview(cohort, session, form) if valid else None
    title = _("Alle ab Termin %(number)s verschieben") % {"number": session.position}
    words = {"title": title, "now": _when(session)}
    return _change_page(request, cohort, session, form=form, preview=preview, words=words)


def _shift_preview(cohort, session, form) -> dict | None:
    try:
        plan = dates.shifted(cohort, session, form.cleaned_data["tag"])
    except RuleBroken as refusal:
        form.add_error("tag", _(refusal.rule.sentence) % refusal.values)
        return None
    rows = [
        (one.position, one.title, span(one.before, one.before + one.length), span(one.starts_at, one.ends_at), one.moved)
        for one in plan.changes
    ]
    return {
        "rows": rows,
        "skipped": [(long_day(one.day), one.reason) for one in plan.skipped],
        "told": _told(cohort),
        "changes": any(one.moved for one in plan.changes),
    }


def _change_page(request, cohort, session, *, form, preview, words):
    path = f"/staffeln/{cohort.public_id}/termine/"
    context = {
        "crumbs": frame.crumbs(request.user, cohort, Crumb(_("Termine"), path), Crumb(words["title"])),
        "cohort": cohort,
        "session": session,
        "path": path,
        "form": form,
        "preview": preview,
        "tabs": _change_tabs(session, f"{path}{session.public_id}/", request.path),
        **words,
    }
    return render(request, "cohorts/change.html", context, status=422 if form.errors else 200)


def _change_tabs(session, path: str, current: str) -> list[Tab]:
    one, rest = f"{path}verschieben/", f"{path}alle-verschieben/"
    words = _("Alle ab Termin %(number)s") % {"number": session.position}
    return [Tab(_("Nur diesen Termin"), one, one == current), Tab(words, rest, rest == current)]


def _when(session) -> str:
    return f"{long_day(session.starts_at)}, {time_words(session.starts_at, session.ends_at)}"


def _told(cohort) -> int:
    return cohort.enrolments.filter(state=Enrolment.State.ACTIVE).count()


@guard(permissions.may_manage_cohort, of=cohorts_visible_to)
@require_POST
def room(request, cohort):
    form = RoomForm(request.POST)
    if not form.is_valid():
        return _date_list(request, cohort, room_form=form, status=422)
    actions.change_room(cohort, room_url=form.cleaned_data["raum"], by=request.user)
    messages.success(request, _("Die Adresse des Raums ist gespeichert."))
    return redirect("cohorts:dates", cohort.public_id)


@guard(permissions.may_manage_cohort, of=cohorts_visible_to)
@require_POST
def add_day_off(request, cohort):
    form = DayOffForm(request.POST)
    if not form.is_valid():
        return _date_list(request, cohort, day_off_form=form, status=422)
    facts = form.cleaned_data
    actions.add_day_off(cohort, first_day=facts["von"], last_day=facts["bis"], reason=facts["grund"], by=request.user)
    messages.success(request, _("Die freie Zeit ist eingetragen. Termine, die darin liegen, verschieben Sie bitte selbst."))
    return redirect("cohorts:dates", cohort.public_id)


@guard(permissions.may_manage_cohort, of=cohorts_visible_to)
@require_POST
def remove_day_off(request, cohort):
    number = request.POST.get("zeit", "")
    if not (number.isascii() and number.isdigit()) or len(number) > 12:
        raise Http404
    row = get_object_or_404(cohort.days_off.select_related("cohort"), pk=number)
    actions.remove_day_off(row, by=request.user)
    messages.success(request, _("Die freie Zeit ist entfernt."))
    return redirect("cohorts:dates", cohort.public_id)
