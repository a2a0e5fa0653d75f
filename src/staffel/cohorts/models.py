"""Cohorts (Staffeln and Modulkurse) with dates, people and attendance, and the three Staffeln of 2021-22 as published.

A published Staffel of the pilot is a list of municipalities from public pages. It holds no people: who took part is not
public.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from staffel.accounts.models import Organisation, Person
from staffel.base.public_id import new_public_id
from staffel.curriculum.models import Module, Unit, Version
from staffel.municipalities.models import Land, Municipality


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


class Cohort(models.Model):
    """A group that goes through one released version together, the whole track or a single module.

    | state | meaning | next |
    | --- | --- | --- |
    | planned | dates and places stand, it has not begun | running, cancelled |
    | running | the first session has been | completed, cancelled |
    | completed | all sessions have been | – |
    | cancelled | does not take place | – |
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("geplant")
        RUNNING = "running", _("läuft")
        COMPLETED = "completed", _("abgeschlossen")
        CANCELLED = "cancelled", _("abgesagt")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("Name"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("Programmbüro")
    )
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("Version"))
    module = models.ForeignKey(
        Module, null=True, blank=True, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("Einzelnes Modul")
    )
    state = models.CharField(_("Zustand"), max_length=9, choices=State, default=State.PLANNED)
    places = models.PositiveSmallIntegerField(_("Plätze"))
    room_url = models.URLField(_("Raum"), max_length=300, blank=True)
    # Whose public holidays are days off.
    laender = models.ManyToManyField(Land, blank=True, related_name="cohorts", verbose_name=_("Länder der Feiertage"))
    is_example = models.BooleanField(_("Beispiel"), default=False)
    created_at = models.DateTimeField(_("Angelegt"), default=timezone.now)

    class Meta:
        verbose_name = _("Staffel")
        verbose_name_plural = _("Staffeln")
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1),
                name="cohorts_cohort_has_places",
                violation_error_message=_("Eine Staffel hat mindestens einen Platz."),
            )
        ]

    def __str__(self):
        return self.name


class DayOff(models.Model):
    """A stretch of days on which a cohort does not meet, beside public holidays."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="days_off")
    first_day = models.DateField(_("Von"))
    last_day = models.DateField(_("Bis"))
    reason = models.CharField(_("Grund"), max_length=100)

    class Meta:
        verbose_name = _("Freie Zeit")
        verbose_name_plural = _("Freie Zeiten")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="cohorts_days_off_in_order",
                violation_error_message=_("Das Ende liegt vor dem Beginn."),
            )
        ]

    def __str__(self):
        return self.reason


class Session(models.Model):
    """One date of a cohort, for one unit. A moved session keeps its row, so that attendance and calendars follow it."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("Staffel"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("Einheit"))
    position = models.PositiveSmallIntegerField(_("Nummer"))
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    room_url = models.URLField(_("Eigener Raum"), max_length=300, blank=True)
    # Counted up at each change: calendars take the highest (RFC 5545, SEQUENCE).
    revision = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Termin")
        verbose_name_plural = _("Termine")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "position"],
                name="cohorts_session_once",
                violation_error_message=_("Diese Nummer hat schon ein anderer Termin."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="cohorts_session_ends_after_start",
                violation_error_message=_("Das Ende liegt vor dem Beginn."),
            ),
        ]

    def __str__(self):
        return f"{self.cohort}, {self.position}"


class Trainer(models.Model):
    """Somebody who leads sessions of a cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="trainers", verbose_name=_("Staffel"))
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="teaching", verbose_name=_("Person"))

    class Meta:
        verbose_name = _("Referent:in")
        verbose_name_plural = _("Referent:innen")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                name="cohorts_trainer_once",
                violation_error_message=_("Diese Person leitet die Staffel schon."),
            )
        ]

    def __str__(self):
        return f"{self.cohort}: {self.person}"


class Enrolment(models.Model):
    """A person's place in a cohort; a shared seat stands for two municipalities.

    | state | meaning | next |
    | --- | --- | --- |
    | active | takes part | left |
    | left | gave the place back, with a reason | – |
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("nimmt teil")
        LEFT = "left", _("ausgeschieden")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("Staffel"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("Person"))
    municipalities = models.ManyToManyField(Municipality, related_name="enrolments", verbose_name=_("Kommunen"))
    state = models.CharField(_("Zustand"), max_length=6, choices=State, default=State.ACTIVE)
    enrolled_at = models.DateTimeField(_("Angenommen"), default=timezone.now)
    left_at = models.DateTimeField(_("Ausgeschieden"), null=True, blank=True)

    class Meta:
        verbose_name = _("Teilnahme")
        verbose_name_plural = _("Teilnahmen")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                name="cohorts_enrolment_once",
                violation_error_message=_("Diese Person hat in der Staffel schon einen Platz."),
            ),
            models.CheckConstraint(
                condition=~Q(state="left") | Q(left_at__isnull=False),
                name="cohorts_left_has_time",
                violation_error_message=_("Zum Ausscheiden gehört der Zeitpunkt."),
            ),
        ]

    def __str__(self):
        return f"{self.cohort}: {self.person}"


class Attendance(models.Model):
    """How many minutes of a session somebody was there. No row means: not taken yet."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances", verbose_name=_("Termin"))
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendances", verbose_name=_("Teilnahme"))
    minutes = models.PositiveSmallIntegerField(_("Minuten"))
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("Erfasst von"))
    noted_at = models.DateTimeField(_("Erfasst"), default=timezone.now)

    class Meta:
        verbose_name = _("Anwesenheit")
        verbose_name_plural = _("Anwesenheiten")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                name="cohorts_attendance_once",
                violation_error_message=_("Die Anwesenheit ist schon erfasst."),
            )
        ]

    def __str__(self):
        return f"{self.session}: {self.minutes}"


class CalendarFeed(models.Model):
    """The secret address of a person's calendar; only the digest of its token is kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed", verbose_name=_("Person"))
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("Angelegt"), default=timezone.now)

    class Meta:
        verbose_name = _("Kalender-Abo")
        verbose_name_plural = _("Kalender-Abos")

    def __str__(self):
        return str(self.person)
