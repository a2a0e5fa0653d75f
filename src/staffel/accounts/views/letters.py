"""The office's letters: list, kinds, one letter with its look, and sending it again."""

from urllib.parse import urlencode

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from staffel.accounts.actions.letters import send_again
from staffel.accounts.models import Letter
from staffel.accounts.permissions import may_read_letter, may_read_letters, may_see_letters, may_send_letter_again
from staffel.accounts.queries import letters
from staffel.base.guard import guard, reads_only
from staffel.ui.parts import Crumb, KeysetPage, Tab

OFFICE = Crumb("Büro", "/buero/")
LIST, KINDS = "/buero/briefe/", "/buero/briefe/arten/"

# A letter is shown in a frame of its own: its inline styles work there, and nothing in it can run or reach this page.
FRAME_POLICY = {"style-src": [UNSAFE_INLINE], "script-src": [NONE], "connect-src": [NONE], "form-action": [NONE]}
CLOSED_FRAME = FRAME_POLICY | {"frame-ancestors": [SELF], "sandbox": [""]}
WITH_FRAME = {"frame-src": [SELF]}


def list_context(request, path: str, *, reads: bool = True) -> dict:
    """Return what the office's list and the outbox of the demo have in common.

    Who does not read letters cannot search in them either: the count would tell what stands there.
    """
    filters = letters.Filters.read(request.GET if reads else {"zustand": request.GET.get("zustand", "")})
    page = letters.page(filters, after=request.GET.get("nach", ""), before=request.GET.get("vor", ""))
    newer = f"{path}?{urlencode(filters.address | {'vor': page.newer})}" if page.newer else ""
    older = f"{path}?{urlencode(filters.address | {'nach': page.older})}" if page.older else ""
    return {"filters": filters, "page": page, "pages": KeysetPage(newer, older), "states": Letter.State.choices}


@guard(may_see_letters)
@reads_only
def letter_list(request):
    reads = may_read_letters(request.user)
    context = list_context(request, LIST, reads=reads) | {
        "crumbs": [OFFICE, Crumb(_("Briefe"))],
        "tabs": [Tab(_("Alle Briefe"), LIST, True), Tab(_("Arten"), KINDS)] if reads else [],
        "reads": reads,
    }
    return render(request, "accounts/letter_list.html", context)


@guard(may_read_letters)
@reads_only
def letter_kinds(request):
    context = {
        "crumbs": [OFFICE, Crumb(_("Briefe"), LIST), Crumb(_("Arten"))],
        "tabs": [Tab(_("Alle Briefe"), LIST), Tab(_("Arten"), KINDS, True)],
        "kinds": letters.kinds(),
    }
    return render(request, "accounts/letter_kinds.html", context)


@guard(may_read_letter, of=letters.visible_letters)
@reads_only
@csp_update(WITH_FRAME)
def letter(request, letter):
    sheet = letters.sheet(letter, secrets=False)
    context = {"crumbs": [OFFICE, Crumb(_("Briefe"), LIST), Crumb(letter.subject)], "letter": sheet}
    return render(request, "accounts/letter_sheet.html", context)


@guard(may_read_letter, of=letters.visible_letters)
@reads_only
@never_cache
@xframe_options_sameorigin
@csp_replace(CLOSED_FRAME)
def letter_frame(request, letter):
    html = letters.sheet(letter, secrets=False).html
    if not html:
        raise Http404
    return HttpResponse(html)


@guard(may_send_letter_again, of=letters.visible_letters)
@require_POST
def letter_again(request, letter):
    send_again(letter, by=request.user)
    messages.success(request, _("Der Brief wird noch einmal verschickt."))
    return redirect("accounts:letter_list")
