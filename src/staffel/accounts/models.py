"""People and organisations: what is true of an actor, whatever they do in Staffel; the letters sent and the audit log."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from staffel.accounts.core.roles import Role
from staffel.base.public_id import new_public_id


class Organisation(models.Model):
    """A body that acts in Staffel: a programme office, a Land, a Kreis, a Verband, a municipality.

    What kind of body it is stands in the context that knows it: a municipality *joins* by getting an organisation.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("Name"), max_length=200)
    # Letters, log, legal texts and feedback are the instance's: only the office that runs it deals with them.
    runs_instance = models.BooleanField(_("Betreibt diese Instanz"), default=False)

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisationen")
        constraints = [
            models.UniqueConstraint(
                fields=["runs_instance"],
                condition=Q(runs_instance=True),
                name="accounts_one_organisation_runs_the_instance",
                violation_error_message=_("Eine Instanz wird von einer Organisation betrieben."),
            )
        ]

    def __str__(self):
        return self.name


class PersonManager(BaseUserManager):
    """Finds a person by the service e-mail, whatever its capitals."""

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone with an account, known by their service e-mail. Nobody has a password."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("Dienstliche E-Mail-Adresse"), max_length=254, unique=True)
    is_active = models.BooleanField(_("Konto offen"), default=True)
    is_example = models.BooleanField(_("Beispiel"), default=False, help_text=_("Erfundene Person der Demo"))
    created_at = models.DateTimeField(_("Angelegt"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_person_email_once",
                violation_error_message=_("Zu dieser E-Mail-Adresse gibt es schon ein Konto."),
            )
        ]

    def __str__(self):
        return self.name

    def has_usable_password(self):
        return False

    def check_password(self, raw_password):
        return False

    # What the session says, filled in by ``accounts.middleware`` for the person of a request: the membership chosen (its
    # id, 0 for one's own affairs, None for no choice), and whether a second proof was given, where one is asked for.
    acting_as: int | None = None
    proven = True

    @cached_property
    def held(self) -> "list[Membership]":
        """The memberships of this person with their organisations, oldest first. One query, once."""
        return list(self.memberships.select_related("organisation").order_by("pk"))

    @cached_property
    def acting(self) -> "Membership | None":
        """The membership in whose role this person acts, None for their own affairs. One query, once.

        The one chosen in the session, else the oldest. Roles that see people wait for the second proof.
        """
        if self.acting_as == OWN_AFFAIRS:
            return None
        usable = [one for one in self.held if self.proven or not Role(one.role).sees_people]
        return next((one for one in usable if one.pk == self.acting_as), usable[0] if usable else None)

    def has_role(self, *roles: Role) -> bool:
        """Whether the person acts in one of ``roles`` now."""
        return self.acting is not None and self.acting.role in roles


# Chosen instead of a membership: to act for oneself.
OWN_AFFAIRS = 0


class Membership(models.Model):
    """A role of a person in an organisation; the organisation is the scope."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("Person"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("Organisation")
    )
    role = models.CharField(_("Rolle"), max_length=20, choices=[(role.value, role.label) for role in Role])
    since = models.DateTimeField(_("Seit"), default=timezone.now)

    class Meta:
        verbose_name = _("Mitgliedschaft")
        verbose_name_plural = _("Mitgliedschaften")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                name="accounts_membership_once",
                violation_error_message=_("Diese Rolle hat die Person hier schon."),
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.role}"


class SignIn(models.Model):
    """A browser in which a person is signed in, so that they can see it and end it; gone with its session.

    ``device`` is browser and system in words, ``way`` how the person proved who they are. No address, no whole user agent.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins", verbose_name=_("Person"))
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(_("Gerät"), max_length=80)
    way = models.CharField(_("Weg"), max_length=80)
    started_at = models.DateTimeField(_("Angemeldet"), default=timezone.now)

    class Meta:
        verbose_name = _("Anmeldung")
        verbose_name_plural = _("Anmeldungen")

    def __str__(self):
        return self.device


