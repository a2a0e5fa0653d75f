"""What supervisors and applicants are told about the release."""

from django.utils.translation import gettext as _

from staffel.accounts.actions.letters import post
from staffel.admissions.mails.applications import link_to, to_applicant
from staffel.admissions.models import Application, Release
from staffel.base.addresses import absolute
from staffel.ui.words import moment


def asked(release: Release, token: str) -> None:
    """Ask the supervisor."""
    _to_supervisor(
        release,
        token,
        kind="admissions.release_asked",
        subject=_("Bitte um Freigabe: %(name)s möchte an einer Qualifizierung teilnehmen") % {"name": release.application.name},
        first=_("%(name)s (%(place)s) hat sich beworben: %(call)s. Für die Freigabe sind Sie genannt."),
    )


def reminded(release: Release, token: str) -> None:
    """Ask the supervisor once more, half-way."""
    _to_supervisor(
        release,
        token,
        kind="admissions.release_reminder",
        subject=_("Erinnerung: %(name)s wartet auf Ihre Freigabe") % {"name": release.application.name},
        first=_("%(name)s (%(place)s) hat sich beworben: %(call)s. Ihre Antwort fehlt noch."),
    )


def _to_supervisor(release: Release, token: str, *, kind: str, subject: str, first: str) -> None:
    application = release.application
    places = [place.short_name for place in (application.municipality, application.partner) if place]
    values = {"name": application.name, "place": _(" und ").join(places), "call": application.call.title}
    post(
        kind,
        event=f"{kind}:{release.public_id}",
        to=(release.name, release.email),
        subject=subject,
        sentences=[
            first % values,
            _(
                "Sind Sie einverstanden, dass %(name)s in der Arbeitszeit teilnimmt? Termine, Umfang und Rolle stehen auf der "
                "Seite."
            )
            % values,
            _("Bitte antworten Sie bis zum %(until)s. Ein Konto brauchen Sie dafür nicht, eine Minute genügt.")
            % {"until": moment(release.expires_at)},
        ],
        button=(_("Ansehen und antworten"), absolute(f"/freigabe/{token}/")),
        after=[
            _("Das gilt auch, wenn die Frist der Ausschreibung vorher endet."),
            _("Der Link gehört Ihnen: Wer ihn hat, kann antworten. Geben Sie ihn nicht weiter."),
        ],
    )


def answered(release: Release, token: str) -> None:
    """Tell the applicant what the supervisor said."""
    yes = release.answer == Release.Answer.YES
    application = release.application
    if yes:
        subject = _("Ihre Bewerbung ist freigegeben")
        sentences = [
            _("%(name)s hat Ihre Teilnahme freigegeben.") % {"name": release.name},
            _("Ihre Bewerbung nimmt jetzt an der Auswahl teil. Sobald entschieden ist, bekommen Sie Post von uns."),
        ]
    else:
        subject = _("Ihre Bewerbung ist nicht freigegeben")
        sentences = [
            _("%(name)s hat Ihre Teilnahme nicht freigegeben. Der Grund:") % {"name": release.name},
            f"„{release.reason}“",
            _("Ohne Freigabe nimmt die Bewerbung nicht an der Auswahl teil."),
            _("Lässt sich das klären? Dann können Sie noch einmal fragen, oder eine andere Person nennen."),
        ]
    post(
        "admissions.release_answered",
        event=f"admissions.release_answered:{release.public_id}",
        to=to_applicant(application),
        subject=subject,
        sentences=sentences,
        button=(_("Stand der Bewerbung"), link_to(token)),
    )


def expired(release: Release, token: str) -> None:
    """Tell the applicant that nobody answered."""
    application: Application = release.application
    post(
        "admissions.release_expired",
        event=f"admissions.release_expired:{release.public_id}",
        to=to_applicant(application),
        subject=_("Die Freigabe Ihrer Bewerbung fehlt"),
        sentences=[
            _("%(name)s hat bis zum %(until)s nicht geantwortet.")
            % {"name": release.name, "until": moment(release.expires_at)},
            _(
                "Ohne Freigabe nimmt Ihre Bewerbung nicht an der Auswahl teil. Sie können noch einmal fragen oder eine andere "
                "Person nennen, solange die Plätze nicht vergeben sind."
            ),
        ],
        button=(_("Noch einmal fragen"), link_to(token)),
    )
