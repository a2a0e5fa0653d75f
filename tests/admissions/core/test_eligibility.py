import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.admissions.core import eligibility_rules as rules
from staffel.admissions.core.eligibility import Body, CallTerms, check

TOWN = Body(ags="12060052", name="Eberswalde", land="12", land_name="Brandenburg", population=41_481)


def town(**facts):
    return Body(**(vars(TOWN) | facts))


@pytest.mark.parametrize("terms, body, rule", [
    (CallTerms(), town(dissolved=True), rules.EXISTS),
    (CallTerms(), town(counted=False), rules.COUNTED),
    (CallTerms(), town(funded=True, funding_note="Modellprojekt „Smart“ (P-1)."), rules.NOT_FUNDED),
    (CallTerms(laender=frozenset({"14"})), TOWN, rules.LAND_OF_CALL),
    (CallTerms(largest_population=41_480), TOWN, rules.SMALL_ENOUGH),
])  # fmt: skip
def test_one_condition_refuses_by_its_rule(terms, body, rule):
    verdict = check(terms, body)

    assert verdict.eligible is False
    assert [reason.rule for reason in verdict.against] == [rule]


@pytest.mark.parametrize("terms, body", [
    (CallTerms(not_funded_only=False), town(funded=True)),
    (CallTerms(laender=frozenset({"12", "14"})), TOWN),
    (CallTerms(largest_population=41_481), TOWN),
    (CallTerms(), TOWN),
])  # fmt: skip
def test_what_the_call_does_not_ask_refuses_nobody(terms, body):
    assert check(terms, body).eligible is True


def test_reasons_stand_in_the_order_of_the_conditions():
    terms = CallTerms(laender=frozenset({"12"}), largest_population=5_000)
    verdict = check(terms, town(funded=True, funding_note="Über den Kreis."))

    assert [(reason.rule.id, reason.fulfilled) for reason in verdict.reasons] == [
        ("ADM-20", True),
        ("ADM-21", True),
        ("ADM-22", False),
        ("ADM-23", True),
        ("ADM-24", False),
    ]
    assert verdict.reasons[2].note == "Über den Kreis."
    assert verdict.reasons[4].sentence % dict(verdict.reasons[4].values) == (
        "Eberswalde hat mehr als 5000 Einwohner, nämlich 41481."
    )


def test_a_shared_seat_is_eligible_only_if_both_bodies_are():
    partner = town(ags="12060020", name="Bernau", funded=True)
    verdict = check(CallTerms(), TOWN, partner)

    assert verdict.eligible is False
    assert [dict(reason.values)["name"] for reason in verdict.reasons] == ["Eberswalde"] * 3 + ["Bernau"] * 3
    assert check(CallTerms(not_funded_only=False), TOWN, partner).eligible is True


bodies = st.builds(
    Body,
    ags=st.just("12060052"),
    name=st.just("Ort"),
    land=st.sampled_from(["12", "14"]),
    land_name=st.just("Land"),
    population=st.integers(0, 100_000),
    funded=st.booleans(),
    dissolved=st.booleans(),
    counted=st.booleans(),
)
every_terms = st.builds(
    CallTerms,
    not_funded_only=st.booleans(),
    laender=st.sets(st.sampled_from(["12", "14"])).map(frozenset),
    largest_population=st.none() | st.integers(1, 100_000),
)


@given(every_terms, bodies, bodies)
def test_who_is_refused_learns_why_and_who_is_not_has_nothing_against(terms, one, two):
    verdict = check(terms, one, two)

    assert verdict.eligible is not bool(verdict.against)
    assert verdict.eligible is (check(terms, one).eligible and check(terms, two).eligible)
