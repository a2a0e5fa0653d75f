from datetime import date

import pytest

from staffel.cohorts.queries.free_days import free_days, public_holidays
from staffel.municipalities.models import Land


def land(code, name):
    """Return a Land that is not in the database."""
    return Land(code=code, name=name)


BRANDENBURG, SACHSEN, BERLIN = land("12", "Brandenburg"), land("14", "Sachsen"), land("11", "Berlin")


def test_holidays_of_all_of_germany_without_a_land():
    found = public_holidays([], [2026])

    assert (found[date(2026, 10, 3)], date(2026, 10, 31) in found, len(found)) == ("Tag der Deutschen Einheit", False, 9)


def test_regional_holidays_name_their_laender():
    found = public_holidays([SACHSEN, BRANDENBURG, BERLIN], [2026])

    assert found[date(2026, 10, 31)] == "Reformationstag (Brandenburg, Sachsen)"
    assert found[date(2026, 3, 8)] == "Frauentag (Berlin)"
    assert found[date(2026, 5, 1)] == "Erster Mai"


@pytest.mark.parametrize("number", range(1, 17))
def test_every_land_has_its_holidays(number):
    assert len(public_holidays([land(f"{number:02d}", "Land")], [2026])) >= 9


def test_own_days_off_go_before_holidays():
    found = free_days([BRANDENBURG], [(date(2026, 12, 24), date(2026, 12, 26), "Weihnachten im Büro")], date(2026, 10, 1))

    assert [found[date(2026, 12, day)] for day in (24, 25, 26)] == ["Weihnachten im Büro"] * 3
    assert found[date(2028, 1, 1)] == "Neujahr"
