from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from staffel.accounts.models import AuditEntry
from staffel.base.models import Job
from staffel.base.rules import RuleBroken
from staffel.cohorts import actions
from staffel.cohorts.core import rules
from staffel.cohorts.models import Cohort
from staffel.curriculum.models import Module, Unit
from tests.accounts.factories import make_emil, make_organisation
from tests.cohorts.factories import make_cohort
from tests.curriculum.factories import make_version
from tests.municipalities.factories import make_land

pytestmark = pytest.mark.django_db


def plan(version=None, **facts):
    """Return a cohort planned by Emil from 5 October 2026 on."""
    defaults = {"name": "Staffel 4", "places": 15, "organisation": make_organisation(), "starts_on": date(2026, 10, 5)}
    return actions.plan_cohort(version or make_version(), by=make_emil(), **(defaults | facts))


def days_of(cohort):
    """Return the local begin of every session."""
    return [f"{timezone.localtime(row.starts_at):%d.%m. %H:%M}" for row in cohort.sessions.order_by("position")]


def test_plan_cohort_makes_a_session_for_each_unit_and_logs_it():
    cohort = plan(make_version(units=3))

    assert days_of(cohort) == ["06.10. 09:00", "08.10. 09:00", "13.10. 09:00"]
    assert [row.unit.title for row in cohort.sessions.order_by("position")] == ["Einheit 1", "Einheit 2", "Einheit 3"]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.thing_id, entry.payload["who"]) == ("cohorts.cohort_planned", cohort.public_id, "Emil Beispiel")


def test_plan_cohort_skips_holidays_of_the_laender_and_own_days_off():
    # In 2025 the Reformationstag was a Friday.
    version = make_version(units=4, timetable={"weekdays": [4], "starts": "09:00", "minutes": 240})
    days_off = [(date(2025, 10, 20), date(2025, 10, 24), "Herbstferien")]

    cohort = plan(version, starts_on=date(2025, 10, 1), laender=[make_land()], days_off=days_off)

    # 3 October is a holiday everywhere, 31 October one in Brandenburg.
    assert days_of(cohort) == ["10.10. 09:00", "17.10. 09:00", "07.11. 09:00", "14.11. 09:00"]
    assert [(row.first_day, row.reason) for row in cohort.days_off.all()] == [(date(2025, 10, 20), "Herbstferien")]
    assert [land.code for land in cohort.laender.all()] == ["12"]


def test_plan_cohort_of_one_module_takes_its_units_only():
    version = make_version(released=False)
    second = Module.objects.create(version=version, position=2, key="zwei", title="Zwei", summary="x")
    Unit.objects.create(module=second, position=3, key="drei", title="Drei", minutes=120, objectives=[], summary="x")
    type(version).objects.filter(pk=version.pk).update(state="released", released_on=date(2024, 5, 1))
    version.refresh_from_db()

    cohort = plan(version, module=second)

    assert [(row.unit.title, row.ends_at - row.starts_at) for row in cohort.sessions.all()] == [("Drei", timedelta(hours=2))]


def test_plan_cohort_of_the_whole_leaves_out_what_people_choose():
    version = make_version(units=2, released=False)
    chosen = Module.objects.create(version=version, position=2, key="wahl", title="Wahl", summary="x", required=False)
    Unit.objects.create(module=chosen, position=3, key="drei", title="Drei", minutes=120, objectives=[], summary="x")
    type(version).objects.filter(pk=version.pk).update(state="released", released_on=date(2024, 5, 1))
    version.refresh_from_db()

    assert [row.unit.title for row in plan(version).sessions.order_by("position")] == ["Einheit 1", "Einheit 2"]
    assert [row.unit.title for row in plan(version, module=chosen, name="Wahl").sessions.all()] == ["Drei"]


def test_plan_cohort_gives_self_study_no_date():
    version = make_version(units=3, released=False)
    Unit.objects.filter(position=2).update(kind=Unit.Kind.SELF_STUDY)
    type(version).objects.filter(pk=version.pk).update(state="released", released_on=date(2024, 5, 1))
    version.refresh_from_db()

    assert [row.unit.position for row in plan(version).sessions.order_by("position")] == [1, 3]


