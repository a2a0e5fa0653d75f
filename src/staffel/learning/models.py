"""What a participant has done beside being there. Attendance is in cohorts."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from staffel.accounts.models import Person
from staffel.cohorts.models import Enrolment


class Presentation(models.Model):
    """The final presentation of somebody, once it has been held."""

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.CASCADE, related_name="presentation", verbose_name=_("Teilnahme")
    )
    held_on = models.DateField(_("Gehalten am"))
    title = models.CharField(_("Thema"), max_length=200, blank=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("Erfasst von"))
    noted_at = models.DateTimeField(_("Erfasst"), default=timezone.now)

    class Meta:
        verbose_name = _("Abschlusspräsentation")
        verbose_name_plural = _("Abschlusspräsentationen")

    def __str__(self):
        return self.title or str(self.held_on)
