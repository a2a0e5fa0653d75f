"""What the audit log says of programmes."""

from staffel.base.rules import N_

WORDS = {"curriculum.version_loaded": N_("hat eine Version eines Programms aufgenommen")}
