from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffel.accounts.actions.feedback import close_feedback, give_feedback
from staffel.accounts.core import rules
from staffel.accounts.forms import DoneForm, FeedbackForm
from staffel.accounts.models import Feedback
from staffel.accounts.permissions import may_deal_with_feedback
from staffel.accounts.queries.feedback import feedback_list, feedback_visible_to, open_and_done
from staffel.base.guard import guard, public, reads_only
from staffel.base.rules import RuleBroken
from staffel.ui import words
from staffel.ui.parts import Crumb, Tab

PAGE = 20
LIST = "/buero/rueckmeldungen/"


@public("whoever meets a barrier has no account")
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request):
    form = _form(request.POST if request.method == "POST" else None, initial={"page": _page_before(request)})
    if request.method != "POST" or not form.is_valid():
        crumbs = [Crumb(_("Start"), "/"), Crumb(_("Rückmeldung"))]
        return render(request, "accounts/feedback.html", {"form": form, "crumbs": crumbs})
    if not ratelimit.consume(request, action="feedback"):
        raise RuleBroken(rules.FEEDBACK_PACE, "more than ten an hour from one address")
    facts = form.cleaned_data
    if not facts.pop("website"):
        give_feedback(**facts)
    return redirect("accounts:feedback_thanks")


@public("whoever meets a barrier has no account")
@reads_only
def feedback_thanks(request):
    crumbs = [Crumb(_("Start"), "/"), Crumb(_("Rückmeldung"), "/feedback/"), Crumb(_("Danke"))]
    return render(request, "accounts/feedback_thanks.html", {"crumbs": crumbs})


@guard(may_deal_with_feedback)
@reads_only
def feedback_office(request):
    return _office(request)


@guard(may_deal_with_feedback, of=feedback_visible_to)
@require_POST
def feedback_close(request, one):
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _office(request, wrong=(one.public_id, form))
    close_feedback(one, note=form.cleaned_data["note"], by=request.user)
    messages.success(request, _("Erledigt. Was daraus wurde, steht bei der Rückmeldung und im Protokoll."))
    return redirect(LIST)


def _office(request, *, wrong=("", None)):
    done = request.GET.get("stand") == "erledigt"
    page = Paginator(feedback_list(done=done), PAGE).get_page(request.GET.get("seite"))
    counts = open_and_done()
    context = {
        "crumbs": [Crumb(_("Büro"), "/buero/"), Crumb(_("Rückmeldungen"))],
        "tabs": [
            Tab(_("Offen (%s)") % words.whole(counts[0]), LIST, not done),
            Tab(_("Erledigt (%s)") % words.whole(counts[1]), f"{LIST}?stand=erledigt", done),
        ],
        "rows": [_row(one, wrong) for one in page],
        "page": page,
        "done": done,
    }
    return render(request, "accounts/feedback_office.html", context, status=422 if wrong[0] else 200)


def _row(one: Feedback, wrong):
    return {
        "public_id": one.public_id,
        "kind": one.get_kind_display(),
        "at": words.moment(one.created_at),
        "text": one.text,
        "email": one.email,
        "page": one.page,
        # Typed by anybody: only an address of ours becomes a link.
        "page_href": one.page if one.page.startswith("/") and url_has_allowed_host_and_scheme(one.page, None) else "",
        "done": words.moment(one.done_at) if one.done_at else "",
        "note": one.note,
        "form": wrong[1] if wrong[0] == one.public_id else DoneForm(auto_id=f"{one.public_id}_%s"),
    }


def _form(data, **kwargs) -> FeedbackForm:
    return FeedbackForm(data, kinds=Feedback.Kind.choices, **kwargs)


def _page_before(request) -> str:
    """Return the page of ours that the person came from, without what they typed there."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return urlsplit(before).path[:300] if ours else ""
