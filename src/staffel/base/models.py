"""Jobs that wait in the database, and links that open one row to somebody without an account."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work to be done after its transaction: the row is the outbox, so a crash loses nothing.

    | state | meaning | next |
    | --- | --- | --- |
    | waiting | to be run from ``run_after`` on | running |
    | running | a worker holds it until ``leased_until`` | done, waiting (failed, or the lease ran out), dead |
    | done | finished | – |
    | dead | failed as often as it may; the office can try again | waiting |
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        RUNNING = "running", _("läuft")
        DONE = "done", _("erledigt")
        DEAD = "dead", _("gescheitert")

    name = models.CharField(_("Auftrag"), max_length=80)
    arguments = models.JSONField(_("Angaben"), default=dict)
    key = models.CharField(_("Schlüssel"), max_length=120, null=True, blank=True, unique=True)
    state = models.CharField(_("Zustand"), max_length=8, choices=State, default=State.WAITING)
    run_after = models.DateTimeField(_("Frühestens"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    leased_until = models.DateTimeField(_("Vergeben bis"), null=True, blank=True)
    worker = models.CharField(_("Bearbeitet von"), max_length=60, blank=True)
    last_error = models.TextField(_("Letzter Fehler"), blank=True)
    created_at = models.DateTimeField(_("Angelegt"), default=timezone.now, db_default=Now())
    ended_at = models.DateTimeField(_("Beendet"), null=True, blank=True)

    class Meta:
        verbose_name = _("Auftrag")
        verbose_name_plural = _("Aufträge")
        indexes = [
            models.Index(fields=["run_after", "id"], name="base_job_next", condition=Q(state="waiting")),
            models.Index(fields=["leased_until"], name="base_job_lease", condition=Q(state="running")),
            models.Index(fields=["ended_at"], name="base_job_dead", condition=Q(state="dead")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="running") | Q(leased_until__isnull=False),
                name="base_running_job_has_lease",
                violation_error_message=_("Ein laufender Auftrag ist bis zu einem Zeitpunkt vergeben."),
            )
        ]

    def __str__(self):
        return self.name


class Link(models.Model):
    """A way to one row for somebody without an account. Only the digest of its token is kept.

    ``purpose`` like ``admissions.release`` names what the link is for, ``target`` is the ``public_id`` of the row.
    """

    purpose = models.CharField(_("Zweck"), max_length=60)
    target = models.CharField(_("Kennung"), max_length=13)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("Angelegt"), default=timezone.now)
    expires_at = models.DateTimeField(_("Gilt bis"))
    closed_at = models.DateTimeField(_("Geschlossen"), null=True, blank=True)

    class Meta:
        verbose_name = _("Link")
        verbose_name_plural = _("Links")
        indexes = [models.Index(fields=["purpose", "target"], name="base_link_target")]

    def __str__(self):
        return f"{self.purpose} {self.target}"
