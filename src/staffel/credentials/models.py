"""Awards: what a person gets at the end, on evidence, and what somebody else can verify."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from staffel.accounts.models import Person
from staffel.cohorts.models import Enrolment, PilotCohort


class Award(models.Model):
    """A certificate as issued. Everything on the paper is copied here, so that it never changes with its sources.

    ``code`` is what people type to verify: 12 characters and a check character. ``facts`` holds what is printed (programme,
    version, modules with hours, period), ``evidence`` the completion as it was proven. The awards of the pilot are
    reconstructed from public facts: they carry their Staffel, but no person and no municipality.

    | state | meaning | next |
    | --- | --- | --- |
    | valid | stands as issued | revoked |
    | revoked | no longer stands, with a reason; a right one can be issued in its place | – |
    """

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("Zertifikat")
        ATTENDANCE = "attendance", _("Teilnahmebescheinigung")

    code = models.CharField(_("Prüfcode"), max_length=13, unique=True)
    kind = models.CharField(_("Art"), max_length=11, choices=Kind, default=Kind.CERTIFICATE)
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="awards", verbose_name=_("Teilnahme")
    )
    pilot_cohort = models.ForeignKey(
        PilotCohort,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="awards",
        verbose_name=_("Staffel der Pilotphase"),
    )
    holder_name = models.CharField(_("Name auf der Urkunde"), max_length=200, blank=True)
    facts = models.JSONField(_("Angaben der Urkunde"))
    evidence = models.JSONField(_("Nachweis"))
    issued_on = models.DateField(_("Ausgestellt am"))
    issued_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("Ausgestellt von")
    )
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(_("Widerrufen"), null=True, blank=True)
    revocation_reason = models.TextField(_("Grund des Widerrufs"), blank=True)

    class Meta:
        verbose_name = _("Zertifikat")
        verbose_name_plural = _("Zertifikate")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(revoked_at__isnull=True),
                name="credentials_one_valid_award_each",
                violation_error_message=_("Für diese Teilnahme gibt es schon eine gültige Urkunde."),
            ),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False, pilot_cohort__isnull=True)
                | Q(enrolment__isnull=True, pilot_cohort__isnull=False, holder_name=""),
                name="credentials_award_has_one_origin",
                violation_error_message=_("Ein Zertifikat gehört zu einer Teilnahme oder zur Pilotphase, und dort ohne Namen."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revocation_reason=""),
                name="credentials_revoked_has_reason",
                violation_error_message=_("Zu einem Widerruf gehört ein Grund."),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def public_id(self) -> str:
        """Its code: what the addresses and the audit log name it by."""
        return self.code

    @property
    def is_valid(self) -> bool:
        """Whether it has not been revoked."""
        return self.revoked_at is None

    @property
    def has_paper(self) -> bool:
        """Whether there is a PDF of it: not of a revoked one, nor where no name is (any longer) known."""
        return self.is_valid and bool(self.holder_name)

    @property
    def is_reconstruction(self) -> bool:
        """Whether it stands for a person of the pilot whom nobody names."""
        return self.pilot_cohort_id is not None
