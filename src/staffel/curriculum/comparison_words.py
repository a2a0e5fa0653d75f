"""A comparison of two versions as a page shows it: ``templates/curriculum/_comparison.html`` takes ``View``."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.curriculum.core.comparing import Change, Comparison, Kind, UnitChange
from staffel.curriculum.core.shape import shown
from staffel.curriculum.core.words import GAP, Difference, shortened
from staffel.ui.parts import KeysetPage

# So many changed units stand on one page, and so many words before and after a change.
UNITS = 20
WORDS = 14


class ChangeView(NamedTuple):
    """One difference: where, what happened, its pieces, and all of them where some were left out."""

    label: str
    mark: str
    tone: str
    sentence: str
    pieces: Difference
    whole: Difference = ()


class UnitView(NamedTuple):
    """What happened to one unit; ``text`` is all that a unit says that only one version has, by paragraphs."""

    anchor: str
    title: str
    mark: str
    tone: str
    sentence: str
    text: tuple[str, ...]
    changes: tuple[ChangeView, ...]


class View(NamedTuple):
    """A page of a comparison: what changed in one sentence, then the whole programme, then ``UNITS`` units."""

    sentence: str
    outline: tuple[ChangeView, ...]
    units: tuple[UnitView, ...]
    pages: KeysetPage | None
    numbers: Counter


def view_of(comparison: Comparison, *, page: str | int = 1, address: str = "", skip: Iterable[str] = ("version",)) -> View:
    """Return the page ``page`` (from 1; what is no page is the first); ``address`` is where the others are asked for.

    ``skip`` names fields of the outline that are not shown. All changed units are read, those of the page are kept.
    """
    number = int(page) if str(page).isascii() and str(page).isdigit() else 1
    first = (max(1, number) - 1) * UNITS
    counted: Counter = Counter()
    units = []
    for at, change in enumerate(comparison.units()):
        counted[change.kind] += 1
        if first <= at < first + UNITS:
            units.append(_unit(change, comparison))
    left_out = set(skip)
    outline = tuple(_change(change) for change in comparison.outline if change.place[0] not in left_out)
    total = counted.total()
    return View(
        _sentence(counted, len(outline)),
        outline if first == 0 else (),
        tuple(units),
        _pages(first, total, address) if total > UNITS else None,
        counted,
    )


def _pages(first: int, total: int, address: str) -> KeysetPage:
    number = first // UNITS + 1
    said = {"from": first + 1, "to": min(first + UNITS, total), "all": total}
    return KeysetPage(
        f"{address}?seite={number - 1}" if number > 1 else "",
        f"{address}?seite={number + 1}" if first + UNITS < total else "",
        _("Einheit %(from)s bis %(to)s von %(all)s mit Änderungen") % said,
    )


def _sentence(numbers: Counter, outline: int) -> str:
    said = [
        (Kind.ADDED, ngettext("Eine Einheit ist neu.", "%(n)s Einheiten sind neu.", numbers[Kind.ADDED])),
        (Kind.REMOVED, ngettext("Eine Einheit ist entfallen.", "%(n)s Einheiten sind entfallen.", numbers[Kind.REMOVED])),
        (Kind.CHANGED, ngettext("Eine Einheit ist geändert.", "%(n)s Einheiten sind geändert.", numbers[Kind.CHANGED])),
        (Kind.MOVED, ngettext("Eine Einheit ist verschoben.", "%(n)s Einheiten sind verschoben.", numbers[Kind.MOVED])),
    ]
    sentences = [words % {"n": numbers[kind]} for kind, words in said if numbers[kind]]
    if outline:
        sentences.append(_("Am Programm als Ganzem ist etwas geändert."))
    return " ".join(sentences) or _("Beide Fassungen sind gleich.")


def _unit(change: UnitChange, comparison: Comparison) -> UnitView:
    mark, tone = _marks()[change.kind]
    only_there = {Kind.ADDED: comparison.new, Kind.REMOVED: comparison.old}.get(change.kind)
    return UnitView(
        f"einheit-{change.key}",
        change.title,
        mark,
        tone,
        _moved(change, comparison) if change.kind is Kind.MOVED else "",
        _paragraphs(shown(only_there.unit(change.key))) if only_there else (),
        tuple(map(_change, change.changes)),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(paragraph.strip("\n") for paragraph in text.split("\n\n") if paragraph.strip())


def _moved(change: UnitChange, comparison: Comparison) -> str:
    old, new = change.modules
    if old == new:
        return _("Die Einheit steht in ihrem Modul an einer anderen Stelle.")
    titles = [
        next(module.title for module in outline.modules if module.key == key)
        for outline, key in ((comparison.old.outline, old), (comparison.new.outline, new))
    ]
    return _("Die Einheit stand im Modul „%(old)s“ und steht jetzt im Modul „%(new)s“.") % {"old": titles[0], "new": titles[1]}


def _change(change: Change) -> ChangeView:
    mark, tone = _marks()[change.kind]
    if change.place[-1] == "sha256":
        return ChangeView(change.label, mark, tone, _("Die Datei ist eine andere."), ())
    if change.kind is Kind.MOVED:
        said = {"old": change.old, "new": change.new}
        return ChangeView(change.label, mark, tone, _("Vorher: %(old)s. Jetzt: %(new)s.") % said, ())
    whole = change.words
    short = shortened(whole, WORDS)
    return ChangeView(change.label, mark, tone, "", short, whole if any(step[0] == GAP for step in short) else ())


def _marks() -> dict[Kind, tuple[str, str]]:
    return {
        Kind.ADDED: (_("neu"), "success"),
        Kind.REMOVED: (_("entfallen"), "danger"),
        Kind.MOVED: (_("verschoben"), "info"),
        Kind.CHANGED: (_("geändert"), "neutral"),
    }
