"""What the audit log says about presentations, in words."""

from staffel.base.rules import N_

WORDS = {
    "learning.presentation_noted": N_("hat die Abschlusspräsentation festgehalten"),
    "learning.presentation_withdrawn": N_("hat die Abschlusspräsentation zurückgenommen"),
}
