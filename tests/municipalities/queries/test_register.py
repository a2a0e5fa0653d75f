from datetime import date

import pytest

from staffel.municipalities.core.official_file import OfficialFile
from staffel.municipalities.models import Municipality, Verband
from staffel.municipalities.queries import register
from tests.municipalities.official_layout import later
from tests.municipalities.small_register import LOADED_ON, make_place, make_small_register

pytestmark = pytest.mark.django_db


def test_loaded_on_is_none_before_the_first_load():
    assert register.loaded_on() is None


@pytest.mark.parametrize("more", [0, 2])
def test_current_register_costs_three_queries(more, django_assert_num_queries):
    make_small_register()
    for number in range(more):
        make_place(f"1200101{number}", f"Ort {number}")

    with django_assert_num_queries(3):
        snapshot = register.current_register(LOADED_ON)

    assert len(snapshot.municipalities) == 3 + more
    assert (snapshot.municipalities["12001001"].verband, snapshot.municipalities["12001003"].verband) == ("120015001", None)


def test_current_register_leaves_out_what_is_dissolved_or_has_no_key():
    make_small_register()
    Municipality.objects.filter(ags="12001003").update(valid_to=date(2025, 12, 31))
    Verband.objects.create(name="Verband Muster", kind="Regionalverband")

    snapshot = register.current_register(LOADED_ON)

    assert list(snapshot.municipalities) == ["12001001", "12001002"]
    assert sorted(snapshot.verbaende) == ["120010003", "120015001"]


def test_preview_costs_four_queries_and_is_empty_for_the_same_state(django_assert_num_queries):
    make_small_register()
    file = OfficialFile("GV100AD", later(register.current_register(LOADED_ON)), None)

    with django_assert_num_queries(4):
        preview = register.preview(file, LOADED_ON, date(2025, 12, 31))

    assert [(level.new, level.dissolved, level.changed) for level in preview.change.levels()] == [((), (), ())] * 3
    assert preview.takes_figures


def test_preview_takes_no_figures_of_an_earlier_day():
    make_small_register()
    file = OfficialFile("GV100AD", later(register.current_register(LOADED_ON)), None)

    assert register.preview(file, LOADED_ON, date(2023, 12, 31)).takes_figures is False
