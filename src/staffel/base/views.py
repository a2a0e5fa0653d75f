"""Doors for machines: is the process alive, is the database there, what do the figures say?"""

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotFound, JsonResponse
from django.views.decorators.cache import never_cache

from staffel.base import metrics
from staffel.base.guard import public, reads_only
from staffel.base.jobs import queries as job_queries


@public("a load balancer asks whether the process lives")
@reads_only
@never_cache
def alive(request):
    return HttpResponse("alive\n", content_type="text/plain")


@public("a load balancer asks whether requests can be answered")
@reads_only
@never_cache
def ready(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "reachable", "release": settings.RELEASE})


@public("guarded by a token of its own, for a machine without an account")
@reads_only
@never_cache
def figures(request):
    if not settings.METRICS_TOKEN:
        return HttpResponseNotFound("metrics are switched off: set STAFFEL_METRICS_TOKEN\n", content_type="text/plain")
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(sent.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponseForbidden("wrong or missing bearer token\n", content_type="text/plain")
    queue = job_queries.queue()
    jobs = metrics.gauges_as_text(
        {
            "staffel_jobs_due": ("Jobs that wait for a worker.", queue.waiting),
            "staffel_jobs_overdue_seconds": ("How long the first of them has been due.", queue.overdue_seconds),
            "staffel_jobs_dead": ("Jobs that were given up and wait for somebody to look.", queue.dead),
        }
    )
    return HttpResponse(metrics.as_text() + jobs, content_type="text/plain; version=0.0.4; charset=utf-8")
