"""The Postausgang of the demo: every letter that would have been sent, with links that work. Not there in production."""

from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from staffel.accounts.models import Letter
from staffel.accounts.queries import letters
from staffel.accounts.views.letters import FRAME_POLICY, WITH_FRAME, list_context
from staffel.base.guard import public, reads_only
from staffel.ui.parts import Crumb

LIST = "/postausgang/"
START = Crumb("Start", "/")
LET_OUT = "allow-top-navigation-by-user-activation"
REASON = "only the demo has it, and there all letters are invented"


@public(REASON)
@reads_only
@never_cache
def outbox(request):
    chosen = letters.Filters.read(request.GET).to
    context = list_context(request, LIST) | {
        "crumbs": [START, Crumb(_("Postausgang"))],
        "recipients": letters.recipients(),
        "chosen": chosen,
    }
    return render(request, "accounts/outbox.html", context)


@public(REASON)
@reads_only
@never_cache
@csp_update(WITH_FRAME)
def outbox_letter(request, public_id):
    letter = get_object_or_404(Letter, public_id=public_id)
    more = f"{LIST}?{urlencode({'an': letter.to_email})}"
    context = {
        "crumbs": [START, Crumb(_("Postausgang"), LIST), Crumb(letter.subject)],
        "letter": letters.sheet(letter, secrets=True),
        "more": more,
        "let_out": LET_OUT,
    }
    return render(request, "accounts/outbox_letter.html", context)


@public(REASON)
@reads_only
@never_cache
@xframe_options_sameorigin
@csp_replace(FRAME_POLICY | {"frame-ancestors": [SELF], "sandbox": [LET_OUT]})
def outbox_frame(request, public_id):
    html = letters.sheet(get_object_or_404(Letter, public_id=public_id), secrets=True).html
    if not html:
        raise Http404
    # A click leaves the frame, as it leaves the mail program.
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
