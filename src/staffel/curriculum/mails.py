"""What editors write to each other through Staffel: one function for each letter."""

from django.utils.translation import gettext as _

from staffel.accounts.actions.letters import post
from staffel.accounts.models import Person
from staffel.base.addresses import absolute
from staffel.curriculum.models import Version
from staffel.curriculum.queries.editing import version_path


def version_submitted(version: Version, to: Person, *, event: str, by: Person) -> None:
    """Tell somebody who may release that a version waits for that; ``event`` names the act, which may happen again."""
    said = _said(version) | {"who": by.name, "organisation": by.acting.organisation.name}
    post(
        "curriculum.version_submitted",
        event=f"curriculum.version_submitted:{event}:{to.public_id}",
        to=(to.name, to.email),
        subject=_("Bitte prüfen: %(programme)s %(number)s") % said,
        sentences=[
            _("%(who)s hat Version %(number)s von „%(programme)s“ zur Prüfung gegeben.") % said,
            _("Sie dürfen für „%(organisation)s“ freigeben. Freigeben kann nur jemand anderes als %(who)s.") % said,
        ],
        button=(_("Version prüfen"), absolute(version_path(version))),
    )


def version_withdrawn(version: Version, to: Person, *, event: str, by: Person, reason: str) -> None:
    """Tell who submitted a version that somebody gave it back, and why."""
    said = _said(version) | {"who": by.name, "reason": reason}
    post(
        "curriculum.version_withdrawn",
        event=f"curriculum.version_withdrawn:{event}:{to.public_id}",
        to=(to.name, to.email),
        subject=_("Zurück in den Entwurf: %(programme)s %(number)s") % said,
        sentences=[
            _("%(who)s hat Version %(number)s von „%(programme)s“ aus der Prüfung zurückgegeben.") % said,
            _("Der Grund: %(reason)s") % said,
        ],
        button=(_("Zum Entwurf"), absolute(version_path(version))),
    )


def _said(version: Version) -> dict[str, str]:
    return {"programme": version.title or version.programme.title, "number": version.number}
