"""Programmes and their versions: what is taught, in which order, and what completes it.

A version is a draft until it is released; from then on no row of it changes, which triggers in the database see to.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from staffel.accounts.models import Organisation
from staffel.base.public_id import new_public_id


class Programme(models.Model):
    """A programme that is run and handed on, for example Smart City Manager:in."""

    key = models.SlugField(_("Kurzname"), max_length=60, unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    summary = models.TextField(_("Worum es geht"))
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("Träger")
    )

    class Meta:
        verbose_name = _("Programm")
        verbose_name_plural = _("Programme")

    def __str__(self):
        return self.title


class Version(models.Model):
    """One state of a programme, by its number.

    ``title`` and ``summary`` are those that the programme had with it; where they are empty, those of the programme hold.
    ``completion`` is the rule by which it is completed: ``{"attendance_percent": 80, "presentation": true}``.
    ``timetable`` is the template of its dates: ``{"weekdays": [1, 3], "starts": "09:00", "minutes": 240}`` with Monday as 0.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        RELEASED = "released", _("freigegeben")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions", verbose_name=_("Programm"))
    number = models.CharField(_("Version"), max_length=20)
    title = models.CharField(_("Titel"), max_length=200, blank=True)
    summary = models.TextField(_("Worum es geht"), blank=True)
    state = models.CharField(_("Zustand"), max_length=8, choices=State, default=State.DRAFT)
    released_on = models.DateField(_("Freigegeben am"), null=True, blank=True)
    notes = models.TextField(_("Was neu ist"), blank=True)
    licence = models.CharField(_("Lizenz"), max_length=40)
    aim = models.TextField(_("Ziel"))
    audience = models.TextField(_("Für wen"))
    completion = models.JSONField(_("Abschlussregel"))
    timetable = models.JSONField(_("Terminvorlage"))
    synchronous_percent = models.PositiveSmallIntegerField(_("Anteil gemeinsamer Stunden in Prozent"))
    fee = models.BooleanField(_("Kostet die Teilnehmenden etwas"), default=False)
    digest = models.CharField(_("Prüfsumme"), max_length=64)

    class Meta:
        verbose_name = _("Version")
        verbose_name_plural = _("Versionen")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="curriculum_version_once",
                violation_error_message=_("Diese Version gibt es schon."),
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_on__isnull=False),
                name="curriculum_released_has_day",
                violation_error_message=_("Zu einer freigegebenen Version gehört der Tag der Freigabe."),
            ),
            models.CheckConstraint(
                condition=Q(synchronous_percent__lte=100),
                name="curriculum_synchronous_at_most_100",
                violation_error_message=_("Ein Anteil hat höchstens 100 Prozent."),
            ),
        ]

    def __str__(self):
        return f"{self.programme} {self.number}"

    @property
    def is_released(self) -> bool:
        """Whether it can be run, and no longer be changed."""
        return self.state == self.State.RELEASED


class Competency(models.Model):
    """What somebody can do afterwards."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="competencies")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"))
    key = models.SlugField(_("Kurzname"), max_length=60)
    field = models.CharField(_("Kompetenzfeld"), max_length=100)
    title = models.CharField(_("Titel"), max_length=200)
    text = models.TextField(_("Beschreibung"))

    class Meta:
        verbose_name = _("Kompetenz")
        verbose_name_plural = _("Kompetenzen")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="curriculum_competency_once",
                violation_error_message=_("Diese Kompetenz gibt es in der Version schon."),
            )
        ]

    def __str__(self):
        return self.title


class Module(models.Model):
    """A part of a version that can also be taken on its own."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="modules", verbose_name=_("Version"))
    position = models.PositiveSmallIntegerField(_("Nummer"))
    key = models.SlugField(_("Kurzname"), max_length=60)
    title = models.CharField(_("Titel"), max_length=200)
    summary = models.TextField(_("Worum es geht"))
    required = models.BooleanField(_("Pflichtmodul"), default=True)

    class Meta:
        verbose_name = _("Modul")
        verbose_name_plural = _("Module")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="curriculum_module_position_once",
                violation_error_message=_("Diese Nummer hat schon ein anderes Modul."),
            ),
            models.UniqueConstraint(
                fields=["version", "key"],
                name="curriculum_module_key_once",
                violation_error_message=_("Dieses Modul gibt es in der Version schon."),
            ),
        ]

    def __str__(self):
        return self.title


class Unit(models.Model):
    """One morning: objectives, and a summary in Markdown. ``objectives`` is a list of sentences."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="units", verbose_name=_("Modul"))
    position = models.PositiveSmallIntegerField(_("Nummer im Programm"))
    key = models.SlugField(_("Kurzname"), max_length=60)
    title = models.CharField(_("Titel"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("Minuten"))
    objectives = models.JSONField(_("Lernziele"))
    summary = models.TextField(_("Zusammenfassung"))
    competencies = models.ManyToManyField(Competency, related_name="units", verbose_name=_("Kompetenzen"))

    class Meta:
        verbose_name = _("Einheit")
        verbose_name_plural = _("Einheiten")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "position"],
                name="curriculum_unit_position_once",
                violation_error_message=_("Diese Nummer hat schon eine andere Einheit."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1),
                name="curriculum_unit_takes_time",
                violation_error_message=_("Eine Einheit dauert mindestens eine Minute."),
            ),
        ]

    def __str__(self):
        return self.title
