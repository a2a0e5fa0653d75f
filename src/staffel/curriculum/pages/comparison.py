"""What the comparison of two released versions says: two versions to choose, what changed, and what that means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from staffel.curriculum import comparison_words
from staffel.curriculum.core.changes import Weight, change_log, kind_of
from staffel.curriculum.core.comparing import compare, read_once, touched
from staffel.curriculum.core.content import Source
from staffel.curriculum.pages.crumbs import first_crumbs
from staffel.curriculum.queries.versions import VersionLine
from staffel.ui.parts import Crumb, KeysetPage

# Reading and comparing a unit takes up to 10 ms, and everybody may ask: beyond this a page would keep others waiting.
MOST_TOUCHED = 200


@dataclass(frozen=True)
class Chosen:
    """The two versions that are compared, the older one first; ``refusal`` is a sentence that stands there instead."""

    old: VersionLine | None
    new: VersionLine | None
    refusal: str = ""


@dataclass(frozen=True)
class ComparisonPage:
    """The page: ``options`` are (number, words); ``view`` is what ``_comparison.html`` takes, None for a refusal."""

    title: str
    crumbs: list[Crumb]
    action: str
    options: list[tuple[str, str]]
    old: str
    new: str
    refusal: str
    weight: str
    competencies: tuple[str, ...]
    view: comparison_words.View | None

    @property
    def offers_choice(self) -> bool:
        """Whether there are two versions to choose from."""
        return len(self.options) > 1


def chosen(lines: tuple[VersionLine, ...], old: str, new: str) -> Chosen:
    """Return which of the released versions ``lines``, the highest first, are meant by two typed numbers.

    Nothing typed means the two highest; two of them in the wrong order are turned round.
    """
    if len(lines) < 2:
        return Chosen(None, None, _("Bisher ist nur eine Version freigegeben. Ab der zweiten steht hier, was neu ist."))
    if not old and not new:
        return Chosen(lines[1], lines[0])
    by_number = {line.number: place for place, line in enumerate(lines)}
    places = [by_number.get(number) for number in (old, new)]
    if None in places:
        return Chosen(None, None, _("Diese Versionen gibt es hier nicht beide. Bitte wählen Sie zwei aus der Liste."))
    if places[0] == places[1]:
        return Chosen(None, None, _("Das ist zweimal dieselbe Version. Bitte wählen Sie zwei verschiedene."))
    return Chosen(lines[max(places)], lines[min(places)])


def too_many(pair: Chosen) -> Chosen:
    """Return two versions that are not compared now, since somebody has asked for too much in short time."""
    return replace(
        pair, refusal=_("Von hier kamen gerade viele Vergleiche. Bitte versuchen Sie es in einer Minute noch einmal.")
    )


def query_of(asked: Mapping[str, str], pair: Chosen, sources: tuple[Source | None, Source | None]) -> str | None:
    """Return the one spelling of the query for what was asked, so that each page is made once; None for a refusal.

    Opens no unit. What nobody asks for is left out, and a page that is not there is the first.
    """
    old, new = sources
    if not (pair.old and pair.new and old and new):
        return None
    said = {"von": pair.old.number, "bis": pair.new.number} if "von" in asked or "bis" in asked else {}
    page = asked.get("seite", "")
    pages = -(-touched(old, new) // comparison_words.UNITS)
    if page.isascii() and page.isdecimal() and len(page) < 6 and 2 <= int(page) <= pages:
        said["seite"] = str(int(page))
    return urlencode(said)


def comparison_page(
    key: str, lines: tuple[VersionLine, ...], pair: Chosen, sources: tuple[Source | None, Source | None], page: str
) -> ComparisonPage:
    """Return the page of the versions ``pair``; ``sources`` are their content, ``page`` the number of the page of units."""
    old, new, refusal = pair.old, pair.new, pair.refusal
    view, weight, competencies = None, "", ()
    if refusal:
        pass
    elif old and new and None in sources:
        refusal = _("Zu einer dieser Versionen sind keine Texte hinterlegt, die sich vergleichen lassen.")
    elif old and new and touched(*sources) > MOST_TOUCHED:
        refusal = _(
            "Hier sind mehr als %(most)s Einheiten geändert. So viel vergleichen Sie besser mit den beiden Paketen."
        ) % {"most": MOST_TOUCHED}
    elif old and new:
        comparison = read_once(compare(*sources))
        view = _with_numbers(comparison_words.view_of(comparison, page=page), old.number, new.number)
        weight, competencies = _weight(kind_of(comparison)), change_log(comparison).competencies
    return ComparisonPage(
        title=lines[0].title,
        crumbs=[*first_crumbs(), Crumb(lines[0].title, reverse("curriculum:programme", args=[key])), Crumb(_("Vergleich"))],
        action=reverse("curriculum:comparison", args=[key]),
        options=[(line.number, line.number) for line in lines],
        old=old.number if old else lines[-1].number,
        new=new.number if new else lines[0].number,
        refusal=refusal,
        weight=weight,
        competencies=competencies,
        view=view,
    )


def _weight(kind: Weight | None) -> str:
    """Return what a change of this kind means, in a sentence."""
    sentences = {
        Weight.MAJOR: _("Geändert ist, was Menschen danach können oder was zum Abschluss gehört."),
        Weight.MINOR: _("Der Inhalt ist geändert, der Abschluss bleibt derselbe."),
        Weight.PATCH: _("Nur Formulierungen sind geändert."),
    }
    return sentences[kind] if kind else ""


def _with_numbers(view: comparison_words.View, old: str, new: str) -> comparison_words.View:
    """Return ``view`` with addresses of its pages that name both versions."""
    if view.pages is None:
        return view
    asked = f"?von={old}&bis={new}&seite="
    before, after, said = view.pages
    return view._replace(pages=KeysetPage(before.replace("?seite=", asked), after.replace("?seite=", asked), said))
