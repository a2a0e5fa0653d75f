"""The words of a programme's pages: lengths, licences, kinds of files, levels and forms as people read them."""

from pathlib import PurePosixPath

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from staffel.curriculum.core.content import Artefact, Form, Item, ItemKind, Level
from staffel.curriculum.core.shape import WORDS
from staffel.ui import words

# Of an SPDX identifier: how it is called in short and in full, and where a person can read it.
LICENCES = {
    "CC-BY-4.0": (
        "CC BY 4.0",
        "Creative Commons Namensnennung 4.0 (CC BY 4.0)",
        "https://creativecommons.org/licenses/by/4.0/deed.de",
    ),
    "CC-BY-SA-4.0": (
        "CC BY-SA 4.0",
        "Creative Commons Namensnennung, Weitergabe unter gleichen Bedingungen 4.0 (CC BY-SA 4.0)",
        "https://creativecommons.org/licenses/by-sa/4.0/deed.de",
    ),
    "CC0-1.0": (
        "CC0 1.0",
        "Creative Commons Zero 1.0 (CC0), ohne Bedingungen",
        "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
    ),
    "DL-DE-BY-2.0": (
        "DL-DE BY 2.0",
        "Datenlizenz Deutschland, Namensnennung 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
    ),
    "DL-DE-ZERO-2.0": ("DL-DE Zero 2.0", "Datenlizenz Deutschland Zero 2.0", "https://www.govdata.de/dl-de/zero-2-0"),
}
LEVELS = {
    Level.REMEMBER: gettext_lazy("Erinnern"),
    Level.UNDERSTAND: gettext_lazy("Verstehen"),
    Level.APPLY: gettext_lazy("Anwenden"),
    Level.ANALYSE: gettext_lazy("Analysieren"),
    Level.EVALUATE: gettext_lazy("Bewerten"),
    Level.CREATE: gettext_lazy("Entwickeln"),
}
FORMS = {
    Form.ALONE: gettext_lazy("allein"),
    Form.PAIRS: gettext_lazy("zu zweit"),
    Form.GROUPS: gettext_lazy("in Gruppen"),
    Form.PLENARY: gettext_lazy("im Plenum"),
}
ITEMS = {
    ItemKind.SINGLE: gettext_lazy("Eine Antwort ist richtig."),
    ItemKind.MULTIPLE: gettext_lazy("Eine oder mehrere Antworten sind richtig."),
    ItemKind.ORDER: gettext_lazy("Bringen Sie die Schritte in die richtige Reihenfolge."),
    ItemKind.MATCH: gettext_lazy("Ordnen Sie zu, was zusammengehört."),
    ItemKind.GAP: gettext_lazy("Ergänzen Sie das fehlende Wort."),
}
ARTEFACTS = {each: gettext_lazy(WORDS[each]) for each in Artefact}
LANGUAGES = {
    "de": gettext_lazy("Deutsch"),
    "de-x-leicht": gettext_lazy("Leichte Sprache"),
    "en": gettext_lazy("Englisch"),
    "fr": gettext_lazy("Französisch"),
}
# What people call a kind of file; any other is named by the ending of its name.
FILES = {
    ".pdf": "PDF", ".odt": "ODT", ".ods": "ODS", ".odp": "ODP", ".docx": "DOCX", ".xlsx": "XLSX", ".pptx": "PPTX",
    ".csv": "CSV", ".md": "Markdown", ".txt": "Text", ".svg": "SVG", ".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG",
    ".webp": "WebP", ".zip": "ZIP",
}  # fmt: skip


def hours(minutes: int) -> str:
    """Return a length in words: ``4 Stunden``, ``1 Stunde``, ``1,5 Stunden``."""
    if minutes % 60 == 0:
        return ngettext("%(hours)s Stunde", "%(hours)s Stunden", minutes // 60) % {"hours": words.whole(minutes // 60)}
    return _("%(hours)s Stunden") % {"hours": bare_hours(minutes)}


def bare_hours(minutes: int) -> str:
    """Return the number of hours alone: ``6,4``."""
    return words.whole(minutes // 60) if minutes % 60 == 0 else words.fraction(minutes / 60, 1)


def in_minutes(minutes: int) -> str:
    """Return a short length: ``1 Minute``, ``45 Minuten``."""
    return ngettext("%(count)s Minute", "%(count)s Minuten", minutes) % {"count": words.whole(minutes)}


def clock(minutes: int) -> str:
    """Return minutes since midnight as a time of day: ``9:05``, ``0:30`` after midnight."""
    return f"{minutes // 60 % 24}:{minutes % 60:02}"


def licence(identifier: str) -> tuple[str, str, str]:
    """Return how a licence is called in short and in full, and where it is read; an unknown one is called as it is."""
    return LICENCES.get(identifier, (identifier, identifier, ""))


def file_kind(name: str) -> str:
    """Return what people call this kind of file: ``PDF``; the ending of the name where it is not known."""
    ending = PurePosixPath(name).suffix.lower()
    return FILES.get(ending, ending.removeprefix(".").upper() or _("Datei"))


def size(count: int) -> str:
    """Return a number of bytes in words: ``1,2 MB``."""
    return filesizeformat(count)


def language(tag: str) -> str:
    """Return the name of a language, or its tag."""
    return str(LANGUAGES.get(tag, tag))


def groups(digest: str) -> list[str]:
    """Return the digits of a fingerprint four at a time, as two people compare it on the telephone."""
    return [digest[start : start + 4] for start in range(0, len(digest), 4)]


def level(reaches: int) -> str:
    """Return a level of a competency in words that stay in one line: ``Stufe 2``."""
    return _("Stufe\N{NO-BREAK SPACE}%(level)s") % {"level": reaches}


def kind_of(item: Item) -> str:
    """Return what is asked for, as one sentence."""
    return str(ITEMS[item.kind])


def qualities(count: int) -> list[str]:
    """Return the heads of a rubric with ``count`` qualities, the weakest first."""
    heads = {
        2: [_("noch nicht erreicht"), _("erreicht")],
        3: [_("noch nicht erreicht"), _("erreicht"), _("übertroffen")],
        4: [_("nicht erreicht"), _("teilweise"), _("erreicht"), _("übertroffen")],
    }
    return heads.get(count, [str(number) for number in range(1, count + 1)])
