from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.municipalities.core.listing import Dates, Directory, Filters, Funded, Row, Sort
from staffel.municipalities.core.places import size_class
from staffel.municipalities.core.search import Area, Kind

DATES = Dates(date(2025, 11, 30), date(2024, 12, 31), None, None, None, None)
LAENDER = [Area(Kind.LAND, code, f"Land {code}", (f"Land {code}",), code, 0) for code in ("01", "12")]


def row(ags, name, population=1000, **more):
    facts = {
        "ags": ags,
        "ars": f"{ags[:5]}0000{ags[5:]}",
        "name": name,
        "official_name": name,
        "second_name": "",
        "kind": "Gemeinde",
        "uninhabited": False,
        "dissolved": False,
        "kreis": ags[:5],
        "kreis_name": ags[:5],
        "kreis_words": f"Kreis {ags[:5]}",
        "land": ags[:2],
        "land_name": f"Land {ags[:2]}",
        "verband": "",
        "verband_name": "",
        "population": population,
        "area_km2": 1.0,
        "postal_code": "",
        "latitude": None,
        "longitude": None,
        "urbanisation": "",
        "region_type": "77",
        "size": size_class(population),
        "funding": (),
        "valid_from": None,
        "valid_to": None,
        "successor": "",
        "dates": DATES,
    }
    return Row(**facts | more)


ROWS = [
    row("12001001", "Zell", 200_000, funding=(("kreis", "P-1"), ("self", "P-2"))),
    row("12001002", "Ärzen", 6_000, region_type="71"),
    row("12002001", "Oelde", 30_000, funding=(("verband", "P-1"),)),
    row("01001001", "Aach", 500),
    row("01001002", "Aach", 500),
    row("12002002", "Forst", 0, uninhabited=True),
    row("12002003", "Altdorf", 300, dissolved=True, valid_to=date(2024, 1, 1), successor="12002001"),
]
DIRECTORY = Directory(ROWS, LAENDER)


def keys(**filters):
    selection = DIRECTORY.select(Filters(**filters))
    return [DIRECTORY.rows[at].ags for at in selection.positions]


def test_count_leaves_out_what_is_no_municipality():
    assert DIRECTORY.count == 5
    assert (DIRECTORY.count_in("land", "12"), DIRECTORY.count_in("kreis", "12002"), DIRECTORY.count_in("kreis", "99")) == (
        3,
        1,
        0,
    )


@pytest.mark.parametrize(
    "sort, expected",
    [
        ("", ["01001001", "01001002", "12001002", "12002001", "12001001"]),
        ("name", ["01001001", "01001002", "12001002", "12002001", "12001001"]),
        ("-name", ["12001001", "12002001", "12001002", "01001002", "01001001"]),
        ("population", ["01001001", "01001002", "12001002", "12002001", "12001001"]),
        ("-population", ["12001001", "12002001", "12001002", "01001002", "01001001"]),
        ("land", ["01001001", "01001002", "12001002", "12002001", "12001001"]),
        ("-land", ["12001001", "12002001", "12001002", "01001002", "01001001"]),
        ("best", ["01001001", "01001002", "12001002", "12002001", "12001001"]),
    ],
)
def test_select_sorts(sort, expected):
    assert keys(sort=sort) == expected
    assert keys(sort=sort, region="77") == [ags for ags in expected if ags != "12001002"]


