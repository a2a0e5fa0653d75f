from datetime import date

import pytest

from staffel.cohorts import queries
from tests.cohorts.factories import make_pilot_cohort, make_seat
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db


def make_pilot():
    """Make two Staffeln: Perleberg shares a seat in the first and has its own in the second."""
    perleberg, wittenberge = make_municipality("12070296", name="Perleberg"), make_municipality("12070424", name="Wittenberge")
    first = make_pilot_cohort()
    second = make_pilot_cohort(
        2,
        qualified_total=29,
        qualified_is_inferred=True,
        starts_on=date(2022, 5, 1),
        start_precision="month",
        ends_on=date(2022, 6, 1),
        end_precision="month",
        published_on="2022-11",
    )
    make_seat(first, wittenberge, perleberg)
    make_seat(second, perleberg)
    return perleberg, wittenberge


def test_pilot_cohorts_tell_dates_as_published_and_mark_what_is_inferred():
    make_pilot()

    first, second = queries.pilot_cohorts()

    assert (first.period, first.published) == ("ab 27. Oktober 2021", "27. Oktober 2021")
    assert (second.period, second.published) == ("Mai bis Juni 2022", "November 2022")
    assert [(one.qualified, one.qualified_total, one.qualified_is_inferred) for one in (first, second)] == [
        (15, 15, False),
        (14, 29, True),
    ]
    (seat,) = first.seats
    assert (seat.is_shared, [place.name for place in seat.municipalities]) == (True, ["Perleberg", "Wittenberge"])
    assert (first.municipalities, second.municipalities, second.seats[0].is_shared) == (2, 1, False)


@pytest.mark.parametrize(
    "facts, words",
    [
        ({"start_precision": "month"}, "Oktober 2021"),
        ({"ends_on": date(2021, 12, 1), "end_precision": "month"}, "27. Oktober 2021 bis Dezember 2021"),
        ({"start_precision": "month", "ends_on": date(2022, 1, 1), "end_precision": "month"}, "Oktober 2021 bis Januar 2022"),
    ],
)
def test_period_is_no_more_exact_than_the_source(facts, words):
    make_pilot_cohort(**facts)

    assert queries.pilot_cohorts()[0].period == words


@pytest.mark.parametrize("count", [1, 3])
def test_pilot_cohorts_cost_three_queries(count, django_assert_num_queries):
    for number in range(1, count + 1):
        make_seat(make_pilot_cohort(number), make_municipality(f"1207000{number}"))

    with django_assert_num_queries(3):
        assert len(queries.pilot_cohorts()) == count
    with django_assert_num_queries(1):
        assert len(queries.pilot_municipalities()) == count
    with django_assert_num_queries(3):
        assert queries.pilot_figures().municipalities == count


def test_staffeln_of_a_municipality(django_assert_num_queries):
    perleberg, wittenberge = make_pilot()

    with django_assert_num_queries(1):
        assert queries.staffeln_of(perleberg) == (1, 2)
    assert queries.staffeln_of(wittenberge) == (1,)
    assert queries.staffeln_of(make_municipality()) == ()


def test_pilot_municipalities_carry_the_numbers_of_their_staffeln():
    make_pilot()
    make_municipality()

    found = queries.pilot_municipalities()

    assert [(place.name, place.staffeln, place.path, place.latitude) for place in found] == [
        ("Perleberg", (1, 2), "/kommunen/12070296/", 52.83),
        ("Wittenberge", (1,), "/kommunen/12070424/", 52.83),
    ]


def test_pilot_figures_count_a_shared_seat_once():
    make_pilot()

    assert queries.pilot_figures() == queries.PilotFigures(staffeln=2, people=29, seats=2, shared_seats=1, municipalities=2)


def test_pilot_figures_are_zero_before_the_lists_are_loaded():
    assert queries.pilot_figures() == queries.PilotFigures(staffeln=0, people=0, seats=0, shared_seats=0, municipalities=0)
