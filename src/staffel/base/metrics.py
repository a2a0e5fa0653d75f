"""Figures for the operator, in the Prometheus text format; read through ``/metrics/`` with a token."""

import os
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

REQUESTS = Counter("staffel_requests_total", "Answered requests.", ["view", "method", "status"])
SECONDS = Histogram(
    "staffel_request_seconds",
    "Time from the first middleware to the last.",
    ["view"],
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5),
)
JOBS = Counter("staffel_jobs_total", "Jobs that were run, by how they ended.", ["job", "outcome"])
JOB_SECONDS = Histogram(
    "staffel_job_seconds", "Time that a job took.", ["job"], buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 20, 60, 300)
)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count_request(view: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request of ``view``."""
    # Anybody may send any word as a method, and every label stays in memory until the next start.
    REQUESTS.labels(view, method if method in METHODS else "other", status).inc()
    SECONDS.labels(view).observe(seconds)


def count_job(name: str, outcome: str, seconds: float) -> None:
    """Count one run of a job; ``outcome`` is done, waiting (failed, tried again), dead or lost."""
    JOBS.labels(name, outcome).inc()
    JOB_SECONDS.labels(name).observe(seconds)


class _Now:
    """Figures that are true at the moment of asking, whichever process answers."""

    def __init__(self, figures: Mapping[str, tuple[str, float]]):
        self.figures = figures

    def collect(self):
        return [GaugeMetricFamily(name, meaning, value=value) for name, (meaning, value) in self.figures.items()]


def gauges_as_text(figures: Mapping[str, tuple[str, float]]) -> bytes:
    """Return gauges, by name with their meaning and value, in the text format."""
    registry = CollectorRegistry()
    registry.register(_Now(figures))
    return generate_latest(registry)


def as_text() -> bytes:
    """Return all figures of all workers (``PROMETHEUS_MULTIPROC_DIR`` set), or of this process alone."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return generate_latest(registry)
