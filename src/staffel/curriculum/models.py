"""Programmes and their versions: what is taught, in which order, what completes it, and who signed it.

A version is a draft, in review, and released; or it was received from another publisher. Released and received versions never
change, which triggers in the database see to. A version *is* its files; modules, units and competencies are rows as well, so
that others can point at them.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from staffel.accounts.models import Membership, Organisation, Person
from staffel.base.public_id import new_public_id


class Publisher(models.Model):
    """Somebody whose packages were seen here: another office with a signing key. Trust is a matter of its keys."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("Name"), max_length=200)
    note = models.TextField(_("Woher wir den Schlüssel kennen"), blank=True)

    class Meta:
        verbose_name = _("Herausgeber")
        verbose_name_plural = _("Herausgeber")

    def __str__(self):
        return self.name


class PublisherKey(models.Model):
    """A public key of a publisher, as 64 hexadecimal digits (Ed25519, raw), and what it counts for here.

    ``fingerprint`` is the SHA-256 of the raw key, 64 hexadecimal digits.
    """

    class State(models.TextChoices):
        TRUSTED = "trusted", _("vertraut")
        RETIRED = "retired", _("abgelöst")
        REVOKED = "revoked", _("gesperrt")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="keys", verbose_name=_("Herausgeber"))
    fingerprint = models.CharField(_("Fingerabdruck"), max_length=64, unique=True)
    public_key = models.CharField(_("Öffentlicher Schlüssel"), max_length=64)
    state = models.CharField(_("Zustand"), max_length=8, choices=State, default=State.TRUSTED)
    trusted_at = models.DateTimeField(_("Vertraut seit"))
    ended_at = models.DateTimeField(_("Beendet am"), null=True, blank=True)
    reason = models.CharField(_("Grund"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Schlüssel eines Herausgebers")
        verbose_name_plural = _("Schlüssel von Herausgebern")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="trusted", ended_at__isnull=True) | (~Q(state="trusted") & Q(ended_at__isnull=False)),
                name="curriculum_publisher_key_ended_has_time",
                violation_error_message=_("Zu einem beendeten Schlüssel gehört der Zeitpunkt."),
            )
        ]

    def __str__(self):
        return f"{self.publisher} {self.fingerprint[:16]}"


