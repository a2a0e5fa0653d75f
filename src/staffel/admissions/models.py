"""Calls, applications and how places are given. Accepting an offer calls down to cohorts."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from staffel.accounts.models import Organisation, Person
from staffel.base.public_id import new_public_id
from staffel.cohorts.models import Cohort, Enrolment
from staffel.municipalities.models import Land, Municipality


class Call(models.Model):
    """The public invitation to apply for the places of one cohort.

    | state | meaning | next |
    | --- | --- | --- |
    | draft | the office writes it | open (published), cancelled |
    | open | public; takes applications from ``opens_at`` to ``closes_at`` | closed, cancelled |
    | closed | after the deadline: eligibility, places are given | published, open (deadline moved), cancelled |
    | published | applicants know; offers run, the waiting list moves | ended, cancelled |
    | ended | no offer is open, the waiting list is closed | – |
    | cancelled | with a reason that applicants are told | – |
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        OPEN = "open", _("offen")
        CLOSED = "closed", _("in der Auswahl")
        PUBLISHED = "published", _("entschieden")
        ENDED = "ended", _("beendet")
        CANCELLED = "cancelled", _("abgesagt")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="calls", verbose_name=_("Programmbüro")
    )
    cohort = models.OneToOneField(Cohort, on_delete=models.PROTECT, related_name="call", verbose_name=_("Staffel"))
    title = models.CharField(_("Titel"), max_length=200)
    text = models.TextField(_("Text"), help_text=_("Markdown: Absätze, Listen, Links"))
    state = models.CharField(_("Zustand"), max_length=9, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField(_("Bewerbung ab"))
    closes_at = models.DateTimeField(_("Bewerbung bis"))
    release_days = models.PositiveSmallIntegerField(_("Tage für die Freigabe"), default=14)
    answer_days = models.PositiveSmallIntegerField(_("Tage für die Antwort auf ein Angebot"), default=7)
    # Eligibility is a rule of the call, never global.
    not_funded_only = models.BooleanField(_("Nur nicht geförderte Kommunen"), default=True)
    laender = models.ManyToManyField(Land, blank=True, related_name="calls", verbose_name=_("Nur aus diesen Ländern"))
    largest_population = models.PositiveIntegerField(_("Höchstens so viele Einwohner"), null=True, blank=True)
    published_at = models.DateTimeField(_("Entscheidung veröffentlicht"), null=True, blank=True)
    is_example = models.BooleanField(_("Beispiel"), default=False)
    created_at = models.DateTimeField(_("Angelegt"), default=timezone.now)

    class Meta:
        verbose_name = _("Ausschreibung")
        verbose_name_plural = _("Ausschreibungen")
        indexes = [models.Index(fields=["state", "closes_at"], name="admissions_call_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="admissions_call_closes_after_opening",
                violation_error_message=_("Die Frist endet vor ihrem Beginn."),
            ),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, release_days__gte=1),
                name="admissions_call_leaves_time",
                violation_error_message=_("Für eine Antwort braucht es mindestens einen Tag."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "ended"]) | Q(published_at__isnull=False),
                name="admissions_published_call_has_time",
                violation_error_message=_("Zu einer veröffentlichten Entscheidung gehört der Zeitpunkt."),
            ),
        ]

    def __str__(self):
        return self.title


