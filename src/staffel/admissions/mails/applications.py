"""What applicants are told about their application. Each letter has a link of its own: of a token only the digest is kept."""

from django.utils.translation import gettext as _

from staffel.accounts.actions.letters import post
from staffel.admissions.models import Application
from staffel.base.addresses import absolute
from staffel.ui.words import moment


def link_to(token: str) -> str:
    """Return the full address of an application by its link."""
    return absolute(f"/bewerbung/{token}/")


def to_applicant(application: Application) -> tuple[str, str]:
    """Return whom letters about an application go to."""
    return application.name, application.email


def started(application: Application, token: str) -> None:
    """Tell the way back to what was begun."""
    call = application.call
    post(
        "admissions.application_started",
        event=f"admissions.application_started:{application.public_id}",
        to=to_applicant(application),
        subject=_("Ihre Bewerbung: hier geht es weiter"),
        sentences=[
            _("Sie haben eine Bewerbung angefangen: %(call)s.") % {"call": call.title},
            _("Was Sie eintragen, wird gespeichert. Mit dem Link kommen Sie jederzeit zurück, auch an einem anderen Gerät."),
        ],
        button=(_("Weiter zur Bewerbung"), link_to(token)),
        after=[
            _("Abschicken können Sie sie bis zum %(closes)s.") % {"closes": moment(call.closes_at)},
            _("Der Link ist Ihr Schlüssel: Wer ihn hat, kann die Bewerbung lesen und ändern. Geben Sie ihn nicht weiter."),
            _("Sie haben sich nicht beworben? Dann brauchen Sie nichts zu tun. Der Entwurf wird von selbst gelöscht."),
        ],
    )


def link_again(application: Application, token: str, *, asked: str) -> None:
    """Send the way back once more; ``asked`` is the stretch of time in which one such letter is enough."""
    post(
        "admissions.link_again",
        event=f"admissions.link_again:{application.public_id}:{asked}",
        to=to_applicant(application),
        subject=_("Der Link zu Ihrer Bewerbung"),
        sentences=[_("Hier ist der Link zu Ihrer Bewerbung: %(call)s.") % {"call": application.call.title}],
        button=(_("Zur Bewerbung"), link_to(token)),
        after=[
            _("Frühere Links gelten weiter."),
            _("Sie haben nicht um den Link gebeten? Dann brauchen Sie nichts zu tun: Nur Sie haben ihn bekommen."),
        ],
    )


def submitted(application: Application, token: str, *, release_until) -> None:
    """Confirm that the application is here, and say what comes when."""
    post(
        "admissions.application_submitted",
        event=f"admissions.application_submitted:{application.public_id}",
        to=to_applicant(application),
        subject=_("Ihre Bewerbung ist eingegangen"),
        sentences=[
            _("Ihre Bewerbung ist da, vollständig und rechtzeitig: %(call)s.") % {"call": application.call.title},
            _(
                "Als Nächstes bekommt %(name)s eine E-Mail mit der Bitte um Freigabe bis zum %(until)s. Es hilft, wenn Sie sie "
                "ankündigen."
            )
            % {"name": application.supervisor_name, "until": moment(release_until)},
            _("Nach dem %(closes)s wird entschieden. Dann bekommen Sie in jedem Fall Post von uns, mit den Gründen.")
            % {"closes": moment(application.call.closes_at)},
        ],
        button=(_("Stand der Bewerbung"), link_to(token)),
        after=[_("Über den Link sehen Sie jederzeit, was geschehen ist, und können die Bewerbung zurückziehen.")],
    )


def withdrawn(application: Application) -> None:
    """Confirm that the application is taken back."""
    post(
        "admissions.application_withdrawn",
        event=f"admissions.application_withdrawn:{application.public_id}",
        to=to_applicant(application),
        subject=_("Ihre Bewerbung ist zurückgezogen"),
        sentences=[
            _("Sie haben Ihre Bewerbung zurückgezogen: %(call)s.") % {"call": application.call.title},
            _("Damit ist sie beendet. Ihre Angaben löschen wir nach sechs Monaten."),
        ],
        after=[_("Solange die Frist läuft, können Sie sich neu bewerben.")],
    )
