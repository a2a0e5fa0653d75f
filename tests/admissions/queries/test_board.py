import pytest

from staffel.accounts.core.roles import Role
from staffel.admissions.core.board import BoardFilters, Sort
from staffel.admissions.models import Decision
from staffel.admissions.queries import board
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.admissions.factories import make_application, make_call
from tests.municipalities.factories import make_kreis, make_land, make_municipality, make_project

pytestmark = pytest.mark.django_db


def decided(application, kind="place", **facts):
    return Decision.objects.create(application=application, call=application.call, kind=kind, reason="Weil.", **facts)


def three_towns():
    """Ähnlich (small, place), Berg (funded), Zell in Saxony (large, undecided)."""
    call = make_call(state="closed")
    saxony = make_kreis("14521", "Erzgebirgskreis", land=make_land("14", "Sachsen"))
    towns = [
        make_municipality("14521001", "Zell", population=30_000, kreis=saxony),
        make_municipality("12060002", "Berg", population=900),
        make_municipality("12060001", "Ähnlich", population=6_000),
    ]
    make_project(municipality=towns[1])
    zell, berg, same = (make_application(call, number, municipality=town) for number, town in enumerate(towns, start=1))
    decided(same)
    return call, zell, berg, same


def shown(call, person=None, **filters):
    known = board.known_of(call)
    return [line.place for line in board.lines(board.found(call, person or make_emil(), BoardFilters(**filters), known), known)]


@pytest.mark.parametrize("filters, expected", [
    ({}, ["Zell", "Berg", "Ähnlich"]),
    ({"query": "ell"}, ["Zell"]),
    ({"query": "beispiel 2"}, ["Berg"]),
    ({"land": "14"}, ["Zell"]),
    ({"size": "landgemeinde"}, ["Berg"]),
    ({"funded": "ja"}, ["Berg"]),
    ({"funded": "nein"}, ["Zell", "Ähnlich"]),
    ({"eligible": "ja"}, ["Zell", "Ähnlich"]),
    ({"eligible": "nein"}, ["Berg"]),
    ({"decided": "offen"}, ["Zell", "Berg"]),
    ({"decided": "place"}, ["Ähnlich"]),
    ({"state": "refused"}, []),
    ({"sort": Sort.NAME}, ["Ähnlich", "Berg", "Zell"]),
    ({"sort": Sort.NAME_DOWN}, ["Zell", "Berg", "Ähnlich"]),
    ({"sort": Sort.LAND_DOWN}, ["Zell", "Berg", "Ähnlich"]),
    ({"sort": Sort.SIZE}, ["Berg", "Ähnlich", "Zell"]),
])  # fmt: skip
def test_the_board_is_narrowed_down_and_sorted(filters, expected):
    assert shown(three_towns()[0], **filters) == expected


def test_a_line_says_what_a_decision_needs():
    call, _zell, berg, same = three_towns()
    known = board.known_of(call)
    _first, second, third = board.lines(board.found(call, make_emil(), BoardFilters(), known), known)

    assert (second.public_id, second.path) == (berg.public_id, f"/buero/bewerbungen/{berg.public_id}/")
    assert (second.land, second.size, second.funded, second.state) == (
        "Brandenburg",
        "Landgemeinde",
        "gefördert",
        "freigegeben",
    )
    assert (second.eligible, second.why, second.decision) == (
        False,
        "Berg wird von einem Modellprojekt gefördert. Modellprojekt „Smarte Stadt“ (MPSC-2019-01).",
        "",
    )
    assert (third.public_id, third.eligible, third.why, third.decision, third.reason) == (
        same.public_id,
        True,
        "",
        "Platz",
        "Weil.",
    )


def test_a_shared_seat_names_both_and_counts_as_funded_through_either():
    call = make_call(state="closed")
    funded = make_municipality("12060002", "Berg")
    make_project(municipality=funded)
    make_application(call, municipality=make_municipality("12060001", "Alt"), partner=funded)
    known = board.known_of(call)
    (line,) = board.lines(board.found(call, make_emil(), BoardFilters(), known), known)

    assert (line.place, line.funded, line.eligible) == ("Alt und Berg", "gefördert", False)
    assert shown(call, funded="ja") == ["Alt und Berg"]
    assert shown(call, query="Berg") == ["Alt und Berg"]


def test_counts_say_what_fits_what_is_open_and_how_the_places_spread():
    call, _zell, _berg, _same = three_towns()
    counts = board.counts(call, make_emil(), BoardFilters(land="12"), board.known_of(call))

    assert (counts.total, counts.found, counts.undecided) == (3, 2, 2)
    assert board.count_words(counts) == "2 von 3 Bewerbungen"
    assert (counts.mix.places, counts.mix.applications) == (1, 3)
    assert [(share.key, share.places, share.applications) for share in counts.mix.by_land] == [("12", 1, 2), ("14", 0, 1)]
    by_size = [(share.key, share.places) for share in counts.mix.by_size]
    assert by_size == [("kleinstadt", 1), ("landgemeinde", 0), ("mittelstadt", 0)]
    assert [(share.key, share.places) for share in counts.mix.by_funding] == [("no", 1), ("yes", 0)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_whole_board_costs_four_queries(count, django_assert_num_queries):
    call, emil = make_call(state="closed"), make_emil()
    for number in range(count):
        make_application(call, number + 1)
    assert emil.acting

    with django_assert_num_queries(4):
        known = board.known_of(call)
        counts = board.counts(call, emil, BoardFilters(), known)
        page = board.page_of(board.found(call, emil, BoardFilters(), known), "1", counts.found)
        assert len(board.lines(page.object_list, known)) == count


def test_a_page_has_fifty_rows_and_a_strange_number_is_answered():
    call, emil = make_call(state="closed"), make_emil()
    for number in range(51):
        make_application(call, number + 1)
    known = board.known_of(call)
    rows = board.found(call, emil, BoardFilters(), known)

    assert [len(board.page_of(rows, number, 51).object_list) for number in ("1", "2", "x", "99", None)] == [50, 1, 50, 1, 50]


def test_a_land_sees_its_own_applications_only():
    call, _zell, _berg, _same = three_towns()
    ministry = make_organisation("Ministerium")
    dilek = make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=ministry)
    saxony = make_land("14", "Sachsen")
    saxony.organisation = ministry
    saxony.save()

    assert shown(call, dilek) == ["Zell"]
    assert board.counts(call, dilek, BoardFilters(), board.known_of(call)).total == 1


def test_drafts_are_on_no_board():
    call = make_call(state="open")
    make_application(call, state="draft")

    assert shown(call) == []


def test_a_file_has_the_same_rows():
    call, _zell, berg, _same = three_towns()
    known = board.known_of(call)
    rows = list(board.cells(board.iterate(board.found(call, make_emil(), BoardFilters(eligible="nein"), known), known)))

    assert len(rows) == 1
    assert len(rows[0]) == len(board.columns())
    assert rows[0][:3] == (berg.public_id, "Berg", "Beispiel 2")
