"""Everything about one application, for the office that decides on it."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from staffel.accounts.models import Person
from staffel.admissions.core.baseline import STATEMENTS
from staffel.admissions.core.eligibility import Reason, Verdict, check
from staffel.admissions.models import Application, Decision, Offer, Release
from staffel.admissions.permissions import applications_visible_to
from staffel.admissions.queries.board import DECISION_TONES, STATE_TONES, place_words
from staffel.admissions.queries.bodies import bodies, reason_words, terms_of
from staffel.admissions.queries.office import offer_words
from staffel.admissions.queries.places import waiting_position
from staffel.municipalities.core.places import municipality_path, size_class
from staffel.ui.parts import Fact
from staffel.ui.words import moment, whole


@dataclass(frozen=True)
class ReleaseLine:
    """One time that a supervisor was asked."""

    name: str
    email: str
    asked: str
    answer: str
    reason: str


@dataclass(frozen=True)
class ApplicationFacts:
    """An application as the office reads it. ``reasons`` are (fulfilled, sentence, rule); ``answers`` (statement, 1 to 5)."""

    place: str
    state: str
    tone: str
    facts: tuple[Fact, ...]
    people: tuple[Fact, ...]
    eligible: bool
    reasons: tuple[tuple[bool, str, object], ...]
    against: str
    answers: tuple[tuple[str, int], ...]
    releases: tuple[ReleaseLine, ...]
    decision: str
    decision_tone: str
    decision_reason: str
    decided: str
    position: int | None
    offer: str


def application_facts_for_office(application: Application) -> ApplicationFacts:
    """Return what the page of an application shows. Seven queries, two more if it is on the waiting list."""
    call = application.call
    known = bodies([pk for pk in (application.municipality_id, application.partner_id) if pk])
    body, partner = known[application.municipality_id], known.get(application.partner_id)
    verdict = check(terms_of(call), body, partner)
    decision = Decision.objects.filter(application=application).select_related("decided_by").first()
    offer = Offer.objects.filter(application=application).first()
    answers = application.baseline or {}
    return ApplicationFacts(
        place=place_words(body.name, partner.name if partner else ""),
        state=str(Application.State(application.state).label),
        tone=STATE_TONES.get(application.state, "neutral"),
        facts=tuple(fact for one in (body, partner) if one for fact in _facts_of(one)),
        people=_people(application),
        eligible=verdict.eligible,
        reasons=tuple((reason.fulfilled, reason_words(reason), reason.rule) for reason in verdict.reasons),
        against=against_words(verdict),
        answers=tuple((_(one.sentence), answers[one.key]) for one in STATEMENTS if one.key in answers),
        releases=_releases(application),
        decision=str(Decision.Kind(decision.kind).label) if decision else "",
        decision_tone=DECISION_TONES[decision.kind] if decision else "",
        decision_reason=decision.reason if decision else "",
        decided=_decided(decision),
        position=waiting_position(application) if decision and decision.position else None,
        offer=offer_words(offer) if offer else "",
    )


def against_words(verdict: Verdict) -> str:
    """Return what stands against a place as the reason that the applicant reads, empty if nothing does. No query."""
    return " ".join(_against(reason) for reason in verdict.against)


def _against(reason: Reason) -> str:
    return f"{_(reason.rule.sentence)} {reason_words(reason)}"


def _facts_of(body):
    yield Fact(_("Kommune"), body.name, "", municipality_path(body.ags))
    yield Fact(_("Land"), body.land_name)
    yield Fact(_("Größe"), _(size_class(body.population).label), _("%(count)s Menschen") % {"count": whole(body.population)})
    yield Fact(_("Modellprojekt"), _("gefördert") if body.funded else _("nicht gefördert"), body.funding_note)


def _people(application: Application) -> tuple[Fact, ...]:
    rows = (
        (_("Bewerbung"), application.name, application.email),
        (_("Funktion"), application.function, ""),
        (_("Vertretung"), application.deputy_name, application.deputy_email),
        (_("Fachvorgesetzte"), application.supervisor_name, application.supervisor_email),
        (_("Abgeschickt"), moment(application.submitted_at) if application.submitted_at else "", ""),
    )
    return tuple(Fact(label, value, note) for label, value, note in rows if value)


def _releases(application: Application) -> tuple[ReleaseLine, ...]:
    now = timezone.now()
    return tuple(
        ReleaseLine(row.name, row.email, moment(row.asked_at), _answer(row, now), row.reason)
        for row in Release.objects.filter(application=application).order_by("asked_at", "pk")
    )


def _answer(release: Release, now) -> str:
    if release.answered_at:
        words = {"answer": Release.Answer(release.answer).label, "moment": moment(release.answered_at)}
        return _("%(answer)s am %(moment)s") % words
    if release.expires_at <= now:
        return _("keine Antwort bis zum %(moment)s") % {"moment": moment(release.expires_at)}
    return _("noch keine Antwort, Frist bis zum %(moment)s") % {"moment": moment(release.expires_at)}


def _decided(decision: Decision | None) -> str:
    if decision is None:
        return ""
    words = {"name": decision.decided_by or _("Zeitplan"), "moment": moment(decision.decided_at)}
    return _("%(name)s am %(moment)s") % words


def next_undecided(application: Application, person: Person) -> str:
    """Return the public id of the next application of the call to decide on, in the order of arrival; "" if none. One query."""
    rows = applications_visible_to(person).filter(
        call=application.call_id, state=Application.State.RELEASED, decision__isnull=True
    )
    later = Q(submitted_at__gt=application.submitted_at) | Q(submitted_at=application.submitted_at, pk__gt=application.pk)
    ordered = rows.exclude(pk=application.pk).order_by("submitted_at", "pk").values_list("public_id", flat=True)
    return ordered.filter(later).first() or ordered.first() or ""
