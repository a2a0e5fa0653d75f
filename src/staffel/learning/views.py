from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffel.base.guard import guard, reads_only
from staffel.cohorts import frame
from staffel.cohorts.models import Enrolment
from staffel.cohorts.permissions import office_sees_enrolments
from staffel.cohorts.queries import cohorts_visible_to, enrolments_visible_to
from staffel.learning import actions, permissions, queries
from staffel.learning.forms import PresentationForm, ReasonForm
from staffel.learning.models import Presentation
from staffel.ui.parts import Crumb


@guard(permissions.may_see_board, of=cohorts_visible_to)
@reads_only
def board(request, cohort):
    state = request.GET.get("stand", "")
    notes = permissions.may_note_presentation(request.user, cohort)
    # Who takes part as well as coordinating elsewhere sees no more of the others than any participant.
    everybody = queries.board_of(cohort, only=None if notes else office_sees_enrolments(request.user))
    counts = queries.board_counts(everybody)
    lines = [line for line in everybody if line.state == state] if state in counts else everybody
    path = f"/staffeln/{cohort.public_id}/abschluss/"
    context = {
        "crumbs": frame.crumbs(request.user, cohort, Crumb(_("Abschluss"))),
        "tabs": frame.tabs(request.user, cohort, "abschluss"),
        "cohort": cohort,
        "path": path,
        "lines": lines,
        "total": len(everybody),
        "filters": [(label, f"{path}?stand={key}", key == state, number) for key, (label, number) in counts.items() if number],
        "rule": queries.rule_words(queries.rule_of(cohort)),
        "presentation": queries.rule_of(cohort).presentation,
        "notes": notes,
    }
    return render(request, "learning/board.html", context)


def _page(request, cohort, enrolment, *, form, reason_form, status=200):
    path = f"/staffeln/{cohort.public_id}/abschluss/"
    context = {
        "crumbs": frame.crumbs(request.user, cohort, Crumb(_("Abschluss"), path), Crumb(enrolment.person.name)),
        "enrolment": enrolment,
        "here": f"{path}{enrolment.public_id}/praesentation/",
        "path": path,
        "form": form,
        "reason_form": reason_form,
        "held": Presentation.objects.filter(enrolment=enrolment).exists(),
    }
    return render(request, "learning/presentation.html", context, status=status)


def _enrolment(cohort, public_id):
    active = cohort.enrolments.filter(state=Enrolment.State.ACTIVE).select_related("person")
    return get_object_or_404(active, public_id=public_id)


@guard(permissions.may_note_presentation, of=cohorts_visible_to)
@require_http_methods(["GET", "POST"])
def presentation(request, cohort, enrolment):
    enrolment = _enrolment(cohort, enrolment)
    held = Presentation.objects.filter(enrolment=enrolment).first()
    first = {"tag": held.held_on, "thema": held.title} if held else {"tag": timezone.localdate()}
    form = PresentationForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        actions.note_presentation(enrolment, held_on=facts["tag"], title=facts["thema"], by=request.user)
        messages.success(request, _("Die Präsentation von %(name)s ist eingetragen.") % {"name": enrolment.person.name})
        return redirect("learning:board", cohort.public_id)
    return _page(request, cohort, enrolment, form=form, reason_form=ReasonForm(), status=422 if form.errors else 200)


@guard(permissions.may_note_presentation, of=cohorts_visible_to)
@require_POST
def withdraw(request, cohort, enrolment):
    enrolment = _enrolment(cohort, enrolment)
    reason_form = ReasonForm(request.POST)
    if not reason_form.is_valid():
        return _page(request, cohort, enrolment, form=PresentationForm(), reason_form=reason_form, status=422)
    actions.withdraw_presentation(enrolment, reason=reason_form.cleaned_data["grund"], by=request.user)
    messages.success(request, _("Die Präsentation ist zurückgenommen."))
    return redirect("learning:board", cohort.public_id)


@guard(permissions.may_see_completion, of=enrolments_visible_to)
@reads_only
def checklist(request, enrolment):
    cohort, own = enrolment.cohort, enrolment.person_id == request.user.pk
    found = queries.completion_of(enrolment)
    name = _("Mein Abschluss") if own else enrolment.person.name
    if own:
        crumbs = [Crumb(_("Mein Bereich"), "/mein-bereich/"), Crumb(name)]
    else:
        board_path = f"/staffeln/{cohort.public_id}/abschluss/"
        crumbs = frame.crumbs(request.user, cohort, Crumb(_("Abschluss"), board_path), Crumb(name))
    context = {
        "crumbs": crumbs,
        "name": name,
        "own": own,
        "cohort": cohort,
        "left": enrolment.state == Enrolment.State.LEFT,
        "completion": found,
        "summary": queries.summary_words(found, own=own, single_module=cohort.module_id is not None),
        "reasons": [queries.reason_words(reason) for reason in found.reasons],
        "tones": queries.TONES,
        "tone": queries.TONES[found.state],
        "rule": queries.rule_words(queries.rule_of(cohort)),
        "attended": found.attended,
        "needed": queries.needed_minutes(found),
        "percent_words": queries.hours_of(found),
    }
    return render(request, "learning/checklist.html", context)