class SigningKey(models.Model):
    """A key pair (Ed25519) with which this instance signs what an organisation releases.

    ``secret`` is the private key, closed with the key of the instance; it never leaves the database. ``statement`` is what the
    key before it signed about this one, as JSON, so that others can follow the change.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("in Gebrauch")
        RETIRED = "retired", _("abgelöst")
        REVOKED = "revoked", _("gesperrt")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="signing_keys", verbose_name=_("Organisation")
    )
    fingerprint = models.CharField(_("Fingerabdruck"), max_length=64, unique=True)
    public_key = models.CharField(_("Öffentlicher Schlüssel"), max_length=64)
    secret = models.TextField(_("Privater Schlüssel, verschlossen"))
    state = models.CharField(_("Zustand"), max_length=8, choices=State, default=State.ACTIVE)
    made_at = models.DateTimeField(_("Erzeugt am"))
    ended_at = models.DateTimeField(_("Beendet am"), null=True, blank=True)
    reason = models.CharField(_("Grund"), max_length=300, blank=True)
    statement = models.TextField(_("Erklärung des Vorgängers"), blank=True)

    class Meta:
        verbose_name = _("Signaturschlüssel")
        verbose_name_plural = _("Signaturschlüssel")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state="active"),
                name="curriculum_one_active_key",
                violation_error_message=_("Eine Organisation hat höchstens einen Schlüssel in Gebrauch."),
            ),
            models.CheckConstraint(
                condition=Q(state="active", ended_at__isnull=True) | (~Q(state="active") & Q(ended_at__isnull=False)),
                name="curriculum_signing_key_ended_has_time",
                violation_error_message=_("Zu einem beendeten Schlüssel gehört der Zeitpunkt."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation} {self.fingerprint[:16]}"


class Blob(models.Model):
    """The bytes of a file, kept once however many versions have it. ``size`` in bytes; neither it nor the bytes ever change.

    ``kept_at`` is when somebody kept them last, give or take an hour: whoever keeps bytes may only later say what has them.
    """

    sha256 = models.CharField(_("Prüfsumme"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("Bytes"))
    kept_at = models.DateTimeField(_("Zuletzt abgelegt am"), null=True, blank=True)

    class Meta:
        verbose_name = _("Dateiinhalt")
        verbose_name_plural = _("Dateiinhalte")

    def __str__(self):
        return self.sha256


class BlobPart(models.Model):
    """A piece of a file, at most 512 KiB, so that a large one is never in memory as a whole; ``number`` counts from 0."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField(_("Nummer"))
    content = models.BinaryField(_("Bytes"))

    class Meta:
        verbose_name = _("Teil eines Dateiinhalts")
        verbose_name_plural = _("Teile von Dateiinhalten")
        constraints = [
            models.UniqueConstraint(
                fields=["blob", "number"],
                name="curriculum_blob_part_once",
                violation_error_message=_("Diesen Teil gibt es schon."),
            )
        ]

    def __str__(self):
        return f"{self.blob_id}/{self.number}"


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
    """One state of a programme, by its number: one of our own, or with a ``publisher`` one that was received.

    ``upstream`` is the received version that it was made from or last merged with; ``digest`` is that of the programme's files
    (``core/files.py``), ``manifest_digest`` the SHA-256 of the manifest that was signed, ``signed_with`` the key's fingerprint.

    ``title`` and ``summary`` are those that the programme had with it; where they are empty, those of the programme hold.
    ``completion`` is the rule by which it is completed: ``{"attendance_percent": 80, "presentation": true}``.
    ``timetable`` is the template of its dates: ``{"weekdays": [1, 3], "starts": "09:00", "minutes": 240}`` with Monday as 0.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        REVIEW = "review", _("in Prüfung")
        RELEASED = "released", _("freigegeben")
        RECEIVED = "received", _("übernommen")
        # While its files are written; nobody sees it, the same transaction makes it received.
        ARRIVING = "arriving", _("wird übernommen")

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
    publisher = models.ForeignKey(
        Publisher,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("Herausgeber"),
    )
    upstream = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="adaptations", verbose_name=_("Beruht auf")
    )
    released_at = models.DateTimeField(_("Freigegeben um"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("Zur Prüfung gegeben von")
    )
    manifest_digest = models.CharField(_("Prüfsumme des Pakets"), max_length=64, blank=True)
    signed_with = models.CharField(_("Signiert mit"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("Version")
        verbose_name_plural = _("Versionen")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                condition=Q(publisher__isnull=True),
                name="curriculum_version_once",
                violation_error_message=_("Diese Version gibt es schon."),
            ),
            models.UniqueConstraint(
                fields=["programme", "publisher", "number"],
                condition=Q(publisher__isnull=False),
                name="curriculum_received_once",
                violation_error_message=_("Diese Version dieses Herausgebers gibt es schon."),
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state__in=["draft", "review"]),
                name="curriculum_one_draft",
                violation_error_message=_("Ein Programm hat höchstens einen Entwurf."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["released", "received"]) | Q(released_on__isnull=False),
                name="curriculum_released_has_day",
                violation_error_message=_("Zu einer freigegebenen Version gehört der Tag der Freigabe."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "arriving"], publisher__isnull=False)
                | (~Q(state__in=["received", "arriving"]) & Q(publisher__isnull=True)),
                name="curriculum_received_has_publisher",
                violation_error_message=_("Eine übernommene Version hat einen Herausgeber, eine eigene keinen."),
            ),
            # A released version never changes, not even when the account of whoever submitted it is erased.
            models.CheckConstraint(
                condition=Q(state="review") | Q(submitted_by__isnull=True),
                name="curriculum_submitter_only_in_review",
                violation_error_message=_("Wer eine Version zur Prüfung gab, steht nur während der Prüfung dabei."),
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

    @property
    def is_fixed(self) -> bool:
        """Whether it never changes again: released here, or received."""
        return self.state in (self.State.RELEASED, self.State.RECEIVED)


class VersionFile(models.Model):
    """A file of a version by its path in the package: ``programme/…``, and once it is signed all that stands beside it."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="files", verbose_name=_("Version"))
    path = models.CharField(_("Pfad"), max_length=300)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name=_("Inhalt"))

    class Meta:
        verbose_name = _("Datei einer Version")
        verbose_name_plural = _("Dateien von Versionen")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "path"],
                name="curriculum_file_once",
                violation_error_message=_("Diese Datei gibt es in der Version schon."),
            )
        ]

    def __str__(self):
        return self.path


