"""What the audit log says about awards, in words."""

from staffel.base.rules import N_

WORDS = {
    "credentials.award_issued": N_("hat die Urkunde ausgestellt"),
    "credentials.award_revoked": N_("hat die Urkunde widerrufen"),
    "credentials.holder_forgotten": N_("hat Name und Nachweis der Urkunde gelöscht"),
    "credentials.pilot_reconstructed": N_("hat die Urkunden der Pilotphase rekonstruiert"),
}
