"""What an applicant agrees to when sending, word by word.

What is stored is the key, the version of the wording and the time: whoever changes a sentence changes its version, and old
versions stay here, so that it can be read for years what somebody agreed to.
"""

from dataclasses import dataclass

from staffel.base.rules import N_


@dataclass(frozen=True)
class Wording:
    """One agreement in one version."""

    key: str
    version: str
    sentence: str


PRIVACY = Wording("privacy", "2026-11", N_("Ich habe gelesen, was mit meinen Angaben geschieht."))
SELECTION = Wording(
    "selection", "2026-11", N_("Die Menschen, die über die Plätze entscheiden, dürfen meine Angaben dafür lesen.")
)
CURRENT = (PRIVACY, SELECTION)
EARLIER: tuple[Wording, ...] = ()


def agreed(keys: set[str], at: str) -> dict[str, dict[str, str]]:
    """Return what is stored of the agreements ``keys``: version and time, ISO 8601, by key."""
    return {wording.key: {"version": wording.version, "at": at} for wording in CURRENT if wording.key in keys}


def open_keys(keys: set[str]) -> tuple[str, ...]:
    """Return the agreements that are asked for and not among ``keys``."""
    return tuple(wording.key for wording in CURRENT if wording.key not in keys)
