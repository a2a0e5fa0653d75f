"""What a person can have of their applications, and what goes when they, or the time, ask for it."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.admissions.actions import retention
from staffel.admissions.core import baseline, consents
from staffel.admissions.models import Application, Decision


def applications_of(person):
    """Return the applications of a person: those of the account, and those made with its address before there was one."""
    return Application.objects.filter(Q(person=person) | Q(email__iexact=person.email)).exclude(email="")


def export(person) -> dict:
    """Return all that is kept of the applications of ``person``, German keys. Three queries."""
    rows = applications_of(person).select_related("call", "municipality", "partner", "decision", "offer")
    decided = Decision.objects.filter(decided_by=person).count()
    return {
        "Bewerbungen": [_one(row) for row in rows.prefetch_related("releases").order_by("created_at", "pk")],
        "Entscheidungen, die Sie getroffen haben": decided,
    }


def _one(row: Application) -> dict:
    decision = getattr(row, "decision", None) if row.call.published_at else None
    offer = getattr(row, "offer", None)
    words = {one.key: _(one.sentence) for one in baseline.STATEMENTS}
    agreed = {one.key: _(one.sentence) for one in (*consents.CURRENT, *consents.EARLIER)}
    return {
        "Ausschreibung": row.call.title,
        "Zustand": str(row.get_state_display()),
        "Kommunen": [place.short_name for place in (row.municipality, row.partner) if place],
        "Name": row.name,
        "E-Mail-Adresse": row.email,
        "Funktion": row.function,
        "Vertretung": {"Name": row.deputy_name, "E-Mail-Adresse": row.deputy_email},
        "Fachvorgesetzte": {"Name": row.supervisor_name, "E-Mail-Adresse": row.supervisor_email},
        "Motivation": row.motivation,
        "Selbsteinschätzung von 1 bis 5": {words.get(key, key): value for key, value in row.baseline.items()},
        "Zustimmungen": {agreed.get(key, key): value for key, value in row.consents.items()},
        "Angefangen": row.created_at.isoformat(),
        "Abgeschickt": row.submitted_at.isoformat() if row.submitted_at else None,
        "Freigaben": [
            {
                "Gefragt": release.asked_at.isoformat(),
                "Antwort": str(release.get_answer_display()) if release.answer else None,
                "Grund": release.reason,
            }
            for release in row.releases.all()
        ],
        "Entscheidung": str(decision.get_kind_display()) if decision else None,
        "Grund der Entscheidung": decision.reason if decision else None,
        "Angebot": str(offer.get_state_display()) if offer else None,
    }


def erase(person, *, by) -> list[str]:
    """Forget every application of ``person`` and say what went and what stays."""
    ids = list(applications_of(person).values_list("pk", flat=True))
    done = retention.forget_person(person, ids, by=by)
    sentences = []
    if count := done["drafts"]:
        words = ngettext("Eine angefangene Bewerbung ist gelöscht.", "%(count)s angefangene Bewerbungen sind gelöscht.", count)
        sentences.append(words % {"count": count})
    if count := done["withdrawn"]:
        words = ngettext("Eine laufende Bewerbung ist zurückgezogen.", "%(count)s laufende sind zurückgezogen.", count)
        sentences.append(words % {"count": count})
    if done["forgotten"]:
        sentences.append(_("Aus Ihren Bewerbungen ist alles gelöscht, was auf Sie hinweist, auch Freigabe und Begründungen."))
        sentences.append(_("Es bleiben Kommune, Zeitpunkte und Ergebnis: Damit zählen wir, wie viele Kommunen sich bewerben."))
    return sentences


def expire(now) -> dict[str, int]:
    """Forget what is older than its period and return how many applications, by category."""
    return {
        "admissions.drafts": retention.forget_drafts(now),
        "admissions.ended": retention.forget_ended(now),
        "admissions.placed": retention.forget_placed(now),
    }