class Download(models.Model):
    """A released version, or one unit of it, in the form of another system or on paper: made once, after the release.

    ``unit`` is the key of a unit, empty for the whole. ``losses`` are the sentences on what this form cannot carry.
    """

    class Kind(models.TextChoices):
        PACKAGE = "package", _("Übergabepaket")
        FOLDER = "folder", _("Ordner mit allen Texten")
        HANDBOOK = "handbook", _("Handbuch als PDF")
        CARTRIDGE_1_1 = "cc-1.1", _("Common Cartridge 1.1")
        CARTRIDGE_1_3 = "cc-1.3", _("Common Cartridge 1.3")
        SCORM = "scorm-1.2", _("SCORM 1.2")
        QTI_2_1 = "qti-2.1", _("QTI 2.1")
        QTI_3_0 = "qti-3.0", _("QTI 3.0")
        UNIT_PDF = "unit-pdf", _("Mappe für die Leitung als PDF")
        GROUP_PDF = "group-pdf", _("Heft für Teilnehmende als PDF")
        FORM_ODT = "form-odt", _("Vorlage als ODT")
        FORM_DOCX = "form-docx", _("Vorlage als DOCX")
        UNIT_ODT = "unit-odt", _("Einheit als ODT")
        UNIT_DOCX = "unit-docx", _("Einheit als DOCX")

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="downloads", verbose_name=_("Version"))
    kind = models.CharField(_("Form"), max_length=9, choices=Kind)
    unit = models.CharField(_("Einheit"), max_length=60, blank=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name=_("Inhalt"))
    made_at = models.DateTimeField(_("Erzeugt am"))
    losses = models.JSONField(_("Was nicht mitgeht"), default=list)

    class Meta:
        verbose_name = _("Download")
        verbose_name_plural = _("Downloads")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "unit"],
                name="curriculum_download_once",
                violation_error_message=_("Diesen Download gibt es schon."),
            )
        ]

    def __str__(self):
        return f"{self.version_id} {self.kind} {self.unit}".rstrip()


class Upload(models.Model):
    """A file that an editor sent and that nobody has taken over yet; deleted after seven days.

    ``report`` is what was found in it, ready to be shown.
    """

    class Kind(models.TextChoices):
        # A large file that the worker is still looking at.
        UNKNOWN = "unknown", _("wird geprüft")
        FOLDER = "folder", _("Ordner als ZIP-Datei")
        PACKAGE = "package", _("Übergabepaket")
        CARTRIDGE = "cartridge", _("Common Cartridge")
        QTI = "qti", _("QTI")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("Organisation"))
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("Hochgeladen von"))
    at = models.DateTimeField(_("Hochgeladen am"))
    name = models.CharField(_("Dateiname"), max_length=200)
    kind = models.CharField(_("Art"), max_length=9, choices=Kind)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name=_("Inhalt"))
    report = models.JSONField(_("Befund"))

    class Meta:
        verbose_name = _("hochgeladene Datei")
        verbose_name_plural = _("hochgeladene Dateien")

    def __str__(self):
        return self.name


