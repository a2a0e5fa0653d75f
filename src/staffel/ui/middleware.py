"""Refusals by rule become a page with the rule's sentence."""

import structlog
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from staffel.base.rules import RuleBroken

log = structlog.get_logger("staffel.rules")


class RuleSentences:
    """Show the sentence of a broken rule with status 409; the API gets it as JSON."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, RuleBroken):
            return None
        rule = exception.rule
        log.info("refused by rule", rule=rule.id, detail=exception.detail)
        sentence = gettext(rule.sentence) % exception.values if exception.values else gettext(rule.sentence)
        if request.path.startswith("/api/"):
            return JsonResponse({"rule": rule.id, "message": sentence}, status=409)
        context = {"rule": rule, "sentence": sentence, "source": gettext(rule.source), "back": way_back(request)}
        return render(request, "ui/rule_broken.html", context, status=409)


def way_back(request) -> str:
    """Return the page of ours that the person came from, else the start page."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if ours else "/"
