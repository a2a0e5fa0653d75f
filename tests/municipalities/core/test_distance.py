import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.municipalities.core.distance import EARTH_RADIUS_KM, kilometres

degrees = {"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)}
points = st.tuples(degrees["latitude"], degrees["longitude"])


def test_kilometres_of_one_degree_on_a_meridian():
    assert kilometres(52, 13, 53, 13) == pytest.approx(111.195, abs=0.001)


def test_kilometres_to_the_other_side_of_the_earth():
    assert kilometres(0, 0, 0, 180) == pytest.approx(EARTH_RADIUS_KM * 3.14159265, abs=0.01)


@given(points, points)
def test_kilometres_is_the_same_both_ways_and_never_negative(here, there):
    assert kilometres(*here, *there) == pytest.approx(kilometres(*there, *here), abs=1e-6)
    assert 0 <= kilometres(*here, *there) <= 20_016


@given(points)
def test_kilometres_to_itself_is_zero(here):
    assert kilometres(*here, *here) == 0
