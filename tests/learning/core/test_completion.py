from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.learning.core.completion import CompletionRule, Facts, Morning, State, completion, read_rule

TRACK = CompletionRule(Fraction(80, 100), presentation=True)
MODULE = CompletionRule(Fraction(80, 100), presentation=False)
DAY = date(2026, 11, 20)


def mornings(*attended):
    """Return mornings of 240 minutes with these minutes attended."""
    return tuple(Morning(number, f"Einheit {number}", 240, minutes) for number, minutes in enumerate(attended, 1))


def states(found):
    """Return the state in all and that of each demand."""
    return found.state.value, {reason.key: reason.state.value for reason in found.reasons}


def test_eighty_percent_of_forty_hours_are_thirty_two_exactly():
    found = completion(TRACK, Facts(mornings(*[240] * 8, 0, 0), DAY))

    assert (found.needed, found.attended, found.total, found.missing) == (1920, 1920, 2400, 0)
    assert states(found) == ("fulfilled", {"attendance": "fulfilled", "presentation": "fulfilled"})


def test_one_minute_less_is_not_enough():
    found = completion(TRACK, Facts(mornings(*[240] * 7, 239, 0, 0), DAY))

    assert (found.missing, states(found)) == (1, ("impossible", {"attendance": "impossible", "presentation": "fulfilled"}))


def test_what_is_not_noted_is_still_possible():
    found = completion(TRACK, Facts(mornings(240, 240, 0, *[None] * 7)))

    assert (found.attended, found.open, found.missing) == (480, 1680, 1440)
    assert states(found) == ("possible", {"attendance": "possible", "presentation": "possible"})
    assert found.reasons[0].values == {
        "attended_minutes": 480,
        "needed_minutes": 1920,
        "total_minutes": 2400,
        "missing_minutes": 1440,
        "open_minutes": 1680,
        "percent": "80",
    }


def test_three_missed_mornings_of_ten_are_too_many():
    found = completion(TRACK, Facts(mornings(0, 0, 0, *[None] * 7)))

    assert states(found) == ("impossible", {"attendance": "impossible", "presentation": "possible"})


def test_attendance_alone_completes_a_single_module():
    assert states(completion(MODULE, Facts(mornings(240, 240)))) == ("fulfilled", {"attendance": "fulfilled"})


def test_a_place_given_back_leaves_nothing_possible():
    found = completion(TRACK, Facts(mornings(240, None), is_open=False))

    assert states(found) == ("impossible", {"attendance": "impossible", "presentation": "impossible"})
    assert [part.state.value for part in found.reasons[0].parts] == ["fulfilled", "impossible"]


@pytest.mark.parametrize("is_open, state", [(True, "possible"), (False, "impossible")])
def test_without_sessions_nothing_is_proven(is_open, state):
    assert completion(MODULE, Facts((), is_open=is_open)).state.value == state


def test_each_morning_is_a_part_of_the_reason():
    found = completion(MODULE, Facts(mornings(240, 120, 0, None)))

    assert [(part.key, part.state.value, part.values["attended_minutes"]) for part in found.reasons[0].parts] == [
        ("morning-1", "fulfilled", 240),
        ("morning-2", "fulfilled", 120),
        ("morning-3", "impossible", 0),
        ("morning-4", "possible", 0),
    ]


def test_the_topic_stands_in_the_reason():
    reason = completion(TRACK, Facts(mornings(240), DAY, "Leihräder")).reasons[1]

    assert reason.sentence % reason.values == "Abschlusspräsentation am 2026-11-20 gehalten: „Leihräder“."


def test_read_rule_reads_what_a_version_holds():
    rule = {"attendance_percent": 80, "presentation": True}

    assert read_rule(rule) == TRACK
    assert read_rule(rule, single_module=True) == MODULE
    assert read_rule({"attendance_percent": 66.5}) == CompletionRule(Fraction(665, 1000), presentation=False)


@pytest.mark.parametrize("percent", [-1, 101])
def test_read_rule_refuses_an_impossible_share(percent):
    with pytest.raises(ValueError, match="from 0 to 100"):
        read_rule({"attendance_percent": percent})


def test_a_crooked_share_is_rounded_for_people_only():
    rule = CompletionRule(Fraction(2, 3), presentation=False)

    found = completion(rule, Facts((Morning(1, "a", 100, 66),)))

    assert (found.needed, found.state.value, found.missing) == (Fraction(200, 3), "impossible", 1)
    assert (found.reasons[0].values["needed_minutes"], found.reasons[0].values["percent"]) == (67, "66,67")


MINUTES = st.tuples(st.integers(1, 480), st.none() | st.floats(0, 1))


@given(st.fractions(0, 1, max_denominator=100), st.booleans(), st.lists(MINUTES, max_size=12), st.booleans(), st.booleans())
def test_completion_never_says_what_later_facts_deny(share, presentation, lengths, presented, is_open):
    rule = CompletionRule(share, presentation)
    noted = tuple(
        Morning(number, "x", length, None if part is None else int(length * part))
        for number, (length, part) in enumerate(lengths, 1)
    )
    held = DAY if presented else None

    found = completion(rule, Facts(noted, held, is_open=is_open))

    best = tuple(replace(one, attended=one.minutes) if one.attended is None else one for one in noted)
    worst = tuple(replace(one, attended=one.attended or 0) for one in noted)
    if is_open and found.state is State.IMPOSSIBLE:
        assert completion(rule, Facts(best, DAY)).state is State.IMPOSSIBLE
    if is_open and found.state is State.POSSIBLE and noted:
        assert completion(rule, Facts(best, DAY)).state is State.FULFILLED
    if found.state is State.FULFILLED:
        assert completion(rule, Facts(worst, held, is_open=is_open)).state is State.FULFILLED
    assert (found.missing == 0) == (found.attended >= found.needed)
    # Every sentence can be filled with its values.
    assert all(reason.sentence % reason.values for reason in found.reasons)
