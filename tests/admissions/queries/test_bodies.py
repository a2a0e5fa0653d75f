from datetime import date

import pytest

from staffel.admissions.core.eligibility import CallTerms, check
from staffel.admissions.models import Application
from staffel.admissions.queries import bodies
from staffel.municipalities.models import FundedMember, Municipality
from tests.admissions.factories import make_application, make_call
from tests.municipalities.factories import make_kreis, make_land, make_municipality, make_project, make_verband

pytestmark = pytest.mark.django_db


def body_of(municipality):
    return bodies.body_facts(municipality)


def test_body_facts_of_a_town_that_nobody_funds():
    body = body_of(make_municipality())

    assert (body.ags, body.name, body.land, body.land_name, body.population) == (
        "12060052",
        "Eberswalde",
        "12",
        "Brandenburg",
        41_481,
    )
    assert (body.funded, body.funding_note, body.dissolved, body.counted) == (False, "", False, True)


def test_a_town_is_funded_by_its_own_project():
    town = make_municipality()
    make_project(municipality=town)

    assert (body_of(town).funded, body_of(town).funding_note) == (True, "Modellprojekt „Smarte Stadt“ (MPSC-2019-01).")


def test_a_town_is_funded_through_its_kreis():
    town = make_municipality()
    make_project(kreis=make_kreis())

    assert body_of(town).funding_note == "Modellprojekt „Smarte Stadt“ (MPSC-2019-01), über Landkreis Barnim."
    assert body_of(town).funded is True


def test_a_town_is_funded_through_its_verband():
    verband = make_verband()
    town = make_municipality(verband=verband)
    make_project(verband=verband)

    assert body_of(town).funded is True


@pytest.mark.parametrize("level", ["municipality", "kreis"])
def test_members_of_a_verband_that_holds_the_grant_are_not_funded_one_by_one(level):
    town = make_municipality()
    land = make_land("08", "Baden-Württemberg")
    project = make_project(kreis=make_kreis("08222", "Mannheim", "Stadtkreis", land=land))
    member = {"municipality": town} if level == "municipality" else {"kreis": town.kreis}
    FundedMember.objects.create(project=project, role="association", name="Ort", source="https://example.org/", **member)

    assert body_of(town).funded is False
    assert body_of(town).funding_note == (
        "Das Modellprojekt „Smarte Stadt“ (MPSC-2019-01) fördert den Verband, seine Mitglieder nicht einzeln."
    )


@pytest.mark.parametrize("count", [1, 3])
def test_bodies_cost_two_queries(count, django_assert_num_queries):
    ids = [make_municipality(f"120600{n:02d}", f"Ort {n}").pk for n in range(count)]

    with django_assert_num_queries(2):
        assert len(bodies.bodies(ids)) == count


def test_eligibility_of_a_call_asks_three_queries(django_assert_num_queries):
    call, town = make_call(), make_municipality()

    with django_assert_num_queries(3):
        assert bodies.eligibility(call, town).eligible is True


def everybody():
    """One application of every kind of body, alone and as the second one on a seat."""
    call = make_call(not_funded_only=False)
    saxony = make_kreis("14521", "Erzgebirgskreis", land=make_land("14", "Sachsen"))
    plain = make_municipality("12060001", "Klein", population=900)
    own = make_municipality("12060002", "Gefördert", population=900)
    through = make_municipality("12061001", "Über den Kreis", population=900, kreis=make_kreis("12061", "Dahme"))
    verband = make_verband()
    within = make_municipality("12060003", "Im Amt", population=900, verband=verband)
    big = make_municipality("12060004", "Groß", population=200_000)
    gone = make_municipality("12060005", "Weg", population=900, valid_to=date(2024, 1, 1))
    empty = make_municipality("12060006", "Wald", population=0, counted=False)
    away = make_municipality("14521001", "Fern", population=900, kreis=saxony)
    make_project("P-1", municipality=own)
    make_project("P-2", kreis=through.kreis)
    make_project("P-3", verband=verband)
    towns = [plain, own, through, within, big, gone, empty, away]
    for number, town in enumerate(towns):
        make_application(call, number, municipality=town)
        make_application(call, 100 + number, municipality=plain if town != plain else away, partner=town)
    return call


@pytest.mark.parametrize("terms", [
    CallTerms(),
    CallTerms(not_funded_only=False),
    CallTerms(not_funded_only=False, laender=frozenset({"12"})),
    CallTerms(not_funded_only=False, largest_population=900),
    CallTerms(laender=frozenset({"12", "14"}), largest_population=5_000),
    CallTerms(laender=frozenset({"14"})),
])  # fmt: skip
def test_the_filter_of_the_database_and_the_rule_say_the_same(terms):
    call, known = everybody(), bodies.funded()
    facts = bodies.bodies(Municipality.objects.values_list("pk", flat=True), known)
    expected = [
        row.pk
        for row in Application.objects.filter(call=call).order_by("pk")
        if check(terms, facts[row.municipality_id], facts.get(row.partner_id)).eligible
    ]
    found = Application.objects.filter(bodies.eligible_within(terms, known), call=call)

    assert list(found.order_by("pk").values_list("pk", flat=True)) == expected
    assert list(Application.objects.filter(call=call).exclude(pk__in=expected).order_by("pk")) == list(
        Application.objects.filter(~bodies.eligible_within(terms, known), call=call).order_by("pk")
    )


def test_reason_words_are_whole_sentences_with_the_note():
    town = make_municipality()
    make_project(municipality=town)
    verdict = check(CallTerms(largest_population=5_000), body_of(town))

    assert [bodies.reason_words(reason) for reason in verdict.against] == [
        "Eberswalde wird von einem Modellprojekt gefördert. Modellprojekt „Smarte Stadt“ (MPSC-2019-01).",
        "Eberswalde hat mehr als 5.000 Einwohner, nämlich 41.481.",
    ]


def test_condition_words_say_who_may_apply():
    words = bodies.condition_words(CallTerms(laender=frozenset({"12", "14"}), largest_population=20_000), ["Sachsen", "Berlin"])

    assert words == [
        "Bewerben können sich Städte und Gemeinden, auch zwei gemeinsam für einen Platz.",
        "Das Angebot richtet sich an Kommunen, die kein Modellprojekt Smart Cities des Bundes fördert.",
        "Die Kommune liegt in einem dieser Länder: Berlin, Sachsen.",
        "Sie hat höchstens 20.000 Einwohner.",
    ]