class Application(models.Model):
    """The wish of a municipality, or of two together, for a place; made by a person without an account.

    | state | meaning | next |
    | --- | --- | --- |
    | draft | saved, not sent | submitted |
    | submitted | sent; the supervisor is asked | released, refused, expired, withdrawn |
    | released | the supervisor agrees; takes part in the selection | offered, waiting, rejected, withdrawn |
    | refused | the supervisor said no, with a reason | submitted (asked again), withdrawn, rejected |
    | expired | the supervisor did not answer in time | submitted (asked again), withdrawn, rejected |
    | offered | a place is offered until a day | accepted, declined, lapsed |
    | waiting | on the waiting list | offered, withdrawn, rejected (the list is closed) |
    | rejected | no place, with a reason | – |
    | accepted | has the place | withdrawn (gave it back) |
    | declined | said no to the offer | – |
    | lapsed | did not answer the offer in time | – |
    | withdrawn | taken back | – |
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("angefangen")
        SUBMITTED = "submitted", _("wartet auf Freigabe")
        RELEASED = "released", _("freigegeben")
        REFUSED = "refused", _("nicht freigegeben")
        EXPIRED = "expired", _("Freigabe ausgeblieben")
        OFFERED = "offered", _("Platz angeboten")
        WAITING = "waiting", _("auf der Warteliste")
        REJECTED = "rejected", _("kein Platz")
        ACCEPTED = "accepted", _("Platz bestätigt")
        DECLINED = "declined", _("Platz abgelehnt")
        LAPSED = "lapsed", _("Angebot verfallen")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications", verbose_name=_("Ausschreibung"))
    state = models.CharField(_("Zustand"), max_length=9, choices=State, default=State.DRAFT)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="applications", verbose_name=_("Kommune")
    )
    partner = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Zweite Kommune")
    )
    name = models.CharField(_("Name"), max_length=200, blank=True)
    email = models.EmailField(_("Dienstliche E-Mail-Adresse"), max_length=254)
    function = models.CharField(_("Funktion"), max_length=200, blank=True)
    deputy_name = models.CharField(_("Vertretung"), max_length=200, blank=True)
    deputy_email = models.EmailField(_("E-Mail-Adresse der Vertretung"), max_length=254, blank=True)
    supervisor_name = models.CharField(_("Fachvorgesetzte"), max_length=200, blank=True)
    supervisor_email = models.EmailField(_("E-Mail-Adresse der Fachvorgesetzten"), max_length=254, blank=True)
    motivation = models.TextField(_("Warum möchten Sie teilnehmen?"), blank=True)
    # Answers 1 to 5 by the key of the statement: the state before the programme, else no effect could ever be shown.
    baseline = models.JSONField(_("Selbsteinschätzung"), default=dict, blank=True)
    # Which wording was agreed to, and when.
    consents = models.JSONField(_("Einwilligungen"), default=dict, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications", verbose_name=_("Konto")
    )
    enrolment = models.OneToOneField(
        Enrolment, null=True, blank=True, on_delete=models.SET_NULL, related_name="application", verbose_name=_("Teilnahme")
    )
    is_example = models.BooleanField(_("Beispiel"), default=False)
    created_at = models.DateTimeField(_("Angefangen"), default=timezone.now)
    changed_at = models.DateTimeField(_("Zuletzt gespeichert"), default=timezone.now)
    submitted_at = models.DateTimeField(_("Abgeschickt"), null=True, blank=True)
    decided_at = models.DateTimeField(_("Entschieden"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Zurückgezogen oder erloschen"), null=True, blank=True)

    class Meta:
        verbose_name = _("Bewerbung")
        verbose_name_plural = _("Bewerbungen")
        indexes = [models.Index(fields=["call", "state"], name="admissions_application_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, municipality__isnull=False),
                name="admissions_sent_application_is_whole",
                violation_error_message=_("Zu einer abgeschickten Bewerbung gehören Kommune und Zeitpunkt."),
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | ~Q(partner=F("municipality")),
                name="admissions_two_different_municipalities",
                violation_error_message=_("Die zweite Kommune ist dieselbe wie die erste."),
            ),
            models.CheckConstraint(
                # With a forgotten person, a place without attendance goes; that it was given is still counted.
                condition=~Q(state="accepted") | Q(enrolment__isnull=False) | Q(email=""),
                name="admissions_accepted_has_enrolment",
                violation_error_message=_("Zu einem bestätigten Platz gehört die Teilnahme."),
            ),
        ]

    def __str__(self):
        return self.public_id


class Release(models.Model):
    """The supervisor's answer, asked by a link. One row for each time somebody is asked; the newest counts."""

    class Answer(models.TextChoices):
        YES = "yes", _("freigegeben")
        NO = "no", _("nicht freigegeben")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="releases", verbose_name=_("Bewerbung"))
    name = models.CharField(_("Fachvorgesetzte"), max_length=200)
    email = models.EmailField(_("Adresse"), max_length=254)
    asked_at = models.DateTimeField(_("Gefragt"), default=timezone.now)
    expires_at = models.DateTimeField(_("Antwort bis"))
    reminded_at = models.DateTimeField(_("Erinnert"), null=True, blank=True)
    answer = models.CharField(_("Antwort"), max_length=3, choices=Answer, blank=True)
    reason = models.TextField(_("Grund"), blank=True)
    answered_at = models.DateTimeField(_("Beantwortet"), null=True, blank=True)

    class Meta:
        verbose_name = _("Freigabe")
        verbose_name_plural = _("Freigaben")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="admissions_release_answer_has_time",
                violation_error_message=_("Zu einer Antwort gehört der Zeitpunkt."),
            ),
            models.CheckConstraint(
                condition=~Q(answer="no") | ~Q(reason=""),
                name="admissions_refused_release_has_reason",
                violation_error_message=_("Zu einem Nein gehört ein Grund."),
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.answer}"


