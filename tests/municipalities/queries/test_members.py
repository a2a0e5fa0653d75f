"""What a project reached is still reached when the register dissolves a place: municipality, Kreis, Verband."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from staffel.municipalities.actions.refresh import refresh_register
from staffel.municipalities.core.official_file import OfficialFile
from staffel.municipalities.core.register import Entry, KreisEntry, Succession, VerbandEntry
from staffel.municipalities.models import FundedMember, Kreis, Municipality, Verband
from staffel.municipalities.queries import funding, listing, mapped, search
from staffel.municipalities.queries.members import standing_members
from staffel.municipalities.queries.places import land_facts
from staffel.municipalities.queries.register import current_register, loaded_on
from tests.municipalities.factories import make_project
from tests.municipalities.official_layout import later
from tests.municipalities.small_register import make_small_register

pytestmark = pytest.mark.django_db
MUSTER, NEBEN, ALLEIN = "12001001", "12001002", "12001003"


@pytest.fixture(autouse=True)
def register():
    make_small_register()


def refresh(on, *successions, new=(), gone=(), verbaende=(), no_verbaende=(), kreise=(), no_kreise=()):
    state = later(current_register(loaded_on()), on)
    state = replace(
        state,
        municipalities={key: one for key, one in state.municipalities.items() if key not in gone} | {e.key: e for e in new},
        verbaende={key: one for key, one in state.verbaende.items() if key not in no_verbaende} | {e.key: e for e in verbaende},
        kreise={key: one for key, one in state.kreise.items() if key not in no_kreise} | {e.key: e for e in kreise},
    )
    file = OfficialFile("GV100AD", state, None)
    pairs = [Succession(*pair) for pair in successions]
    refresh_register(file, digest="d", successions=pairs, population_on=date(2025, 12, 31), accept_many=True)
    search.forget()


def dissolve(ags, into, on=date(2026, 3, 31)):
    refresh(on, (ags, into), gone=[ags], no_verbaende=[f"{ags[:5]}0{ags[5:]}"])


def place(ags):
    return Municipality.objects.get(ags=ags)


def reached(ags):
    """What the page, the list and the map say about a municipality."""
    page = [(one.through, one.body) for one in funding.funding_of(place(ags))]
    return page, search.directory().row(ags).funding, sum(body.ags == ags for body in mapped.funded_bodies())


def test_member_that_exists_is_itself_in_one_query(django_assert_num_queries):
    make_project(municipality=place(ALLEIN))

    with django_assert_num_queries(1):
        (member,) = standing_members()

    assert (member.named, member.today.code, member.line) == (member.today, ALLEIN, {("municipality", place(ALLEIN).pk)})


def test_project_of_a_dissolved_municipality_goes_on_in_its_successor(django_assert_num_queries):
    make_project("P-1", municipality=place(ALLEIN))

    dissolve(ALLEIN, MUSTER)

    assert reached(MUSTER) == ([("self", "Allein (heute Muster)")], (("self", "P-1"),), 1)
    assert reached(NEBEN) == ([], (), 0)
    assert (land_facts("12").funded_municipalities, land_facts("12").funded_projects) == (1, 1)
    assert listing.project_lines(search.directory())[0].members == (
        ("Allein (heute Muster)", "/kommunen/12001001/", "Federführung", "https://example.org/liste"),
    )
    with django_assert_num_queries(2):
        assert [member.today.code for member in standing_members()] == [MUSTER]


def test_dissolved_municipality_keeps_its_own_past():
    make_project("P-1", municipality=place(ALLEIN))

    dissolve(ALLEIN, MUSTER)

    assert reached(ALLEIN) == ([("self", "Allein (heute Muster)")], (("self", "P-1"),), 0)


def test_project_goes_on_through_two_dissolutions(django_assert_num_queries):
    make_project("P-1", municipality=place(ALLEIN))

    dissolve(ALLEIN, MUSTER)
    dissolve(MUSTER, NEBEN, date(2026, 6, 30))

    assert reached(NEBEN) == ([("self", "Allein (heute Neben)")], (("self", "P-1"),), 1)
    with django_assert_num_queries(3):
        assert [member.today.code for member in standing_members()] == [NEBEN]


def test_project_returns_to_a_municipality_that_comes_back():
    make_project("P-1", municipality=place(ALLEIN))
    before = current_register(loaded_on())
    dissolve(ALLEIN, MUSTER)

    refresh(date(2026, 6, 30), new=[before.municipalities[ALLEIN]], verbaende=[before.verbaende["120010003"]])

    assert reached(ALLEIN) == ([("self", "Allein")], (("self", "P-1"),), 1)
    assert reached(MUSTER) == ([], (), 0)


def test_two_members_that_became_one_are_one_point_on_the_map():
    project = make_project("P-1", municipality=place(ALLEIN))
    FundedMember.objects.create(
        project=project, role="partner", name="Muster", municipality=place(MUSTER), source="https://x.de"
    )

    dissolve(ALLEIN, MUSTER)

    assert [(body.ags, body.role) for body in mapped.funded_bodies()] == [(MUSTER, "lead")]
    assert search.directory().row(MUSTER).funding == (("self", "P-1"),)


def test_project_of_a_dissolved_kreis_goes_on_in_its_successor():
    make_project("P-1", kreis=Kreis.objects.get(code="12001"))
    old = current_register(loaded_on())
    moved = [
        replace(one, ags=f"12002{ags[5:]}", ars=f"12002{one.ars[5:]}", kreis="12002", verband=f"12002{one.ars[5:9]}")
        for ags, one in old.municipalities.items()
    ]
    above = [replace(one, code=f"12002{code[5:]}", kreis="12002") for code, one in old.verbaende.items()]

    refresh(
        date(2026, 3, 31),
        ("12001", "12002"),
        *((ags, f"12002{ags[5:]}") for ags in old.municipalities),
        *((code, f"12002{code[5:]}") for code, one in old.verbaende.items() if one.kind == "Amt"),
        new=moved,
        gone=list(old.municipalities),
        verbaende=above,
        no_verbaende=list(old.verbaende),
        kreise=[KreisEntry("12002", "Neukreis", "Landkreis", "")],
        no_kreise=["12001"],
    )

    assert reached("12002001")[:2] == ([("kreis", "Musterkreis (heute Neukreis)")], (("kreis", "P-1"),))
    assert [one.body for one in funding.funding_of_kreis(Kreis.objects.get(code="12002").pk)] == [
        "Musterkreis (heute Neukreis)"
    ]
    assert [body.kreis for body in mapped.funded_bodies()] == ["12002"]
    assert land_facts("12").funded_municipalities == 3


def test_project_of_a_dissolved_verband_goes_on_in_its_successor():
    make_project("P-1", verband=Verband.objects.get(code="120015001"))
    old = current_register(loaded_on()).municipalities
    moved = [replace(old[ags], verband="120015002", ars=f"120015002{ags[5:]}") for ags in (MUSTER, NEBEN)]

    refresh(
        date(2026, 3, 31),
        ("120015001", "120015002"),
        new=moved,
        verbaende=[VerbandEntry("120015002", "12001", "Amt Neu", "Amt", "")],
        no_verbaende=["120015001"],
    )

    assert reached(MUSTER) == ([("verband", "Amt Muster (heute Amt Neu)")], (("verband", "P-1"),), 1)
    assert reached(ALLEIN) == ([], (), 0)


def test_project_of_an_amt_that_became_a_town_goes_on_in_the_town():
    make_project("P-1", verband=Verband.objects.get(code="120015001"))
    town = Entry(
        "12001009", "120010009009", "Muster-Stadt", "63", "12001", None, 2000, Decimal("20.00"), "01234", (52.5, 13.5), None
    )

    refresh(
        date(2026, 3, 31),
        (MUSTER, "12001009"),
        (NEBEN, "12001009"),
        ("120015001", "120010009"),
        new=[town],
        gone=[MUSTER, NEBEN],
        verbaende=[VerbandEntry("120010009", "12001", "Muster-Stadt", "Verbandsfreie Gemeinde", "")],
        no_verbaende=["120015001"],
    )

    assert reached("12001009") == ([("verband", "Amt Muster (heute Muster-Stadt)")], (("verband", "P-1"),), 1)


def test_circle_of_successors_ends():
    make_project("P-1", municipality=place(ALLEIN))
    on = date(2026, 1, 1)
    Municipality.objects.filter(ags=ALLEIN).update(valid_to=on, successor=place(MUSTER))
    Municipality.objects.filter(ags=MUSTER).update(valid_to=on, successor=place(ALLEIN))

    assert [member.today.code for member in standing_members()] == [MUSTER]