@pytest.mark.parametrize(
    "version, facts, rule",
    [
        ({"released": False}, {}, rules.VERSION_RELEASED),
        ({"units": 0}, {}, rules.HAS_UNITS),
        ({}, {"days_off": [(date(2026, 10, 2), date(2026, 10, 1), "x")]}, rules.DAYS_IN_ORDER),
        ({}, {"days_off": [(date(2026, 10, 1), date(2028, 12, 31), "x")]}, rules.DAYS_LEFT),
    ],
)
def test_plan_cohort_refuses(version, facts, rule):
    with pytest.raises(RuleBroken) as refusal:
        plan(make_version(**version), **facts)

    assert (refusal.value.rule, Cohort.objects.count()) == (rule, 0)


def test_plan_cohort_costs_ten_queries_for_any_number_of_sessions(django_assert_num_queries):
    for units in (1, 8):
        version, emil, organisation, land = make_version(f"{units}", units=units), make_emil(), make_organisation(), make_land()
        with django_assert_num_queries(10):
            actions.plan_cohort(
                version,
                name="x",
                places=1,
                organisation=organisation,
                starts_on=date(2026, 10, 5),
                laender=[land],
                days_off=[(date(2026, 10, 6), date(2026, 10, 6), "x")],
                by=emil,
            )


def test_start_cohort_on_the_day_of_its_first_session():
    cohort = make_cohort(starts=timezone.now())

    assert actions.start_cohort(cohort, by=make_emil()).state == "running"


def test_start_cohort_refuses_before_its_first_day_and_twice():
    later = make_cohort(starts=timezone.now() + timedelta(days=2))

    with pytest.raises(RuleBroken) as refusal:
        actions.start_cohort(later, by=make_emil())

    assert (refusal.value.rule, Cohort.objects.get().state) == (rules.HAS_BEGUN, "planned")
    with pytest.raises(RuleBroken) as refusal:
        actions.start_cohort(make_cohort("b", state="running"), by=make_emil())
    assert refusal.value.rule == rules.STILL_OPEN


def test_start_due_cohorts_starts_those_that_have_begun():
    now = timezone.now()
    begun, later, cancelled = (
        make_cohort("a", starts=now - timedelta(hours=1)),
        make_cohort("b", starts=now + timedelta(hours=1)),
        make_cohort("c", starts=now - timedelta(hours=1), state="cancelled"),
    )

    assert actions.start_due_cohorts(now) == 1

    assert [Cohort.objects.get(pk=row.pk).state for row in (begun, later, cancelled)] == ["running", "planned", "cancelled"]


def test_complete_cohort_after_its_last_session_only():
    past = make_cohort("a", starts=datetime(2026, 3, 3, 8, tzinfo=UTC), state="running")

    assert actions.complete_cohort(past, by=make_emil()).state == "completed"

    with pytest.raises(RuleBroken) as refusal:
        actions.complete_cohort(past, by=make_emil())
    assert refusal.value.rule == rules.STILL_OPEN
    with pytest.raises(RuleBroken) as refusal:
        actions.complete_cohort(make_cohort("b", starts=timezone.now(), state="running"), by=make_emil())
    assert refusal.value.rule == rules.ALL_HELD


def test_cancel_cohort_gives_the_reason_and_a_new_revision_to_what_was_ahead():
    cohort = make_cohort(starts=timezone.now() - timedelta(hours=12))

    actions.cancel_cohort(cohort, reason=" Zu wenige Anmeldungen. ", by=make_emil())

    assert [row.revision for row in cohort.sessions.order_by("position")] == [0, 1]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.payload["why"]) == ("cohorts.cohort_cancelled", "Zu wenige Anmeldungen.")
    job = Job.objects.get(name="cohorts.tell_cancelled")
    assert job.arguments == {"cohort": cohort.public_id, "reason": "Zu wenige Anmeldungen."}


@pytest.mark.parametrize("reason, state, rule", [("  ", "planned", rules.REASON_GIVEN), ("x", "completed", rules.STILL_OPEN)])
def test_cancel_cohort_refuses(reason, state, rule):
    cohort = make_cohort(state=state)

    with pytest.raises(RuleBroken) as refusal:
        actions.cancel_cohort(cohort, reason=reason, by=make_emil())

    assert (refusal.value.rule, Cohort.objects.get().state) == (rule, state)