class CountedAttempt(models.Model):
    """How often something was tried lately: the table of Django's database cache, so that all processes count together.

    Only the limits of sign-in and of public forms write here. A key names the act and a network address or a digest; a row
    lives for an hour at most.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("Gezählter Versuch")
        verbose_name_plural = _("Gezählte Versuche")

    def __str__(self):
        return self.cache_key


class Letter(models.Model):
    """One mail, from the moment it is decided on: the outbox is a table, so that no mail is lost and each can be read.

    | state | meaning | next |
    | --- | --- | --- |
    | waiting | to be sent | sent, failed |
    | sent | handed to the mail server | – |
    | failed | refused for good, or as often as it was tried; the office can try again | waiting |

    ``event`` names what it tells, once and for ever: the same event never makes a second letter. A ``confidential`` letter
    holds a code or a key: nobody but the addressee reads it, and once it is sent its words are blanked. In every other
    letter the secret part of a link is blanked then. The demo keeps both, since its outbox is where they are read.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        SENT = "sent", _("verschickt")
        FAILED = "failed", _("gescheitert")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("Art"), max_length=60)
    event = models.CharField(max_length=120, unique=True)
    to_name = models.CharField(_("An"), max_length=200, blank=True)
    to_email = models.EmailField(_("Adresse"), max_length=254)
    subject = models.CharField(_("Betreff"), max_length=200)
    text = models.TextField(_("Text"))
    html = models.TextField(_("HTML"))
    message_id = models.CharField(max_length=320, unique=True)
    confidential = models.BooleanField(_("Vertraulich"), default=False)
    problem = models.CharField(_("Hindernis"), max_length=200, blank=True)
    state = models.CharField(_("Zustand"), max_length=7, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("Geschrieben"), default=timezone.now)
    sent_at = models.DateTimeField(_("Verschickt"), null=True, blank=True)

    class Meta:
        verbose_name = _("Brief")
        verbose_name_plural = _("Briefe")
        indexes = [
            models.Index(fields=["-created_at"], name="accounts_letter_newest"),
            models.Index(fields=["to_email"], name="accounts_letter_to"),
            # The few that somebody has to look at, among very many that were sent.
            models.Index(fields=["state"], name="accounts_letter_open", condition=~Q(state="sent")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="accounts_sent_letter_has_time",
                violation_error_message=_("Zu einem verschickten Brief gehört der Zeitpunkt."),
            )
        ]

    def __str__(self):
        return self.subject


class AuditEntry(models.Model):
    """Who did what to which thing, when and why. Nothing here is ever changed; what is personal can be blanked.

    ``payload`` holds ``who``, ``why``, ``before`` and ``after``. ``digest`` covers payload and ``salt``; the chain covers the
    digests only, so that a payload can be blanked at retention or erasure and the chain still holds. ``position``,
    ``previous`` and ``chained`` are filled when the entry is sealed, in the order of sealing.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    at = models.DateTimeField(_("Wann"), default=timezone.now)
    action = models.CharField(_("Was"), max_length=80)
    thing_type = models.CharField(_("Woran"), max_length=60)
    thing_id = models.CharField(_("Kennung"), max_length=20)
    actor_id = models.CharField(_("Kennung der Person"), max_length=12, blank=True)
    payload = models.JSONField(_("Inhalt"), null=True)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    position = models.PositiveBigIntegerField(null=True, unique=True)
    previous = models.CharField(max_length=64, blank=True)
    chained = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("Eintrag im Protokoll")
        verbose_name_plural = _("Einträge im Protokoll")
        indexes = [
            models.Index(fields=["thing_type", "thing_id"], name="accounts_audit_thing"),
            models.Index(fields=["-at", "-id"], name="accounts_audit_newest"),
        ]

    def __str__(self):
        return self.action


class InstanceText(models.Model):
    """A text that this instance says in its own words, in Markdown; where the row is absent or empty, the page has its own.

    ``key`` is the word in the page's address, like ``impressum``; ``gebaerdensprache-video`` holds the address of a video.
    """

    key = models.SlugField(_("Seite"), max_length=40, unique=True)
    markdown = models.TextField(_("Text"), blank=True)
    changed_at = models.DateTimeField(_("Geändert"), default=timezone.now)

    class Meta:
        verbose_name = _("Text der Instanz")
        verbose_name_plural = _("Texte der Instanz")

    def __str__(self):
        return self.key


class Feedback(models.Model):
    """What somebody wrote about a barrier, a mistake or anything else; open until somebody dealt with it."""

    class Kind(models.TextChoices):
        BARRIER = "barrier", _("Eine Barriere")
        MISTAKE = "mistake", _("Ein Fehler")
        OTHER = "other", _("Etwas anderes")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("Worum geht es?"), max_length=7, choices=Kind)
    page = models.CharField(_("Seite"), max_length=300, blank=True)
    text = models.TextField(_("Was ist passiert?"))
    email = models.EmailField(_("E-Mail-Adresse für die Antwort"), max_length=254, blank=True)
    created_at = models.DateTimeField(_("Eingegangen"), default=timezone.now)
    done_at = models.DateTimeField(_("Erledigt"), null=True, blank=True)
    note = models.TextField(_("Was daraus wurde"), blank=True)

    class Meta:
        verbose_name = _("Rückmeldung")
        verbose_name_plural = _("Rückmeldungen")
        indexes = [models.Index(fields=["done_at", "-created_at"], name="accounts_feedback_open")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="accounts_feedback_says_something",
                violation_error_message=_("Eine Rückmeldung braucht einen Text."),
            )
        ]

    def __str__(self):
        return self.public_id


class Report(models.Model):
    """What a regular check or clearing found, for the office to read: the audit log's chain, and what retention erased.

    ``content`` holds counts and codes, never anything personal.
    """

    class Kind(models.TextChoices):
        AUDIT = "audit", _("Prüfung des Protokolls")
        RETENTION = "retention", _("Aufbewahrung")

    kind = models.CharField(_("Art"), max_length=9, choices=Kind)
    at = models.DateTimeField(_("Wann"), default=timezone.now)
    content = models.JSONField(_("Inhalt"))

    class Meta:
        verbose_name = _("Bericht")
        verbose_name_plural = _("Berichte")
        indexes = [models.Index(fields=["kind", "-at"], name="accounts_report_newest")]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d}"
