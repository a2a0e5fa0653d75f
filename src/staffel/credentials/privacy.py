"""What a person can have of their awards, and what goes when they, or the years, ask for it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.credentials import actions
from staffel.credentials.models import Award


def export(person) -> dict:
    """Return all that is kept of the awards of ``person``, German keys. One query."""
    return {
        "Urkunden": [
            {
                "Prüfcode": award.code,
                "Art": award.get_kind_display(),
                "Name": award.holder_name,
                "Ausgestellt am": award.issued_on.isoformat(),
                "Angaben": award.facts,
                "Nachweis": award.evidence,
                "Widerrufen am": award.revoked_at.isoformat() if award.revoked_at else None,
                "Grund des Widerrufs": award.revocation_reason,
            }
            for award in Award.objects.filter(enrolment__person=person).order_by("issued_on", "pk")
        ]
    }


def erase(person, *, by) -> list[str]:
    """Blank what no longer proves anything and say what stays: a valid award keeps its name, or none could verify it."""
    sentences = []
    if gone := actions.forget_revoked(person, by=by):
        sentences.append(
            ngettext(
                "Name und Nachweis einer widerrufenen Urkunde sind gelöscht.",
                "Name und Nachweis von %(count)s widerrufenen Urkunden sind gelöscht.",
                gone,
            )
            % {"count": gone}
        )
    if stays := Award.objects.filter(enrolment__person=person, revoked_at=None).exclude(holder_name="").count():
        words = ngettext(
            "Eine gültige Urkunde bleibt mit Ihrem Namen gespeichert, bis zehn Jahre nach der Ausstellung.",
            "%(count)s gültige Urkunden bleiben mit Ihrem Namen gespeichert, bis zehn Jahre nach der Ausstellung.",
            stays,
        )
        sentences.append(words % {"count": stays})
        why = _("So können andere das Papier in Ihren Händen weiter prüfen. Wünschen Sie das nicht, bitten Sie um Widerruf.")
        sentences.append(why)
    return sentences


def expire(now) -> dict[str, int]:
    """Blank the awards whose ten years are over and return how many, by category."""
    return {"credentials.awards": actions.forget_old(now)}
