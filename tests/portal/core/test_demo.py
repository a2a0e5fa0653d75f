from collections import Counter
from datetime import date, timedelta

import pytest

from staffel.portal.core import demo
from staffel.portal.core.demo import Candidate, applications, first_day, spread

LAENDER = [f"{land:02d}" for land in range(1, 17)]


def candidates(each=5, population=8_000, funded=False):
    return [
        Candidate(f"{land}{number + 900 * funded:06d}", land, population, funded) for land in LAENDER for number in range(each)
    ]


def test_spread_takes_as_many_from_each_land_as_it_can():
    chosen = spread(candidates(), 40, salt="x")

    assert len(chosen) == 40
    assert set(Counter(one.land for one in chosen).values()) == {2, 3}


def test_spread_gives_the_same_for_the_same_register_in_any_order():
    assert spread(candidates(), 40, salt="x") == spread(reversed(candidates()), 40, salt="x")
    assert spread(candidates(), 40, salt="x") != spread(candidates(), 40, salt="y")


def test_spread_leaves_out_the_smallest_and_keeps_the_funded_apart():
    small, funded = candidates(1, population=1_499), candidates(1, funded=True)

    assert spread(small + funded, 5, salt="x") == []
    assert {one.funded for one in spread(small + funded, 5, salt="x", funded=True)} == {True}


def test_applications_are_one_for_each_municipality_but_for_shared_seats():
    sent = applications(candidates()[:40], candidates(1, funded=True)[:3])
    shared = [one for one in sent if one.partner]

    assert [one.number for one in sent] == list(range(1, len(sent) + 1))
    assert len(sent) + len(shared) == 43
    assert len(shared) == 3
    assert len({one.ags for one in sent} | {one.partner for one in shared}) == 43
    assert Counter(one.state for one in sent) == {"released": 32, "submitted": 4, "refused": 2, "withdrawn": 2}


def test_invented_people_look_invented():
    names = {one.name for one in applications(candidates()[:40], [])}

    assert {name.split()[0] for name in names} == {"Beispielperson"}
    assert len(names) == 37


def test_baselines_stay_on_the_scale():
    assert {answer for one in applications(candidates()[:40], []) for answer in one.baseline} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("offset", range(7))
def test_first_day_leaves_four_mornings_behind(offset):
    today = date(2026, 11, 23) + timedelta(days=offset)
    first = first_day(today, (1, 3), 4)
    over = [day for day in (first + timedelta(days=n) for n in range((today - first).days)) if day.weekday() in (1, 3)]

    assert first.weekday() in (1, 3)
    assert len(over) == 4


def test_the_demo_has_no_sentence_twice():
    assert len(set(demo.MOTIVATIONS)) == len(demo.MOTIVATIONS)
