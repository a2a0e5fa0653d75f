"""What is said about offers: the place, the reminder, the welcome, the silence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.accounts.actions.letters import post
from staffel.admissions.models import Application, Offer
from staffel.base.addresses import absolute
from staffel.cohorts.models import Session
from staffel.ui.words import long_day, moment, span

OFFER = "admissions.offer"


def offer_event(offer: Offer) -> str:
    """Return what makes the letter with the offer single."""
    return f"{OFFER}:{offer.public_id}"


def offer_made(offer: Offer, application: Application, *, token: str, reason: str, from_waiting_list: bool) -> None:
    """Offer the place; the link leads to the page with both answers."""
    call = application.call
    first = (
        _("es ist ein Platz frei geworden, und Sie sind die Nächsten auf der Warteliste: Wir bieten Ihnen den Platz an.")
        if from_waiting_list
        else _("wir bieten Ihnen einen Platz an.")
    )
    post(
        OFFER,
        event=offer_event(offer),
        to=(application.name, application.email),
        subject=_("Ihr Platz: %(call)s") % {"call": call.title},
        sentences=[
            first[0].upper() + first[1:],
            _("Bitte sagen Sie bis zum %(moment)s, ob Sie ihn annehmen.") % {"moment": moment(offer.answer_by)},
            _("Der Grund der Entscheidung: %(reason)s") % {"reason": reason},
        ],
        button=(_("Platz annehmen oder ablehnen"), _address(token)),
        after=[
            _("Hören wir bis dahin nichts, geht der Platz an die nächste Bewerbung."),
            _("Der Link gehört zu Ihrer Bewerbung. Bitte geben Sie ihn nicht weiter."),
        ],
        confidential=True,
    )


def reminder(offer: Offer, application: Application, *, token: str) -> None:
    """Remind of an offer that nobody has answered; a link of its own, because only its digest was kept."""
    post(
        "admissions.offer_reminder",
        event=f"admissions.offer_reminder:{offer.public_id}",
        to=(application.name, application.email),
        subject=_("Bitte antworten Sie: Ihr Platz wartet bis zum %(day)s") % {"day": long_day(offer.answer_by)},
        sentences=[
            _("Für Sie ist ein Platz reserviert: %(call)s.") % {"call": application.call.title},
            _("Bitte sagen Sie bis zum %(moment)s, ob Sie ihn annehmen.") % {"moment": moment(offer.answer_by)},
        ],
        button=(_("Platz annehmen oder ablehnen"), _address(token)),
        after=[_("Hören wir bis dahin nichts, geht der Platz an die nächste Bewerbung.")],
        confidential=True,
    )


def welcome(offer: Offer, application: Application) -> None:
    """Confirm the place, with the dates and how to sign in. One query, and those of the letter."""
    call = application.call
    dates = [span(*row) for row in Session.objects.filter(cohort=call.cohort_id).order_by("position").values_list(*_SPAN)]
    count = ngettext("Es ist %(count)s Termin:", "Es sind %(count)s Termine:", len(dates)) % {"count": len(dates)}
    post(
        "admissions.welcome",
        event=f"admissions.welcome:{offer.public_id}",
        to=(application.name, application.email),
        subject=_("Willkommen in der Staffel: %(cohort)s") % {"cohort": call.cohort.name},
        sentences=[
            _("Ihr Platz ist bestätigt. Wir freuen uns auf Sie."),
            *([count, *dates] if dates else [_("Die Termine nennen wir Ihnen, sobald sie feststehen.")]),
        ],
        button=(_("Zu „Mein Bereich“"), absolute("/mein-bereich/")),
        after=[
            _("Zum Anmelden geben Sie Ihre dienstliche E-Mail-Adresse ein: %(email)s.") % {"email": application.email},
            _("Wir schicken Ihnen einen Code. Ein Passwort brauchen Sie nicht."),
            _("Dort finden Sie die Termine für Ihren Kalender, den Raum und die Unterlagen."),
        ],
    )


def declined(offer: Offer, application: Application) -> None:
    """Say that the answer has arrived."""
    post(
        "admissions.offer_declined",
        event=f"admissions.offer_declined:{offer.public_id}",
        to=(application.name, application.email),
        subject=_("Ihre Absage ist angekommen: %(call)s") % {"call": application.call.title},
        sentences=[
            _("Sie haben den Platz abgelehnt. Er geht an die nächste Bewerbung."),
            _("Bei einer späteren Ausschreibung können Sie sich gern wieder bewerben."),
        ],
    )


def lapsed(offer: Offer, application: Application) -> None:
    """Say that the time is over."""
    post(
        "admissions.offer_lapsed",
        event=f"admissions.offer_lapsed:{offer.public_id}",
        to=(application.name, application.email),
        subject=_("Ihr Angebot ist verfallen: %(call)s") % {"call": application.call.title},
        sentences=[
            _("Um Antwort war bis zum %(moment)s gebeten. Wir haben nichts von Ihnen gehört.")
            % {"moment": moment(offer.answer_by)},
            _("Der Platz geht deshalb an die nächste Bewerbung auf der Warteliste."),
        ],
        after=[_("Bei einer späteren Ausschreibung können Sie sich gern wieder bewerben.")],
    )


def _address(token: str) -> str:
    return absolute(f"/zusage/{token}/")


_SPAN = ("starts_at", "ends_at")
