from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from staffel.base.guard import public, reads_only
from staffel.credentials import queries
from staffel.credentials.queries import Outcome
from staffel.ui.parts import Crumb

HERE = "/pruefen/"
# A code that cannot be one is the typist's; one that is unknown is an address that leads nowhere.
STATUS = {Outcome.UNKNOWN: 404, Outcome.MISTYPED: 404, Outcome.NOT_A_CODE: 404}


@public("whoever holds a certificate in their hands has no account")
@reads_only
@never_cache
def ask(request):
    typed = request.GET.get("code", "")
    try:
        code = queries.read_code(typed) if typed.strip() else ""
    except ValueError:
        return _answer(request, queries.verify(typed), typed=typed, status=200)
    return redirect(f"{HERE}{code}/") if code else _answer(request, None)


@public("whoever holds a certificate in their hands has no account")
@reads_only
@never_cache
def answer(request, code):
    found = queries.verify(code)
    return _answer(request, found, typed=found.shown or code[:40], status=STATUS.get(found.outcome, 200))


def _answer(request, found, *, typed: str = "", status: int = 200):
    crumbs = [Crumb(_("Start"), "/"), Crumb(_("Zertifikat prüfen"), HERE if found else "")]
    context = {"crumbs": [*crumbs, Crumb(_("Ergebnis"))] if found else crumbs, "found": found, "typed": typed}
    response = render(request, "credentials/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
