"""What cohorts write to people: one function for each letter."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from staffel.accounts.actions.letters import post
from staffel.base.addresses import absolute


def dates_moved(enrolment, *, event: str, lines: Sequence[str], reason: str) -> None:
    """Tell somebody which dates moved; ``lines`` are sentences, one for each date."""
    cohort = enrolment.cohort
    why = [_("Der Grund: %(reason)s") % {"reason": reason}] if reason else []
    post(
        "cohorts.dates_moved",
        event=f"cohorts.dates_moved:{event}:{enrolment.public_id}",
        to=(enrolment.person.name, enrolment.person.email),
        subject=_("Neue Termine: %(cohort)s") % {"cohort": cohort.name},
        sentences=[_("in der Staffel „%(cohort)s“ haben sich Termine geändert.") % {"cohort": cohort.name}, *lines, *why],
        button=(_("Alle Termine ansehen"), absolute(f"/staffeln/{cohort.public_id}/termine/")),
        after=[_("Wer den Kalender abonniert hat, sieht die neuen Termine dort von selbst.")],
    )


def cohort_cancelled(enrolment, *, reason: str) -> None:
    """Tell somebody that the cohort does not take place, and why."""
    cohort = enrolment.cohort
    post(
        "cohorts.cancelled",
        event=f"cohorts.cancelled:{cohort.public_id}:{enrolment.public_id}",
        to=(enrolment.person.name, enrolment.person.email),
        subject=_("Abgesagt: %(cohort)s") % {"cohort": cohort.name},
        sentences=[
            _("die Staffel „%(cohort)s“ findet nicht statt.") % {"cohort": cohort.name},
            _("Der Grund: %(reason)s") % {"reason": reason},
            _("Ihre Termine sind damit abgesagt. Was Sie schon besucht haben, bleibt gespeichert."),
        ],
        button=(_("Mein Bereich"), absolute("/mein-bereich/")),
    )


def session_tomorrow(enrolment, session, *, when: str, room_url: str) -> None:
    """Remind somebody of the next date, with the way into the room."""
    cohort = enrolment.cohort
    dates = absolute(f"/staffeln/{cohort.public_id}/termine/")
    after = [_("Den Raum finden Sie am Tag selbst auch auf der Seite mit den Terminen.")]
    post(
        "cohorts.session_tomorrow",
        event=f"cohorts.session_tomorrow:{session.public_id}:{session.revision}:{enrolment.public_id}",
        to=(enrolment.person.name, enrolment.person.email),
        subject=_("Nächster Termin: %(title)s") % {"title": session.unit.title},
        sentences=[
            _("Ihr nächster Termin in der Staffel „%(cohort)s“ ist am %(when)s.") % {"cohort": cohort.name, "when": when},
            _("Das Thema: %(title)s") % {"title": session.unit.title},
        ],
        button=(_("Zum Raum"), room_url) if room_url else (_("Zu den Terminen"), dates),
        after=after if room_url else (),
    )
