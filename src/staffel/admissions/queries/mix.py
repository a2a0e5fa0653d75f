"""The mix of the places given so far, as bars with their sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.admissions.core.mix import Mix, Share
from staffel.municipalities.core.places import SizeClass
from staffel.ui.parts import Bar


@dataclass(frozen=True)
class Charts:
    """Places given of all places, in numbers and words; and three lists of bars."""

    given: int
    places: int
    words: str
    by_land: tuple[Bar, ...]
    by_size: tuple[Bar, ...]
    by_funding: tuple[Bar, ...]


def mix_charts(mix: Mix, laender: dict[str, str], places: int) -> Charts:
    """Return the bars of a mix. No query."""
    left = max(0, places - mix.places)
    words = _("%(given)s von %(places)s Plätzen sind vergeben.") % {"given": mix.places, "places": places}
    if left:
        words += " " + ngettext("Einer ist noch frei.", "%(left)s sind noch frei.", left) % {"left": left}
    sizes = {size.value: _(size.label) for size in SizeClass}
    funding = {"yes": _("gefördert"), "no": _("nicht gefördert")}
    return Charts(
        given=mix.places,
        places=places,
        words=words,
        by_land=_bars(mix.by_land, laender),
        by_size=tuple(sorted(_bars(mix.by_size, sizes), key=lambda bar: list(sizes.values()).index(bar.label))),
        by_funding=_bars(mix.by_funding, funding),
    )


def _bars(shares: tuple[Share, ...], words: dict[str, str]) -> tuple[Bar, ...]:
    of = _("%(places)s von %(applications)s")
    return tuple(
        Bar(
            words.get(share.key, share.key),
            share.places,
            of % {"places": share.places, "applications": share.applications},
            "accent" if share.places else "quiet",
        )
        for share in shares
    )
