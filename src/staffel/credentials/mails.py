"""What the holders of awards are told."""

from django.utils.translation import gettext as _

from staffel.accounts.actions.letters import post
from staffel.base.addresses import absolute
from staffel.credentials.core import code as codes
from staffel.credentials.models import Award


def award_issued(award: Award, person) -> None:
    """Tell the holder where the paper is, and how others verify it."""
    post(
        "credentials.award_issued",
        event=f"credentials.award_issued:{award.code}",
        to=(person.name, person.email),
        subject=_("Ihre Urkunde: %(programme)s") % award.facts,
        sentences=[
            _("Sie haben es geschafft: Ihre Urkunde für %(programme)s, %(cohort)s, ist ausgestellt.") % award.facts,
            _("Sie liegt als barrierefreies PDF für Sie bereit. Zum Herunterladen melden Sie sich an."),
        ],
        button=(_("Urkunde herunterladen"), absolute(f"/urkunde/{award.code}.pdf")),
        after=[
            _("Wer Ihre Urkunde prüfen möchte, gibt den Prüfcode %(code)s ein: %(address)s")
            % {"code": codes.show(award.code), "address": absolute("/pruefen/")}
        ],
    )


def award_revoked(award: Award, person) -> None:
    """Tell the holder that the award no longer stands, and why."""
    post(
        "credentials.award_revoked",
        event=f"credentials.award_revoked:{award.code}",
        to=(person.name, person.email),
        subject=_("Ihre Urkunde ist widerrufen: %(programme)s") % award.facts,
        sentences=[
            _("Die Urkunde mit dem Prüfcode %(code)s gilt nicht mehr.") % {"code": codes.show(award.code)},
            _("Der Grund: %(reason)s") % {"reason": award.revocation_reason},
            _("Wer den Code prüft, erfährt, dass die Urkunde widerrufen ist, aber nicht den Grund."),
            _("Wenn Sie Fragen haben oder nicht einverstanden sind, wenden Sie sich bitte an das Programmbüro."),
        ],
    )
