"""Germany's places as the official register names them, and who was funded.

Every level may act in Staffel: it *joins* by getting an organisation. Keys are text with leading zeros. Territory changes: a
dissolved place keeps its row with ``valid_to`` (its last day) and a successor, so that old facts keep their place.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from staffel.accounts.models import Organisation
from staffel.municipalities.core import places
from staffel.municipalities.core.loading import NOT_IN_A_VERBAND


class Dataset(models.Model):
    """One source as it was loaded last: which state it shows, and a digest that changes with every content."""

    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    as_of = models.DateField(_("Stand"))
    rows = models.PositiveIntegerField(_("Zeilen"))
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(_("Geladen am"))

    class Meta:
        verbose_name = _("Datensatz")
        verbose_name_plural = _("Datensätze")

    def __str__(self):
        return self.title


class Place(models.Model):
    """What all levels have in common: from when to when a place exists, and who acts for it."""

    valid_from = models.DateField(_("Besteht seit"), null=True, blank=True)
    valid_to = models.DateField(_("Bestand bis"), null=True, blank=True)
    organisation = models.OneToOneField(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("Organisation")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="%(app_label)s_%(class)s_valid_in_order",
                violation_error_message=_("Das Ende der Gültigkeit liegt vor ihrem Anfang."),
            )
        ]

    @property
    def is_dissolved(self) -> bool:
        """Whether the register has ended this place."""
        return self.valid_to is not None


class Land(Place):
    """One of the 16 Länder."""

    code = models.CharField(_("Schlüssel"), max_length=2, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    iso = models.CharField(_("ISO 3166-2"), max_length=5, unique=True)
    capital = models.CharField(_("Hauptstadt"), max_length=60)
    population = models.PositiveIntegerField(_("Einwohnerzahl"))
    area_km2 = models.DecimalField(_("Fläche in km²"), max_digits=9, decimal_places=2)
    population_on = models.DateField(_("Stand der Einwohnerzahl"))
    area_on = models.DateField(_("Stand der Fläche"))

    class Meta(Place.Meta):
        verbose_name = _("Land")
        verbose_name_plural = _("Länder")

    def __str__(self):
        return self.name

    @property
    def path(self) -> str:
        """The address of this Land's page."""
        return places.land_path(self.code)


