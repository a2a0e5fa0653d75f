"""The published lists of the three pilot Staffeln as checked rows. Pure: text in, frozen dataclasses out."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from staffel.base.rules import N_
from staffel.municipalities.core.loading import Line, read_lines

FILE = "pilot_cohorts.csv"
COLUMNS = (
    "cohort",
    "start_date",
    "end_date",
    "list_no",
    "name_in_source",
    "ags",
    "name_short",
    "source_url",
    "source_date",
    "note",
)

QUALIFIED_TOTAL = {1: 15, 2: 29, 3: 45}
"""People qualified in all after each Staffel: published; 45 for the programme as a whole."""
QUALIFIED_INFERRED = (3,)
"""Staffeln whose total is not published for them by name, but follows from the published totals (29 + 16 = 45)."""
PUBLISHED_ON = date(2022, 11, 30)
"""The month of the latest of the three lists."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One entry of a list: ``municipalities`` are one AGS, or two where the seat was shared."""

    position: int
    name: str
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One Staffel. Where only the month is published, the date is its first day and the precision ``month``."""

    number: int
    starts_on: date
    start_precision: str
    ends_on: date | None
    end_precision: str
    published_on: str
    source: str
    qualified_total: int
    qualified_is_inferred: bool
    seats: tuple[SeatRow, ...]


def read_pilot_cohorts(text: str, municipalities: Collection[str]) -> tuple[CohortRow, ...]:
    """Return the Staffeln in ``text``, by number; ``municipalities`` are the known keys. Raises BadRow."""
    heads: dict[int, tuple] = {}
    names: dict[tuple[int, int], str] = {}
    seats: dict[int, dict[int, list[str]]] = {}
    for line in read_lines(FILE, text, COLUMNS):
        number = line.number("cohort", 1, len(QUALIFIED_TOTAL))
        head = (
            *_day_or_month(line, "start_date"),
            *_day_or_month(line, "end_date", blank=True),
            line.words("source_date", 10),
            line.address("source_url", 300),
        )
        if heads.setdefault(number, head) != head:
            raise line.refuse("cohort", N_("steht in zwei Zeilen mit verschiedenen Angaben zur Staffel."))
        position = line.number("list_no", 1, 99)
        name = line.words("name_in_source", 100)
        if names.setdefault((number, position), name) != name:
            raise line.refuse("list_no", N_("trägt zwei verschiedene Namen."))
        holders = seats.setdefault(number, {}).setdefault(position, [])
        ags = line.one_of("ags", municipalities, what="Kommune")
        if ags in holders:
            raise line.refuse("ags", N_("kommt zweimal vor."))
        holders.append(ags)
    return tuple(
        CohortRow(
            number,
            *heads[number],
            qualified_total=QUALIFIED_TOTAL[number],
            qualified_is_inferred=number in QUALIFIED_INFERRED,
            seats=tuple(
                SeatRow(position, names[number, position], tuple(holders))
                for position, holders in sorted(seats[number].items())
            ),
        )
        for number in sorted(heads)
    )


def _day_or_month(line: Line, column: str, *, blank: bool = False) -> tuple[date | None, str]:
    value = line.words(column, 10, blank=blank)
    if not value:
        return None, ""
    precision = "day" if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) else "month"
    try:
        return date.fromisoformat(value if precision == "day" else f"{value}-01"), precision
    except ValueError:
        raise line.refuse(column, N_("ist weder ein Tag (2021-10-27) noch ein Monat (2022-05).")) from None
