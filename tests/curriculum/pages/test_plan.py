from dataclasses import replace

from staffel.curriculum.core.content import UnitKind
from staffel.curriculum.pages.plan import plan_of
from tests.curriculum.taught import taught_unit


def test_steps_get_times_and_stand_in_phases():
    plan = plan_of(taught_unit(), "09:00")

    assert [(phase.title, phase.facts, len(phase.steps)) for phase in plan.phases] == [
        ("Ankommen", "9:00–10:30, 90 Minuten", 2),
        ("Arbeiten", "10:30–13:00, 150 Minuten", 1),
    ]
    assert [(step.time, step.length, step.form, step.active) for step in plan.steps] == [
        ("9:00–9:30", "30 Minuten", "im Plenum", False),
        ("9:30–10:30", "60 Minuten", "in Gruppen", True),
        ("10:30–13:00", "150 Minuten", "zu zweit", True),
    ]
    assert [(step.x, step.width) for step in plan.steps] == [("0.4", "29.2"), ("30.4", "59.2"), ("90.4", "149.2")]
    assert (plan.total, plan.begins, plan.ends) == ("240 Minuten", "9:00", "13:00")
    assert plan.active == "In 210 von 240 Minuten arbeiten die Teilnehmenden selbst, das sind 88 Prozent."


def test_self_study_has_no_time_of_day():
    plan = plan_of(replace(taught_unit(), kind=UnitKind.SELF_STUDY), "09:00")

    assert (plan.begins, plan.steps[1].time) == ("0:00", "0:30–1:30")