class Kreis(Place):
    """One of the 400 Kreise and kreisfreie Städte, by its five-digit key."""

    code = models.CharField(_("Schlüssel"), max_length=5, unique=True)
    land = models.ForeignKey(Land, on_delete=models.PROTECT, related_name="kreise", verbose_name=_("Land"))
    name = models.CharField(_("Name"), max_length=100)
    official_name = models.CharField(_("Amtlicher Name"), max_length=120)
    kind = models.CharField(_("Art"), max_length=40)
    seat = models.CharField(_("Sitz"), max_length=100, blank=True)
    region_name = models.CharField(_("Regierungsbezirk"), max_length=60, blank=True)
    nuts3 = models.CharField(_("NUTS 3"), max_length=5, blank=True)
    population = models.PositiveIntegerField(_("Einwohnerzahl"))
    area_km2 = models.DecimalField(_("Fläche in km²"), max_digits=9, decimal_places=2)
    population_on = models.DateField(_("Stand der Einwohnerzahl"))
    area_on = models.DateField(_("Stand der Fläche"))
    latitude = models.FloatField(_("Breite"), null=True, blank=True)
    longitude = models.FloatField(_("Länge"), null=True, blank=True)
    deprivation_score = models.FloatField(_("Deprivation (GISD 2021)"), null=True, blank=True)
    deprivation_quintile = models.PositiveSmallIntegerField(
        _("Fünftel der Deprivation"), null=True, blank=True, help_text=_("1 am wenigsten, 5 am meisten benachteiligt")
    )
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")

    class Meta(Place.Meta):
        verbose_name = _("Kreis")
        verbose_name_plural = _("Kreise")
        constraints = [
            *Place.Meta.constraints,
            models.CheckConstraint(
                condition=Q(deprivation_quintile__isnull=True) | Q(deprivation_quintile__range=(1, 5)),
                name="municipalities_kreis_quintile_1_to_5",
                violation_error_message=_("Ein Fünftel ist eine Zahl von 1 bis 5."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def path(self) -> str:
        """The address of this Kreis's page."""
        return places.kreis_path(self.code)

    @property
    def is_city(self) -> bool:
        """Whether the Kreis is a single town (kreisfreie Stadt or Stadtkreis)."""
        return self.kind in ("Kreisfreie Stadt", "Stadtkreis")


class Verband(Place):
    """A body above single municipalities: Amt, Verbandsgemeinde, Samtgemeinde …, or one without a key in the register.

    Where the register says that a municipality belongs to no Verband, it has a row of the kind ``NOT_IN_A_VERBAND``: no
    municipality points at it. Zweckverbände and Regionalverbände have no register key (``code`` is None) and may reach
    beyond one Kreis.
    """

    code = models.CharField(_("Schlüssel"), max_length=9, unique=True, null=True, blank=True)
    kreis = models.ForeignKey(
        Kreis, null=True, blank=True, on_delete=models.PROTECT, related_name="verbaende", verbose_name=_("Kreis")
    )
    name = models.CharField(_("Name"), max_length=150)
    kind = models.CharField(_("Art"), max_length=40)
    seat = models.CharField(_("Sitz"), max_length=100, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")

    class Meta(Place.Meta):
        verbose_name = _("Verband")
        verbose_name_plural = _("Verbände")
        constraints = [
            *Place.Meta.constraints,
            models.CheckConstraint(
                condition=Q(code__isnull=True) | Q(kreis__isnull=False) | Q(kind=NOT_IN_A_VERBAND),
                name="municipalities_verband_of_register_has_kreis",
                violation_error_message=_("Ein Verband des Gemeindeverzeichnisses gehört zu einem Kreis."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(code__isnull=True),
                name="municipalities_verband_without_key_once",
                violation_error_message=_("Einen Verband dieses Namens ohne Schlüssel gibt es schon."),
            ),
        ]

    def __str__(self):
        return self.name


class Municipality(Place):
    """One row of the Gemeindeverzeichnis; ``counted`` is False for uninhabited areas that belong to no municipality.

    Facts come from sources of different days, so each group of facts carries its own date.
    """

    ags = models.CharField(_("Amtlicher Gemeindeschlüssel"), max_length=8, unique=True)
    ars = models.CharField(_("Regionalschlüssel"), max_length=12, unique=True)
    name = models.CharField(_("Amtlicher Name"), max_length=120)
    short_name = models.CharField(_("Name"), max_length=100)
    second_name = models.CharField(_("Zweitsprachiger Name"), max_length=100, blank=True)
    kind = models.CharField(_("Art"), max_length=40)
    kind_code = models.CharField(_("Schlüssel der Art"), max_length=2)
    counted = models.BooleanField(_("Zählt als Gemeinde"))
    land = models.ForeignKey(Land, on_delete=models.PROTECT, related_name="municipalities", verbose_name=_("Land"))
    # Coastal waters and the German-Luxembourgish condominium lie in no Kreis.
    kreis = models.ForeignKey(
        Kreis, null=True, blank=True, on_delete=models.PROTECT, related_name="municipalities", verbose_name=_("Kreis")
    )
    verband = models.ForeignKey(
        Verband, null=True, blank=True, on_delete=models.PROTECT, related_name="municipalities", verbose_name=_("Verband")
    )
    population = models.PositiveIntegerField(_("Einwohnerzahl"))
    area_km2 = models.DecimalField(_("Fläche in km²"), max_digits=8, decimal_places=2, null=True, blank=True)
    postal_code = models.CharField(_("Postleitzahl der Verwaltung"), max_length=5, blank=True)
    latitude = models.FloatField(_("Breite"), null=True, blank=True)
    longitude = models.FloatField(_("Länge"), null=True, blank=True)
    urbanisation = models.CharField(_("Grad der Verstädterung"), max_length=2, blank=True)
    region_type = models.CharField(_("RegioStaR 7"), max_length=2, blank=True)
    register_on = models.DateField(_("Gebietsstand"))
    population_on = models.DateField(_("Stand der Einwohnerzahl"))
    area_on = models.DateField(_("Stand der Fläche"), null=True, blank=True)
    position_on = models.DateField(_("Stand der Lage"), null=True, blank=True)
    urbanisation_on = models.DateField(_("Stand der Verstädterung"), null=True, blank=True)
    region_type_on = models.DateField(_("Stand des Regionstyps"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors", verbose_name=_("Nachfolgerin")
    )

    class Meta(Place.Meta):
        verbose_name = _("Kommune")
        verbose_name_plural = _("Kommunen")
        indexes = [
            models.Index(fields=["-population", "ags"], name="municipality_big_first"),
            models.Index(fields=["short_name", "ags"], name="municipality_by_name"),
            models.Index(fields=["land", "-population", "ags"], name="municipality_of_land"),
        ]
        constraints = [
            *Place.Meta.constraints,
            models.CheckConstraint(
                condition=Q(counted=False) | Q(kreis__isnull=False),
                name="municipalities_municipality_counted_has_kreis",
                violation_error_message=_("Eine Kommune gehört zu einem Kreis."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False, latitude__range=(47, 56), longitude__range=(5, 16)),
                name="municipalities_municipality_lies_in_germany",
                violation_error_message=_("Die Lage ist kein Punkt in Deutschland."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False),
                name="municipalities_municipality_successor_after_end",
                violation_error_message=_("Eine Nachfolgerin hat nur eine aufgelöste Kommune."),
            ),
        ]

    def __str__(self):
        return self.short_name

    @property
    def path(self) -> str:
        """The address of this municipality's page."""
        return places.municipality_path(self.ags)

    @property
    def size_class(self) -> places.SizeClass:
        """The size class by population."""
        return places.size_class(self.population)


class FundedProject(models.Model):
    """One of the 73 projects of the federal programme Modellprojekte Smart Cities (MPSC)."""

    code = models.CharField(_("Kennung"), max_length=12, unique=True)
    round = models.PositiveSmallIntegerField(_("Förderstaffel"))
    year = models.PositiveSmallIntegerField(_("Jahr der Auswahl"))
    name = models.CharField(_("Projekt"), max_length=200)
    category = models.CharField(_("Kategorie"), max_length=80, blank=True)
    source = models.URLField(_("Quelle"), max_length=400)

    class Meta:
        verbose_name = _("Gefördertes Projekt")
        verbose_name_plural = _("Geförderte Projekte")

    def __str__(self):
        return self.name


class FundedMember(models.Model):
    """A body that takes part in a funded project, at one of four levels."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Federführung")
        PARTNER = "partner", _("Partner")
        ASSOCIATION = "association", _("Mitglied des Verbands")

    project = models.ForeignKey(FundedProject, on_delete=models.CASCADE, related_name="members")
    role = models.CharField(_("Rolle"), max_length=12, choices=Role)
    name = models.CharField(_("Name in der Quelle"), max_length=150)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="funded_in")
    kreis = models.ForeignKey(Kreis, null=True, blank=True, on_delete=models.PROTECT, related_name="funded_in")
    verband = models.ForeignKey(Verband, null=True, blank=True, on_delete=models.PROTECT, related_name="funded_in")
    source = models.URLField(_("Quelle"), max_length=400)
    note = models.CharField(_("Anmerkung"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("Beteiligte an einem geförderten Projekt")
        verbose_name_plural = _("Beteiligte an geförderten Projekten")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(municipality__isnull=False, kreis__isnull=True, verband__isnull=True)
                    | Q(municipality__isnull=True, kreis__isnull=False, verband__isnull=True)
                    | Q(municipality__isnull=True, kreis__isnull=True, verband__isnull=False)
                ),
                name="municipalities_funded_member_is_one_body",
                violation_error_message=_("Beteiligt ist genau eine Kommune, ein Kreis oder ein Verband."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["project", body],
                    name=f"municipalities_funded_{body}_once",
                    violation_error_message=_("An diesem Projekt ist sie schon beteiligt."),
                )
                for body in ("municipality", "kreis", "verband")
            ),
        ]

    def __str__(self):
        return self.name
