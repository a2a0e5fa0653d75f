from operator import attrgetter
from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffel.accounts import exports
from staffel.accounts.actions import audit as actions
from staffel.accounts.forms import AuditForm
from staffel.accounts.permissions import may_read_audit
from staffel.accounts.queries import audit as queries
from staffel.base.guard import guard, reads_only
from staffel.ui.parts import Crumb, File, KeysetPage
from staffel.ui.tables import CONTENT_TYPES, private_file

LOG = "/buero/protokoll/"
COLUMNS = attrgetter("public_id", "at", "who", "role", "what", "thing", "thing_path", "thing_key", "why", "told", "blanked")
TYPES = CONTENT_TYPES | {"json": "application/json"}


@guard(may_read_audit)
@reads_only
def log(request):
    form, filters, kept = _asked(request.GET)
    page = queries.page(filters, after=request.GET.get("nach", ""), before=request.GET.get("vor", ""))
    problems = [sentence for sentences in form.errors.values() for sentence in sentences]
    if page is None:
        problems.append(_("Diese Seite der Liste gibt es nicht. Sie sehen den Anfang."))
        page = queries.page(filters)
    newer = _href(kept | {"vor": page.newer}) if page.newer else ""
    context = {
        "crumbs": [Crumb(_("Büro"), "/buero/"), Crumb(_("Protokoll"))],
        "form": form,
        "problems": problems,
        "chips": _chips(form, kept),
        # As tuples: looking up twelve names of fifty lines costs a template 4 ms.
        "lines": [COLUMNS(line) for line in page.lines],
        "narrowed": bool(kept),
        "more_open": bool({"wer", "von", "bis"} & {*kept, *form.errors}),
        "keep": urlencode({name: value for name, value in kept.items() if name != "ding"}),
        "page": KeysetPage(newer, _href(kept | {"nach": page.older}) if page.older else ""),
        "check": queries.last_check(),
        "files": [File(_("Protokoll"), _href(kept, f"{LOG}export.{ending}"), ending.upper()) for ending in exports.FORMATS],
    }
    return render(request, "accounts/audit.html", context)


@guard(may_read_audit)
@reads_only
def export(request, ending):
    _form, filters, _kept = _asked(request.GET)
    content = getattr(exports, f"audit_{ending}")(queries.all_lines(filters))
    return private_file(content, name=f"protokoll.{ending}", content_type=TYPES[ending])


@guard(may_read_audit)
@require_POST
def check(request):
    actions.check()
    return redirect(f"{LOG}#kette")


def _asked(parameters):
    """Return the form, what it narrows down, and the parameters that were understood."""
    form = AuditForm(parameters, groups=queries.groups())
    form.is_valid()
    clean = form.cleaned_data
    filters = queries.Filters(
        text=clean.get("q", ""),
        who=clean.get("wer", ""),
        group=clean.get("art", ""),
        thing=clean.get("ding", ""),
        since=clean.get("von"),
        until=clean.get("bis"),
    )
    return form, filters, form.kept()


def _href(parameters: dict, path: str = LOG) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path


def _chips(form, kept: dict) -> list[tuple[str, str]]:
    """Return what narrows the list down now, in words, with the address that takes it away."""
    groups = dict(form.fields["art"].choices)
    shown = {"q": "„%s“", "wer": _("Person: %s"), "ding": _("Nur: %s"), "von": _("ab %s"), "bis": _("bis %s")}
    return [
        (
            str(groups[value]) if name == "art" else shown[name] % value,
            _href({key: other for key, other in kept.items() if key != name}),
        )
        for name, value in kept.items()
    ]
