"""What a person can have of their cohorts, and what goes when they, or the years, ask for it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.cohorts.actions import retention
from staffel.cohorts.models import Attendance, CalendarFeed, Enrolment, Trainer


def export(person) -> dict:
    """Return all that is kept of the cohorts of ``person``, German keys. Five queries."""
    noted: dict[int, list[dict]] = {}
    for enrolment, starts_at, title, minutes, noted_at in (
        Attendance.objects.filter(enrolment__person=person)
        .order_by("session__starts_at")
        .values_list("enrolment_id", "session__starts_at", "session__unit__title", "minutes", "noted_at")
    ):
        line = {"Termin": starts_at.isoformat(), "Thema": title, "Minuten": minutes, "Erfasst": noted_at.isoformat()}
        noted.setdefault(enrolment, []).append(line)
    rows = Enrolment.objects.filter(person=person).select_related("cohort").prefetch_related("municipalities")
    feed = CalendarFeed.objects.filter(person=person).first()
    led = Trainer.objects.filter(person=person).order_by("pk").values_list("cohort__name", flat=True)
    return {
        "Teilnahmen": [
            {
                "Staffel": row.cohort.name,
                "Zustand": str(row.get_state_display()),
                "Kommunen": [place.short_name for place in row.municipalities.all()],
                "Angenommen": row.enrolled_at.isoformat(),
                "Ausgeschieden": row.left_at.isoformat() if row.left_at else None,
                "Anwesenheit": noted.get(row.pk, []),
            }
            for row in rows.order_by("enrolled_at", "pk")
        ],
        "Leitung von Staffeln": list(led),
        "Adresse des Kalenders angelegt": feed.created_at.isoformat() if feed else None,
    }


def erase(person, *, by) -> list[str]:
    """Erase what proves nothing and say what stays and why."""
    calendars, places, teachings = retention.forget(person, by=by)
    sentences = []
    if calendars:
        sentences.append(_("Die Adresse Ihres Kalenders ist geschlossen und gelöscht."))
    if places:
        words = ngettext("Ein Platz ohne Anwesenheit ist gelöscht.", "%(count)s Plätze ohne Anwesenheit sind gelöscht.", places)
        sentences.append(words % {"count": places})
    if teachings:
        sentences.append(_("Die Leitung Ihrer Staffeln ist gelöscht."))
    if stays := Enrolment.objects.filter(person=person).count():
        words = ngettext(
            "Eine Teilnahme mit ihrer Anwesenheit bleibt bis zehn Jahre nach dem letzten Termin, ohne Name und Adresse: "
            "Auf ihr beruhen Urkunden und Berichte.",
            "%(count)s Teilnahmen mit ihrer Anwesenheit bleiben bis zehn Jahre nach dem letzten Termin, ohne Name und Adresse: "
            "Auf ihnen beruhen Urkunden und Berichte.",
            stays,
        )
        sentences.append(words % {"count": stays})
    return sentences


def expire(now) -> dict[str, int]:
    """Delete what is over time and return how many rows, by category. Calendars go with the account."""
    participation, teaching = retention.forget_old(now)
    return {"cohorts.participation": participation, "cohorts.teaching": teaching, "cohorts.calendar": 0}
