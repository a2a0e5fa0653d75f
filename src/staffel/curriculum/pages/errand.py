"""What an editor reads while the worker does something long, and when it is done or was refused."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from staffel.curriculum.models import Errand
from staffel.ui.words import whole


class Said(NamedTuple):
    """What a page says of an act: heading while it goes on, when it is done, and the way back after a refusal."""

    heading: str
    done: str
    refused: str


class Going(NamedTuple):
    """How far it is: ``value`` of ``maximum`` for the bar (0 of 0: not known), and both in words."""

    sentence: str
    value: int
    maximum: int
    words: str


def said(errand: Errand) -> Said:
    """Return the words for the act of ``errand``."""
    return {
        Errand.Act.EXAMINE: Said(
            _("Ihre Datei wird geprüft"),
            _("Die Datei ist geprüft. Übernommen ist noch nichts."),
            _("Diese Datei lässt sich so nicht übernehmen"),
        ),
        Errand.Act.RECEIVE: Said(
            _("Das Paket wird übernommen"),
            _("Die Version ist übernommen, so wie sie kam."),
            _("Das Paket ist nicht übernommen"),
        ),
        Errand.Act.TAKE_OVER: Said(
            _("Der Entwurf wird angelegt"),
            _("Der Entwurf enthält jetzt, was Sie hochgeladen haben."),
            _("Es entstand kein Entwurf"),
        ),
        Errand.Act.ADOPT: Said(_("Der Entwurf wird angelegt"), _("Der Entwurf ist angelegt."), _("Es entstand kein Entwurf")),
        Errand.Act.RELEASE: Said(
            _("Die Version wird freigegeben"),
            _("Die Version ist freigegeben und signiert."),
            _("Die Version ist nicht freigegeben"),
        ),
        Errand.Act.MERGE: Said(
            _("Die Zusammenführung wird abgeschlossen"),
            _("Die Zusammenführung ist abgeschlossen. Der Entwurf enthält jetzt beides."),
            _("Die Zusammenführung ist noch offen"),
        ),
    }[errand.act]


def going(errand: Errand) -> Going:
    """Return how far ``errand`` is."""
    if errand.state == Errand.State.WAITING or not errand.step:
        return Going(_("Es geht gleich los."), 0, 0, "")
    numbers = {"done": whole(errand.done), "total": whole(errand.total)}
    sentence, words = {
        Errand.Step.CHECK: (_("Prüfsummen, Signatur und Texte werden geprüft."), _("etwa %(percent)s Prozent")),
        Errand.Step.READ: (_("Die Einheiten werden gelesen."), _("%(done)s von %(total)s Einheiten")),
        Errand.Step.KEEP: (_("Die Dateien werden abgelegt."), _("%(done)s von %(total)s Dateien")),
        Errand.Step.WRITE: (_("Das Ergebnis wird eingetragen. Das ist der letzte Schritt."), ""),
    }[errand.step]
    if not errand.total:
        return Going(sentence, 0, 0, "")
    # The last piece takes a while as well.
    percent = min(99, 100 * errand.done // errand.total)
    return Going(sentence, errand.done, errand.total, words % (numbers | {"percent": percent}))
