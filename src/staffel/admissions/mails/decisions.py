"""What applicants are told when the office has decided, closed the waiting list, or called everything off."""

from django.utils.translation import gettext as _

from staffel.accounts.actions.letters import post
from staffel.admissions.models import Application


def waiting(application: Application, *, position: int, reason: str) -> None:
    """Say that the application is on the waiting list, where, and why."""
    post(
        "admissions.decision",
        event=f"admissions.decision:{application.public_id}",
        to=(application.name, application.email),
        subject=_("Sie stehen auf der Warteliste: %(call)s") % {"call": application.call.title},
        sentences=[
            _("Die Plätze sind vergeben. Ihre Bewerbung steht auf Platz %(position)s der Warteliste.") % {"position": position},
            _("Der Grund der Entscheidung: %(reason)s") % {"reason": reason},
            _("Wird ein Platz frei, bieten wir ihn der ersten Bewerbung auf der Liste an. Sie brauchen nichts zu tun."),
        ],
        after=[_("Die Warteliste endet mit dem ersten Termin der Staffel.")],
    )


def rejected(application: Application, *, reason: str) -> None:
    """Say that there is no place, and why."""
    post(
        "admissions.decision",
        event=f"admissions.decision:{application.public_id}",
        to=(application.name, application.email),
        subject=_("Ihre Bewerbung: %(call)s") % {"call": application.call.title},
        sentences=[
            _("Danke für Ihre Bewerbung. Einen Platz können wir Ihnen diesmal nicht anbieten."),
            _("Der Grund der Entscheidung: %(reason)s") % {"reason": reason},
        ],
        after=[_("Bei einer späteren Ausschreibung können Sie sich gern wieder bewerben.")],
    )


def waiting_list_closed(application: Application) -> None:
    """Say that nobody moves up any more."""
    post(
        "admissions.waiting_list_closed",
        event=f"admissions.waiting_list_closed:{application.public_id}",
        to=(application.name, application.email),
        subject=_("Die Warteliste ist geschlossen: %(call)s") % {"call": application.call.title},
        sentences=[
            _("Es ist kein Platz mehr frei geworden. Die Warteliste ist geschlossen."),
            _("Bei einer späteren Ausschreibung können Sie sich gern wieder bewerben."),
        ],
    )


def call_cancelled(application: Application, *, reason: str) -> None:
    """Say that there will be no cohort from this call, and why."""
    post(
        "admissions.call_cancelled",
        event=f"admissions.call_cancelled:{application.public_id}",
        to=(application.name, application.email),
        subject=_("Abgesagt: %(call)s") % {"call": application.call.title},
        sentences=[
            _("Die Ausschreibung, auf die Sie sich beworben haben, ist abgesagt."),
            _("Der Grund: %(reason)s") % {"reason": reason},
        ],
        after=[_("Es tut uns leid. Bei einer späteren Ausschreibung können Sie sich gern wieder bewerben.")],
    )
