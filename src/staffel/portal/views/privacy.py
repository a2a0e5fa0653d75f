from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffel.accounts.core import rules
from staffel.accounts.sign_in import freshly_proven
from staffel.base.guard import guard, public, reads_only
from staffel.base.public_cache import kept_public
from staffel.base.rules import RuleBroken
from staffel.portal import exports, privacy
from staffel.portal.core.readable import tree
from staffel.portal.permissions import may_have_own_data, may_read_retention
from staffel.portal.queries.retention import retention_reports
from staffel.portal.views.public import no_data
from staffel.ui import words
from staffel.ui.parts import Crumb, File
from staffel.ui.tables import CONTENT_TYPES, private_file

ACCOUNT, OWN_DATA, PUBLIC = "/konto/", "/konto/daten/", "/datenschutz/daten/"


@guard(may_have_own_data)
@reads_only
def own_data(request):
    context = {
        "crumbs": [Crumb(_("Mein Konto"), ACCOUNT), Crumb(_("Meine Daten"))],
        "groups": tree(privacy.everything_about(request.user), words.spoken),
        "files": [
            File(_("Zum Lesen"), f"{OWN_DATA}export.html", "HTML"),
            File(_("Für Programme"), f"{OWN_DATA}export.json", "JSON"),
        ],
    }
    return render(request, "portal/own_data.html", context)


@guard(may_have_own_data)
@reads_only
def own_data_export(request, ending):
    data, now = privacy.everything_about(request.user), timezone.localtime()
    if ending == "json":
        content, content_type = exports.own_data_json(data, now.isoformat()), "application/json"
    else:
        context = {"groups": tree(data, words.spoken), "at": words.moment(now), "name": request.user.name}
        content, content_type = render_to_string("portal/own_data_file.html", context), "text/html; charset=utf-8"
    return private_file(content, name=f"meine-daten.{ending}", content_type=content_type)


@guard(may_have_own_data)
@freshly_proven
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request):
    if request.method == "POST":
        if request.POST.get("sicher") != "ja":
            raise RuleBroken(rules.ERASE_CONFIRMED, "not confirmed")
        sentences = privacy.erase_everything(request.user)
        logout(request)
        return render(request, "portal/erased.html", {"sentences": sentences})
    context = {"crumbs": [Crumb(_("Mein Konto"), ACCOUNT), Crumb(_("Meine Daten"), OWN_DATA), Crumb(_("Konto löschen"))]}
    try:
        context["sentences"] = privacy.foresee(request.user)
    except RuleBroken as refusal:
        values = refusal.values
        context["refusal"] = _(refusal.rule.sentence) % values if values else _(refusal.rule.sentence)
        context["rule"] = refusal.rule
    return render(request, "portal/erase.html", context)


@public("what is kept about people is told to everybody")
@reads_only
@kept_public(no_data)
def categories(request):
    context = {
        "crumbs": [Crumb(_("Start"), "/"), Crumb(_("Datenschutz"), "/datenschutz/"), Crumb(_("Welche Daten"))],
        "lines": privacy.category_lines(),
        "files": [File(_("Diese Tabelle"), f"{PUBLIC}export.csv", "CSV")],
    }
    return render(request, "portal/categories.html", context)


@public("what is kept about people is told to everybody")
@reads_only
@kept_public(no_data)
def categories_export(request):
    content = exports.categories_csv(privacy.category_lines())
    headers = {"Content-Disposition": 'attachment; filename="datenkategorien.csv"'}
    return HttpResponse(content, content_type=CONTENT_TYPES["csv"], headers=headers)


@guard(may_read_retention)
@reads_only
def retention(request):
    lines = privacy.category_lines()
    context = {
        "crumbs": [Crumb(_("Büro"), "/buero/"), Crumb(_("Aufbewahrung"))],
        "lines": lines,
        "reports": retention_reports({line.key: line.title for line in lines}),
    }
    return render(request, "portal/retention.html", context)
