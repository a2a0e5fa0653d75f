import pytest

from staffel.admissions.core import baseline, consents
from staffel.admissions.core.steps import Step, is_begun, open_steps

EMPTY = {
    "municipality": None,
    "name": "",
    "function": "",
    "motivation": "",
    "baseline": {},
    "supervisor_name": "",
    "supervisor_email": "",
}
WHOLE = {
    "municipality": 1,
    "name": "Anke",
    "function": "Amt",
    "motivation": "Weil.",
    "baseline": dict.fromkeys(baseline.KEYS, 3),
    "supervisor_name": "Heinz",
    "supervisor_email": "heinz@example.org",
}


def test_everything_is_open_at_first_and_nothing_when_whole():
    assert open_steps(EMPTY) == tuple(Step)
    assert open_steps(WHOLE) == ()


@pytest.mark.parametrize(
    ("field", "empty", "step"),
    [
        ("municipality", None, Step.PLACE),
        ("name", "", Step.PERSON),
        ("function", "", Step.PERSON),
        ("motivation", "", Step.MOTIVATION),
        ("baseline", dict.fromkeys(baseline.KEYS[1:], 3), Step.BASELINE),
        ("supervisor_name", "", Step.SUPERVISOR),
        ("supervisor_email", "", Step.SUPERVISOR),
    ],
)
def test_one_missing_answer_opens_its_step(field, empty, step):
    assert open_steps(WHOLE | {field: empty}) == (step,)


def test_a_step_with_one_of_two_answers_is_begun():
    assert [step for step in Step if is_begun(step, EMPTY | {"name": "Anke"})] == [Step.PERSON]
    assert [step for step in Step if is_begun(step, EMPTY | {"baseline": {baseline.KEYS[0]: 1}})] == [Step.BASELINE]


def test_what_was_agreed_to_is_kept_with_version_and_time():
    assert consents.agreed({"privacy", "unknown"}, "2026-11-25T10:00:00+00:00") == {
        "privacy": {"version": "2026-11", "at": "2026-11-25T10:00:00+00:00"}
    }
    assert consents.open_keys({"privacy"}) == ("selection",)
    assert consents.open_keys({"privacy", "selection"}) == ()
