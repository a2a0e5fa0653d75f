"""Which days are free: public holidays of the Länder concerned and the cohort's own days off."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

# How ISO 3166-2 calls the Länder, by their official keys.
ISO = dict(
    zip(
        [f"{number:02d}" for number in range(1, 17)],
        ["SH", "HH", "NI", "HB", "NW", "HE", "RP", "BW", "BY", "SL", "BE", "BB", "MV", "SN", "ST", "TH"],
        strict=True,
    )
)


@lru_cache(maxsize=256)
def _holidays(land: str, year: int) -> Mapping[date, str]:
    # Takes 0.1 s to import: only who plans dates pays for it.
    import holidays  # noqa: PLC0415

    return dict(holidays.country_holidays("DE", subdiv=ISO.get(land), years=year, language="de"))


def public_holidays(laender: Iterable, years: Iterable[int]) -> dict[date, str]:
    """Return the public holidays of ``years`` with their names; with a name of a Land in brackets where not all have it.

    Without ``laender`` those that hold in all of Germany. No query.
    """
    known = [(land.code, land.name) for land in laender]
    found: dict[date, str] = {}
    for year in sorted(set(years)):
        everywhere = _holidays("", year)
        found |= everywhere
        regional: dict[tuple[date, str], list[str]] = {}
        for code, name in sorted(known, key=lambda one: one[1]):
            for day, holiday in _holidays(code, year).items():
                if day not in everywhere:
                    regional.setdefault((day, holiday), []).append(name)
        for (day, holiday), names in regional.items():
            found[day] = _("%(holiday)s (%(laender)s)") % {"holiday": holiday, "laender": ", ".join(names)}
    return found


def free_days(laender: Iterable, days_off: Iterable[tuple[date, date, str]], first_day: date) -> dict[date, str]:
    """Return every free day of the three years from ``first_day`` on with its reason; an own day off goes before a holiday.

    ``days_off`` are first day, last day and reason. No query beside those of ``laender``.
    """
    found = public_holidays(laender, range(first_day.year, first_day.year + 3))
    for first, last, reason in days_off:
        for number in range((last - first).days + 1):
            found[first + timedelta(days=number)] = reason
    return found
