from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from staffel.base.rules import RuleBroken
from staffel.municipalities.actions.refresh import refresh_register
from staffel.municipalities.core import rules
from staffel.municipalities.core.official_file import OfficialFile, read_official_file
from staffel.municipalities.core.register import Entry, KreisEntry, Succession, VerbandEntry
from staffel.municipalities.models import Dataset, Kreis, Land, Municipality, Verband
from staffel.municipalities.queries.places import stamp
from staffel.municipalities.queries.register import current_register, loaded_on
from tests.municipalities.official_layout import gv100ad, later, workbook
from tests.municipalities.small_register import LOADED_ON, make_small_register

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)
COUNTED_ON = date(2025, 12, 31)


@pytest.fixture
def register():
    make_small_register()
    return later(current_register(LOADED_ON), ON)


def with_entries(snapshot, *entries, without=()):
    kept = {ags: one for ags, one in snapshot.municipalities.items() if ags not in without}
    return replace(snapshot, municipalities=kept | {one.ags: one for one in entries})


def without_verband(snapshot, *codes):
    return replace(snapshot, verbaende={code: one for code, one in snapshot.verbaende.items() if code not in codes})


def refresh(snapshot, *successions, population_on=COUNTED_ON, accept_many=True, kind="GV100AD"):
    file = OfficialFile(kind, snapshot, None)
    return refresh_register(file, digest="d", successions=successions, population_on=population_on, accept_many=accept_many)


def everything():
    models = (Dataset, Land, Kreis, Verband, Municipality)
    return [list(model.objects.order_by("pk").values()) for model in models]


def refusal(snapshot, *successions, **wishes):
    before = everything()
    with pytest.raises(RuleBroken) as refused:
        refresh(snapshot, *successions, **wishes)
    assert everything() == before
    return refused.value.rule


# What a refresh writes --------------------------------------------------------------------------------------------------


def test_refresh_renames_and_keeps_the_rest_with_its_days(register):
    muster = replace(register.municipalities["12001001"], name="Groß Muster, Stadt", population=1100, position=None)

    refresh(with_entries(register, muster))

    place = Municipality.objects.get(ags="12001001")
    assert (place.name, place.short_name, place.population) == ("Groß Muster, Stadt", "Groß Muster", 1100)
    assert (place.register_on, place.population_on, place.area_on) == (ON, COUNTED_ON, COUNTED_ON)
    assert (place.latitude, place.region_type, place.region_type_on) == (52.83, "73", date(2021, 12, 31))
    assert place.valid_from is None


def test_refresh_confirms_unchanged_places(register):
    before = Municipality.objects.get(ags="12001003")

    refresh(register)

    place = Municipality.objects.get(ags="12001003")
    assert (place.register_on, place.population_on) == (ON, COUNTED_ON)
    assert (place.short_name, place.population) == (before.short_name, before.population)


def test_refresh_sets_days_of_midpoints_only_where_the_file_has_them(register):
    silent = replace(register.municipalities["12001002"], position=None, urbanisation=None)

    refresh(with_entries(register, silent))

    rows = Municipality.objects.order_by("ags").values_list("position_on", "urbanisation_on")
    assert list(rows) == [(ON, ON), (LOADED_ON, LOADED_ON), (ON, ON)]


def test_refresh_dissolves_into_a_successor_on_the_day_before(register):
    merged = without_verband(with_entries(register, without=["12001003"]), "120010003")

    refresh(merged, Succession("12001003", "12001001", date(2026, 1, 1)))

    gone = Municipality.objects.get(ags="12001003")
    assert (gone.valid_to, gone.successor.ags, gone.is_dissolved) == (date(2025, 12, 31), "12001001", True)
    assert gone.register_on == LOADED_ON
    assert Verband.objects.get(code="120010003").valid_to == date(2026, 3, 30)


def test_refresh_without_a_known_day_ends_a_place_before_the_day_of_the_file(register):
    refresh(with_entries(register, without=["12001003"]), Succession("12001003", "12001001"))

    assert Municipality.objects.get(ags="12001003").valid_to == date(2026, 3, 30)


def test_refresh_adds_a_new_place_with_its_days(register):
    new = Entry(
        "12001004", "120015001004", "Neuort / Nowe, Stadt", "63", "12001", "120015001", 5, Decimal("1.50"), "", None, None
    )

    refresh(with_entries(register, new))

    place = Municipality.objects.get(ags="12001004")
    assert (place.short_name, place.second_name, place.kind, place.counted) == ("Neuort", "Nowe", "Stadt", True)
    assert (place.verband.name, place.land.code, place.valid_from) == ("Amt Muster", "12", ON)
    assert (place.register_on, place.population_on, place.area_on) == (ON, COUNTED_ON, COUNTED_ON)
    assert (place.latitude, place.position_on, place.region_type, place.region_type_on) == (None, None, "", None)