@pytest.mark.parametrize(
    "filters, expected",
    [
        ({"land": "01"}, ["01001001", "01001002"]),
        ({"kreis": "12002"}, ["12002001"]),
        ({"kreis": "12002", "uninhabited": True}, ["12002002", "12002001"]),
        ({"size": "grossstadt"}, ["12001001"]),
        ({"size": "landgemeinde", "uninhabited": True}, ["01001001", "01001002"]),
        ({"region": "71"}, ["12001002"]),
        ({"funded": Funded.YES}, ["12002001", "12001001"]),
        ({"funded": Funded.SELF}, ["12001001"]),
        ({"funded": Funded.KREIS}, ["12001001"]),
        ({"funded": Funded.VERBAND}, ["12002001"]),
        ({"funded": Funded.NO}, ["01001001", "01001002", "12001002"]),
        ({"land": "01", "size": "grossstadt"}, []),
        ({"land": "99"}, []),
        ({"query": "aac"}, ["01001001", "01001002"]),
        ({"query": "aac", "land": "12"}, []),
        ({"query": "forst"}, []),
        ({"query": "forst", "uninhabited": True}, ["12002002"]),
        ({"query": "altdorf"}, ["12002003"]),
    ],
)
def test_select_filters(filters, expected):
    assert keys(**filters) == expected


def test_select_says_what_it_hides_and_what_it_ignored():
    assert DIRECTORY.select(Filters(query="forst")).hidden == 1
    assert DIRECTORY.select(Filters()).hidden == 1
    assert DIRECTORY.select(Filters(uninhabited=True)).hidden == 0
    assert DIRECTORY.select(Filters(query="z")).too_short is True
    assert DIRECTORY.select(Filters(query="zell")).guessed is False
    assert DIRECTORY.select(Filters(query="oeldf")).guessed is True


def test_page_by_key_there_and_back():
    selection = DIRECTORY.select(Filters())

    first = DIRECTORY.page(selection, Sort.NAME, limit=2)
    second = DIRECTORY.page(selection, Sort.NAME, after=first.after, limit=2)
    third = DIRECTORY.page(selection, Sort.NAME, after=second.after, limit=2)
    back = DIRECTORY.page(selection, Sort.NAME, before=third.before, limit=2)

    assert [[one.name for one in page.rows] for page in (first, second, third)] == [
        ["Aach", "Aach"],
        ["Ärzen", "Oelde"],
        ["Zell"],
    ]
    assert (first.before, first.first, third.after, third.first, third.total) == ("", 1, "", 5, 5)
    assert (second.is_second, third.is_second) == (True, False)
    assert back == second


@pytest.mark.parametrize("sort, rest", [(Sort.NAME, ["Ärzen", "Oelde", "Zell"]), (Sort.NAME_DOWN, ["Aach", "Aach"])])
def test_page_goes_on_where_a_row_stood_that_is_no_longer_in_the_list(sort, rest):
    selection = DIRECTORY.select(Filters(sort=sort))

    assert [one.name for one in DIRECTORY.page(selection, sort, after="12002003").rows] == rest


def test_page_of_an_unknown_key_is_refused():
    with pytest.raises(KeyError):
        DIRECTORY.page(DIRECTORY.select(Filters()), Sort.NAME, after="99999999")


@given(st.sampled_from(list(Sort)), st.integers(1, 7), st.booleans())
def test_pages_together_are_the_list(sort, limit, uninhabited):
    filters = Filters(sort=sort, uninhabited=uninhabited)
    selection = DIRECTORY.select(filters)
    rows, after = [], ""
    while True:
        page = DIRECTORY.page(selection, filters.order, after=after, limit=limit)
        rows += page.rows
        after = page.after
        if not after:
            break

    assert rows == [DIRECTORY.rows[at] for at in selection.positions]


def test_kreise_of_a_land_by_name():
    assert DIRECTORY.kreise_of("12") == [("12001", "Kreis 12001"), ("12002", "Kreis 12002")]


def test_dissolved_kreis_is_no_choice():
    gone = row("12003001", "Früher", dissolved=True, valid_to=date(2024, 1, 1), successor="12001001")
    known = Directory([*ROWS, gone], LAENDER)

    assert known.kreise_of("12") == [("12001", "Kreis 12001"), ("12002", "Kreis 12002")]
    assert "12003" not in known.kreis_names
    assert known.row("12003001").kreis_name == "12003"


def test_row_of_unknown_key_is_none():
    assert DIRECTORY.row("99999999") is None
    assert DIRECTORY.row("12002003").name == "Altdorf"