class Decision(models.Model):
    """What the office decided for one application, with its reason; told to the applicant when the call is published."""

    class Kind(models.TextChoices):
        PLACE = "place", _("Platz")
        WAIT = "wait", _("Warteliste")
        REJECT = "reject", _("kein Platz")

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="decision", verbose_name=_("Bewerbung")
    )
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("Ausschreibung"))
    kind = models.CharField(_("Entscheidung"), max_length=6, choices=Kind)
    reason = models.TextField(_("Grund"))
    # 1 is next; None where it is no waiting place, or no longer.
    position = models.PositiveSmallIntegerField(_("Platz auf der Warteliste"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("Entschieden von")
    )
    decided_at = models.DateTimeField(_("Entschieden"), default=timezone.now)

    class Meta:
        verbose_name = _("Entscheidung")
        verbose_name_plural = _("Entscheidungen")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"],
                name="admissions_waiting_position_once",
                violation_error_message=_("Diesen Platz auf der Warteliste hat schon eine andere Bewerbung."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="admissions_decision_has_reason",
                violation_error_message=_("Zu jeder Entscheidung gehört ein Grund."),
            ),
            models.CheckConstraint(
                condition=Q(position__isnull=True) | Q(kind="wait"),
                name="admissions_only_waiting_has_position",
                violation_error_message=_("Nur auf der Warteliste gibt es eine Reihenfolge."),
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.kind}"


class Offer(models.Model):
    """A place offered to an applicant until a time; silence frees it for the next on the waiting list."""

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        ACCEPTED = "accepted", _("angenommen")
        DECLINED = "declined", _("abgelehnt")
        LAPSED = "lapsed", _("verfallen")
        CLOSED = "closed", _("hinfällig")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="offer", verbose_name=_("Bewerbung"))
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="offers", verbose_name=_("Ausschreibung"))
    state = models.CharField(_("Zustand"), max_length=8, choices=State, default=State.OPEN)
    offered_at = models.DateTimeField(_("Angeboten"), default=timezone.now)
    answer_by = models.DateTimeField(_("Antwort bis"))
    reminded_at = models.DateTimeField(_("Erinnert"), null=True, blank=True)
    answered_at = models.DateTimeField(_("Beantwortet"), null=True, blank=True)
    reason = models.TextField(_("Grund der Absage"), blank=True)

    class Meta:
        verbose_name = _("Angebot")
        verbose_name_plural = _("Angebote")
        indexes = [models.Index(fields=["state", "answer_by"], name="admissions_offer_open")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(answered_at__isnull=False),
                name="admissions_answered_offer_has_time",
                violation_error_message=_("Zu einer Antwort gehört der Zeitpunkt."),
            )
        ]

    def __str__(self):
        return f"{self.application}: {self.state}"
