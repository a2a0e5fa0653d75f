from datetime import date

import pytest

from staffel.cohorts.core.loading import COLUMNS, read_pilot_cohorts
from staffel.municipalities.core.loading import BadRow

HEAD = ",".join(COLUMNS) + "\n"
FIRST = "1,2021-10-27,,1,Perleberg/Wittenberge,12070296,Perleberg,https://example.org/1,2021-10-27,joint entry\n"
SHARED = "1,2021-10-27,,1,Perleberg/Wittenberge,12070424,Wittenberge,https://example.org/1,2021-10-27,joint entry\n"
THIRD = "3,2022-11,2022-12,1,Zeuthen,12061572,Zeuthen,https://example.org/3,2022-11,\n"
KNOWN = {"12070296", "12070424", "12061572"}


def read(rows=FIRST + SHARED + THIRD):
    return read_pilot_cohorts(HEAD + rows, KNOWN)


def test_shared_seat_is_one_seat_of_two_municipalities():
    first, third = read()

    assert [(seat.position, seat.name, seat.municipalities) for seat in first.seats] == [
        (1, "Perleberg/Wittenberge", ("12070296", "12070424"))
    ]
    assert [seat.municipalities for seat in third.seats] == [("12061572",)]


def test_dates_are_no_more_exact_than_the_source():
    first, third = read()

    assert (first.starts_on, first.start_precision, first.ends_on, first.end_precision) == (date(2021, 10, 27), "day", None, "")
    assert (third.starts_on, third.start_precision) == (date(2022, 11, 1), "month")
    assert (third.ends_on, third.end_precision, third.published_on) == (date(2022, 12, 1), "month", "2022-11")


def test_total_of_the_third_is_marked_as_inferred():
    assert [(row.qualified_total, row.qualified_is_inferred) for row in read()] == [(15, False), (45, True)]


@pytest.mark.parametrize(
    "rows, column, value",
    [
        (FIRST.replace("12070296", "12999999"), "ags", "12999999"),
        (FIRST + FIRST, "ags", "12070296"),
        (FIRST + SHARED.replace("2021-10-27,,", "2021-10-28,,"), "cohort", "1"),
        (FIRST + SHARED.replace("Perleberg/", "Anders/"), "list_no", "1"),
        (FIRST.replace("1,2021", "4,2021"), "cohort", "4"),
        (FIRST.replace("2021-10-27,,", "27.10.2021,,"), "start_date", "27.10.2021"),
        (FIRST.replace("https://", "ftp://"), "source_url", "ftp://example.org/1"),
    ],
)
def test_bad_row_is_refused(rows, column, value):
    with pytest.raises(BadRow) as refusal:
        read(rows)

    assert (refusal.value.file, refusal.value.column, refusal.value.value) == ("pilot_cohorts.csv", column, value)
