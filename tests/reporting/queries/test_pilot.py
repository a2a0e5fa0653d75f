import pytest

from staffel.reporting.queries.pilot import PilotIndex
from tests.cohorts.factories import make_pilot_cohort, make_seat
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db


def test_index_knows_parts_partners_and_who_lies_inside():
    perleberg, wittenberge = make_municipality("12070296", "Perleberg"), make_municipality("12070424", "Wittenberge")
    panketal = make_municipality("12060181", "Panketal")
    first, second = make_pilot_cohort(1), make_pilot_cohort(2)
    make_seat(first, perleberg, wittenberge, position=8)
    make_seat(second, perleberg)
    make_seat(second, panketal, position=2)

    index = PilotIndex()

    assert [(part.number, [one.name for one in part.partners]) for part in index.parts_of("12070296")] == [
        (1, ["Wittenberge"]),
        (2, []),
    ]
    assert index.staffeln_of("12070296") == "1 und 2"
    assert index.staffeln_of("12060052") == ""
    assert [(one.name, one.staffeln) for one in index.inside("12070")] == [("Perleberg", "1 und 2"), ("Wittenberge", "1")]
    assert [one.name for one in index.inside("12")] == ["Panketal", "Perleberg", "Wittenberge"]


@pytest.mark.parametrize("count", [1, 3])
def test_index_costs_one_query(count, django_assert_num_queries):
    for number in range(1, count + 1):
        make_seat(make_pilot_cohort(number), make_municipality(f"1206005{number}", f"Ort {number}"))

    with django_assert_num_queries(1):
        PilotIndex().inside("12")
