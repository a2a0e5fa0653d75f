"""What a person can have of their work on programmes, and what goes when they, or the days, ask for it."""

from datetime import timedelta

from django.utils.translation import ngettext

from staffel.curriculum.actions import errands, receiving
from staffel.curriculum.actions.release import forget_submitter
from staffel.curriculum.core.personal import KEEP_DAYS
from staffel.curriculum.models import Errand, Upload, Version


def export(person) -> dict:
    """Return all that is kept of the work of ``person``, German keys. Three queries."""
    begun = Errand.objects.filter(membership__person=person).order_by("at", "pk")
    uploads = Upload.objects.filter(by=person).order_by("at", "pk")
    reviews = Version.objects.filter(submitted_by=person).select_related("programme").order_by("pk")
    return {
        "Hochgeladene Dateien": [
            {"Name": upload.name, "Hochgeladen am": upload.at.isoformat(), "Befund": upload.report} for upload in uploads
        ],
        "Vorgänge mit großen Programmen": [
            {
                "Vorgang": str(one.get_act_display()),
                "Titel": one.title,
                "Begonnen am": one.at.isoformat(),
                "Eingaben": one.values,
            }
            for one in begun
        ],
        "Zur Prüfung gegebene Versionen": [str(version) for version in reviews],
    }


def erase(person, *, by) -> list[str]:
    """Delete the uploads of ``person`` and who submitted a version, and say so; the versions stay."""
    sentences = []
    errands.drop_errands_of(person)
    if gone := receiving.drop_uploads_of(person):
        sentences.append(
            ngettext("Eine hochgeladene Datei ist gelöscht.", "%(count)s hochgeladene Dateien sind gelöscht.", gone)
            % {"count": gone}
        )
    if reviews := forget_submitter(person):
        sentences.append(
            ngettext(
                "Bei einer Version in Prüfung steht Ihr Name nicht mehr.",
                "Bei %(count)s Versionen in Prüfung steht Ihr Name nicht mehr.",
                reviews,
            )
            % {"count": reviews}
        )
    return sentences


def expire(now) -> dict[str, int]:
    """Delete the uploads whose seven days are over and return how many, by category."""
    return {
        "curriculum.uploads": receiving.drop_old_uploads(now),
        "curriculum.errands": errands.drop_old_errands(now - timedelta(days=KEEP_DAYS)),
    }
