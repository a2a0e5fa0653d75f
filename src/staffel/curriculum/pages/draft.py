"""What editors read about a draft: its facts, the number that fits, and what changed since."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from staffel.curriculum.models import Version
from staffel.curriculum.pages.received import size_words
from staffel.curriculum.queries.editing import Size, version_path
from staffel.curriculum.queries.office import Proposal
from staffel.ui.parts import Fact


class NumberWords(NamedTuple):
    """Whether the number fits, in a sentence, and why."""

    fits: bool
    sentence: str
    why: str


def facts_of_draft(version: Version, size: Size) -> list[Fact]:
    """Return the facts of a draft or of a version in review."""
    found = [Fact(_("Stand"), version.get_state_display()), Fact(_("Umfang"), size_words(size))]
    if version.upstream:
        said = {"number": version.upstream.number, "publisher": version.upstream.publisher.name}
        found.append(Fact(_("Beruht auf"), _("%(number)s von %(publisher)s") % said, "", version_path(version.upstream)))
    found.append(Fact(_("Lizenz der Texte"), version.licence))
    found.append(Fact(_("Prüfsumme"), f"{version.digest[:16]} …", _("Gleiche Prüfsumme, gleicher Inhalt.")))
    return found


def number_words(version: Version, proposal: Proposal) -> NumberWords:
    """Return what is to be said of the number of a draft."""
    said = {"number": version.number, "least": proposal.number, "since": proposal.since}
    reasons = {
        "first": _("Es ist die erste Version, jede Nummer ist möglich."),
        "same": _("Gegenüber Version %(since)s ist nichts geändert."),
        "major": _("Gegenüber Version %(since)s ist geändert, was Menschen danach können oder was zum Abschluss gehört."),
        "minor": _("Gegenüber Version %(since)s ist der Inhalt geändert: Neues kam dazu, etwas entfiel oder steht anderswo."),
        "patch": _("Gegenüber Version %(since)s sind nur Formulierungen geändert."),
    }
    if proposal.fits:
        sentence = _("Die Nummer %(number)s passt.")
    else:
        sentence = _("Die Nummer %(number)s ist zu niedrig. Nach dem, was sich geändert hat, ist es mindestens %(least)s.")
    return NumberWords(proposal.fits, sentence % said, reasons[proposal.kind] % said)


def base_words(base: Version) -> str:
    """Return which version something is compared with."""
    said = {"number": base.number, "publisher": base.publisher.name if base.publisher else ""}
    return _("Version %(number)s von %(publisher)s") % said if base.publisher else _("Version %(number)s") % said
