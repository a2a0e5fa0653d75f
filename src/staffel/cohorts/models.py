"""Cohorts (Staffeln). So far: the three Brandenburg Staffeln of 2021-22 as published facts.

A published Staffel is a list of municipalities from public pages. It holds no people: who took part is not public.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from staffel.municipalities.models import Municipality


class PilotCohort(models.Model):
    """One Staffel of the pilot in Brandenburg, as announced.

    A day that was not published is left open: ``start_precision`` says whether ``starts_on`` is a day or only its month.
    """

    class Precision(models.TextChoices):
        DAY = "day", _("auf den Tag genau")
        MONTH = "month", _("nur der Monat ist bekannt")

    number = models.PositiveSmallIntegerField(_("Nummer"), unique=True)
    starts_on = models.DateField(_("Beginn"))
    start_precision = models.CharField(max_length=5, choices=Precision)
    ends_on = models.DateField(_("Ende"), null=True, blank=True)
    end_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    published_on = models.CharField(_("Veröffentlicht"), max_length=10, help_text=_("Tag oder Monat, wie die Quelle ihn nennt"))
    source = models.URLField(_("Quelle"), max_length=300)
    qualified_total = models.PositiveSmallIntegerField(
        _("Qualifizierte insgesamt nach dieser Staffel"), help_text=_("Zahl der Personen, wie veröffentlicht")
    )
    qualified_is_inferred = models.BooleanField(
        _("Zahl erschlossen"), default=False, help_text=_("Nicht für diese Staffel veröffentlicht, folgt aus den Summen")
    )

    class Meta:
        verbose_name = _("Staffel der Pilotphase")
        verbose_name_plural = _("Staffeln der Pilotphase")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="cohorts_pilot_ends_after_start",
                violation_error_message=_("Das Ende liegt vor dem Beginn."),
            )
        ]

    def __str__(self):
        return f"Staffel {self.number}"


class PilotSeat(models.Model):
    """One entry of a published list: a seat, held by one municipality or shared by two."""

    cohort = models.ForeignKey(PilotCohort, on_delete=models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField(_("Platz in der Liste"))
    name = models.CharField(_("Name in der Quelle"), max_length=100)
    municipalities = models.ManyToManyField(Municipality, related_name="pilot_seats", verbose_name=_("Kommunen"))

    class Meta:
        verbose_name = _("Platz einer Staffel der Pilotphase")
        verbose_name_plural = _("Plätze der Staffeln der Pilotphase")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "position"],
                name="cohorts_pilot_seat_once",
                violation_error_message=_("Diesen Platz gibt es in der Liste schon."),
            )
        ]

    def __str__(self):
        return self.name