class Merge(models.Model):
    """An open merge: the draft gets what ``theirs`` changed since ``base``.

    ``choices`` maps the id of a conflict to ``{"pick": "ours" | "theirs" | "both" | "text", "text": "…"}``.
    ``draft_digest`` is that of the draft when the merge began: if the draft changed meanwhile, the merge begins anew.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    draft = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="merge", verbose_name=_("Entwurf"))
    base = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", verbose_name=_("Gemeinsame Grundlage"))
    theirs = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", verbose_name=_("Übernommene Version"))
    draft_digest = models.CharField(_("Prüfsumme des Entwurfs"), max_length=64)
    choices = models.JSONField(_("Entscheidungen"), default=dict)

    class Meta:
        verbose_name = _("Zusammenführung")
        verbose_name_plural = _("Zusammenführungen")

    def __str__(self):
        return f"{self.draft} + {self.theirs.number}"


class Errand(models.Model):
    """Something with a large programme that takes too long for a page: the worker does it, a page says how far it is.

    ``thing`` is the public id of the upload, version or merge that it is about, ``title`` its name in words, ``values`` what
    was typed for it. ``done`` of ``total`` counts within ``step``. ``sentences`` say why it was refused; ``result`` is where
    what it made stands. Whoever leaves the role for which it was begun takes it along. Deleted after seven days.
    """

    class Act(models.TextChoices):
        EXAMINE = "examine", _("Datei prüfen")
        RECEIVE = "receive", _("Paket übernehmen")
        TAKE_OVER = "take-over", _("Als Entwurf übernehmen")
        ADOPT = "adopt", _("Entwurf anlegen")
        RELEASE = "release", _("Version freigeben")
        MERGE = "merge", _("Zusammenführung abschließen")

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        RUNNING = "running", _("läuft")
        DONE = "done", _("fertig")
        REFUSED = "refused", _("nicht möglich")

    class Step(models.TextChoices):
        CHECK = "check", _("Dateien werden geprüft")
        READ = "read", _("Einheiten werden gelesen")
        KEEP = "keep", _("Dateien werden abgelegt")
        WRITE = "write", _("Das Ergebnis wird eingetragen")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+", verbose_name=_("Begonnen von"))
    act = models.CharField(_("Vorgang"), max_length=9, choices=Act)
    thing = models.CharField(_("Woran"), max_length=12)
    title = models.CharField(_("Titel"), max_length=300)
    values = models.JSONField(_("Eingaben"), default=dict)
    at = models.DateTimeField(_("Begonnen am"))
    state = models.CharField(_("Zustand"), max_length=7, choices=State, default=State.WAITING)
    step = models.CharField(_("Schritt"), max_length=5, choices=Step, blank=True)
    done = models.PositiveIntegerField(_("Erledigt"), default=0)
    total = models.PositiveIntegerField(_("Insgesamt"), default=0)
    sentences = models.JSONField(_("Gründe"), default=list)
    result = models.CharField(_("Ergebnis"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Vorgang")
        verbose_name_plural = _("Vorgänge")
        constraints = [
            models.UniqueConstraint(
                fields=["act", "thing"],
                condition=Q(state__in=["waiting", "running"]),
                name="curriculum_errand_once",
                violation_error_message=_("Dieser Vorgang läuft schon."),
            )
        ]

    def __str__(self):
        return f"{self.act} {self.thing}"


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
    """One morning, or one piece of self-study: ``objectives`` are sentences, ``summary`` is Markdown, the rest is in files."""

    class Kind(models.TextChoices):
        SESSION = "session", _("gemeinsam")
        SELF_STUDY = "self-study", _("Selbststudium")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="units", verbose_name=_("Modul"))
    position = models.PositiveSmallIntegerField(_("Nummer im Programm"))
    key = models.SlugField(_("Kurzname"), max_length=60)
    title = models.CharField(_("Titel"), max_length=200)
    kind = models.CharField(_("Art"), max_length=10, choices=Kind, default=Kind.SESSION)
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