def test_refresh_moves_a_place_to_a_new_kreis_under_a_new_key(register):
    """Given a reform that founds a Kreis, the old key ends, the new one begins on the same day, and sums follow."""
    old = register.municipalities["12001003"]
    new = replace(old, ags="12002003", ars="120020003003", kreis="12002")
    state = without_verband(with_entries(register, new, without=[old.ags]), "120010003")
    state = replace(
        state,
        kreise=state.kreise | {"12002": KreisEntry("12002", "Neukreis", "Landkreis", "Neusitz")},
        verbaende=state.verbaende | {"120020003": VerbandEntry("120020003", "12002", "Allein", "Verbandsfreie Gemeinde", "")},
    )

    refresh(state, Succession(old.ags, new.ags, date(2026, 1, 1)))

    place = Municipality.objects.get(ags=new.ags)
    assert (place.kreis.name, place.kreis.valid_from, place.valid_from) == ("Neukreis", ON, date(2026, 1, 1))
    assert list(place.predecessors.values_list("ags", flat=True)) == [old.ags]
    assert list(Kreis.objects.order_by("code").values_list("code", "population", "area_km2", "population_on")) == [
        ("12001", 2000, Decimal("20.00"), COUNTED_ON),
        ("12002", 1000, Decimal("10.00"), COUNTED_ON),
    ]
    assert Land.objects.values_list("population", "area_km2", "population_on").get() == (3000, Decimal("30.00"), COUNTED_ON)


def test_refresh_dissolves_an_amt_into_a_municipality_of_its_own(register):
    state = without_verband(register, "120015001")
    own = [
        replace(register.municipalities[ags], verband=None, ars=f"120010{ags[5:]}{ags[5:]}") for ags in ("12001001", "12001002")
    ]
    rows = {f"120010{n}": VerbandEntry(f"120010{n}", "12001", "Ort", "Verbandsfreie Gemeinde", "") for n in ("001", "002")}
    state = replace(with_entries(state, *own), verbaende=state.verbaende | rows)

    refresh(state, Succession("120015001", "120010001"))

    amt = Verband.objects.get(code="120015001")
    assert (amt.valid_to, amt.successor.code) == (date(2026, 3, 30), "120010001")
    assert not amt.municipalities.exists()


def test_refresh_brings_a_key_back(register):
    refresh(with_entries(register, without=["12001003"]), Succession("12001003", "12001001"))

    refresh(later(register, date(2026, 6, 30)))

    place = Municipality.objects.get(ags="12001003")
    assert (place.valid_from, place.valid_to, place.successor) == (date(2026, 6, 30), None, None)


def test_refresh_takes_no_older_figures(register):
    Municipality.objects.update(population_on=date(2026, 2, 1))
    counted = replace(register.municipalities["12001001"], population=1)

    refresh(with_entries(register, counted))

    place = Municipality.objects.get(ags="12001001")
    assert (place.population, place.population_on, place.register_on) == (1000, date(2026, 2, 1), ON)


def test_refresh_writes_down_the_file_and_changes_the_stamp(register):
    before = stamp()

    refresh(register)

    dataset = Dataset.objects.get(key="register")
    assert (dataset.title, dataset.as_of, dataset.rows, dataset.digest) == (
        "Amtliches Gemeindeverzeichnis (GV100AD)",
        ON,
        3,
        "d",
    )
    assert (loaded_on(), stamp() != before) == (ON, True)


@pytest.mark.parametrize("write", [lambda state: gv100ad(state).encode(), workbook])
def test_refresh_makes_the_register_equal_to_the_file(register, write):
    new = Entry(
        "12001004", "120015001004", "Neuort", "63", "12001", "120015001", 5, Decimal("1.50"), "01234", (52.1, 13.1), "03"
    )
    state = without_verband(with_entries(register, new, without=["12001003"]), "120010003")
    file = read_official_file(write(state), {"12"})

    refresh_register(
        file, digest="d", successions=[Succession("12001003", "12001004")], population_on=COUNTED_ON, accept_many=True
    )

    assert sorted(current_register(ON).municipalities) == ["12001001", "12001002", "12001004"]
    assert current_register(ON).verbaende == state.verbaende
    assert current_register(ON).kreise == state.kreise


# What it refuses, with nothing changed ----------------------------------------------------------------------------------


def test_refresh_refuses_the_same_file_again(register):
    refresh(register)

    assert refusal(register) is rules.NEWER


def test_refresh_refuses_an_older_file(register):
    assert refusal(later(register, date(2025, 10, 31))) is rules.NEWER


def test_refresh_refuses_a_dissolved_place_without_successor(register):
    assert refusal(with_entries(register, without=["12001003"])) is rules.SUCCESSOR_NAMED


def test_refresh_refuses_a_dissolved_amt_without_successor(register):
    alone = [replace(register.municipalities[ags], verband=None) for ags in ("12001001", "12001002")]

    assert refusal(without_verband(with_entries(register, *alone), "120015001")) is rules.SUCCESSOR_NAMED


def test_refresh_refuses_an_unknown_successor(register):
    gone = with_entries(register, without=["12001003"])

    assert refusal(gone, Succession("12001003", "12009999")) is rules.SUCCESSION_FITS


def test_refresh_refuses_that_many_are_gone(register):
    gone = with_entries(register, without=["12001003"])

    assert refusal(gone, Succession("12001003", "12001001"), accept_many=False) is rules.FEW_DISSOLVED


def test_refresh_refuses_figures_without_a_day(register):
    assert refusal(register, population_on=None) is rules.POPULATION_DAY


@pytest.mark.parametrize("day", [date(2026, 4, 1), date(2999, 1, 1)])
def test_refresh_refuses_figures_of_a_day_after_the_file(register, day):
    assert refusal(register, population_on=day) is rules.COUNTED_BEFORE


def test_refresh_refuses_a_change_outside_the_two_states(register):
    gone = with_entries(register, without=["12001003"])

    assert refusal(gone, Succession("12001003", "12001001", date(2025, 1, 1))) is rules.EFFECTIVE_WITHIN
