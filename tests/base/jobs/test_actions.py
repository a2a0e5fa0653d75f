"""A job from the moment it is written down to the moment it is removed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from staffel.base.core import rules
from staffel.base.jobs import actions
from staffel.base.jobs.registry import JOBS, Registered
from staffel.base.models import Job
from staffel.base.rules import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def greet(monkeypatch):
    """Register ``test.greet`` for three tries; what it is given up with is collected."""
    given_up = []
    registered = Registered("test.greet", lambda **_: None, attempts=3, when_dead=lambda **given: given_up.append(given))
    monkeypatch.setitem(JOBS, "test.greet", registered)
    return given_up


def taken(**facts):
    actions.enqueue("test.greet", **facts)
    return actions.take("anke")


# Enqueued ---------------------------------------------------------------------------------------------------------------


def test_enqueue_refuses_a_name_that_nobody_registered():
    with pytest.raises(LookupError, match=r"no job is registered as 'test\.gone'"):
        actions.enqueue("test.gone")


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_loses_its_job():
    with transaction.atomic():
        actions.enqueue("test.greet", name="Gül")
        transaction.set_rollback(True)

    assert Job.objects.count() == 0


def test_a_key_exists_once():
    actions.enqueue("test.greet", key="one", number=1)
    actions.enqueue("test.greet", key="one", number=2)
    actions.enqueue("test.greet", number=3)
    actions.enqueue("test.greet", number=3)

    assert [job.arguments["number"] for job in Job.objects.order_by("pk")] == [1, 3, 3]


def test_enqueue_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        actions.enqueue("test.greet", key="one", number=1)


# Taken ------------------------------------------------------------------------------------------------------------------


def test_take_gives_the_earliest_due_job_with_a_lease():
    now = timezone.now()
    actions.enqueue("test.greet", run_after=now + timedelta(hours=1), number=1)
    actions.enqueue("test.greet", run_after=now - timedelta(hours=1), number=2)
    actions.enqueue("test.greet", run_after=now - timedelta(hours=2), number=3)

    first, second, third = (actions.take("anke") for _ in range(3))

    assert (first.arguments, second.arguments, third) == ({"number": 3}, {"number": 2}, None)
    first.refresh_from_db()
    assert (first.state, first.worker, first.attempts) == ("running", "anke", 1)
    assert timedelta(minutes=4) < first.leased_until - now < timedelta(minutes=6)


def test_take_costs_one_query_while_nothing_is_due(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert actions.take("anke") is None


def test_a_running_job_without_a_lease_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="base_running_job_has_lease"), transaction.atomic():
        Job.objects.create(name="test.greet", state="running")


def test_the_next_job_is_found_by_index():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by statistics, which an empty table has none of")
    due = Job.objects.filter(state="waiting", run_after__lte=timezone.now()).order_by("run_after", "pk")

    assert "base_job_next" in due.explain()


# Ended ------------------------------------------------------------------------------------------------------------------


def test_finish_notes_the_end():
    job = taken()

    assert actions.finish(job) is True
    job.refresh_from_db()
    assert (job.state, job.leased_until) == ("done", None)
    assert job.ended_at is not None


def test_fail_waits_longer_each_time_and_gives_up_after_the_last_try(greet):
    states, waits = [], []
    actions.enqueue("test.greet", name="Gül")
    for _ in range(3):
        Job.objects.update(run_after=timezone.now())
        job = actions.take("anke")
        states.append(actions.fail(job, "ValueError"))
        job.refresh_from_db()
        waits.append(round((job.run_after - timezone.now()).total_seconds()))

    assert states == ["waiting", "waiting", "dead"]
    assert 26 <= waits[0] <= 33
    assert 107 <= waits[1] <= 132
    assert (job.state, job.last_error, job.attempts) == ("dead", "ValueError", 3)
    assert greet == [{"name": "Gül"}]


def test_fail_for_good_gives_up_at_once(greet):
    job = taken(name="Gül")

    assert actions.fail(job, "550", for_good=True) == "dead"
    assert greet == [{"name": "Gül"}]


@pytest.mark.django_db(transaction=True)
def test_giving_up_and_what_follows_from_it_happen_together_or_not_at_all(monkeypatch):
    def broken(**_):
        raise ZeroDivisionError

    monkeypatch.setitem(JOBS, "test.greet", Registered("test.greet", broken, when_dead=broken))
    job = taken()

    with pytest.raises(ZeroDivisionError):
        actions.fail(job, "550", for_good=True)

    job.refresh_from_db()
    assert job.state == "running"


def test_who_comes_back_late_changes_nothing():
    """The lease ran out, somebody else has the job by now; the same worker in a later try counts as somebody else."""
    late = taken()
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert actions.return_lost() == ["test.greet"]
    current = actions.take("anke")

    assert (actions.finish(late), actions.fail(late, "x")) == (False, "")
    assert actions.finish(current) is True


# Lost -------------------------------------------------------------------------------------------------------------------


def test_return_lost_leaves_a_held_lease_alone():
    taken()

    assert actions.return_lost() == []
    assert actions.return_lost(alone=True) == ["test.greet"]


def test_a_lost_job_comes_back_at_once_the_first_time_and_later_the_second(greet):
    waits = []
    actions.enqueue("test.greet")
    for _ in range(3):
        Job.objects.update(run_after=timezone.now())
        job = actions.take("anke")
        Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
        actions.return_lost()
        job.refresh_from_db()
        waits.append((job.state, round((job.run_after - timezone.now()).total_seconds() / 60)))

    assert waits == [("waiting", 0), ("waiting", 2), ("dead", 0)]
    assert job.last_error == actions.LOST
    assert greet == [{}]


# Tried again, removed ---------------------------------------------------------------------------------------------------


def test_try_again_gives_a_dead_job_all_its_tries():
    job = taken()
    actions.fail(job, "550", for_good=True)

    actions.try_again(job.pk)

    again = actions.take("bert")
    assert (again.pk, again.attempts, again.ended_at) == (job.pk, 1, None)


@pytest.mark.parametrize("state", ["waiting", "done"])
def test_try_again_refuses_what_has_not_failed(state):
    actions.enqueue("test.greet")
    Job.objects.update(state=state)

    with pytest.raises(RuleBroken) as refusal:
        actions.try_again(Job.objects.get().pk)

    assert refusal.value.rule is rules.TRY_AGAIN_WHAT_FAILED


def test_enqueue_again_revives_the_old_row_or_writes_a_new_one():
    actions.enqueue_again("test.greet", key="one", number=1)
    Job.objects.update(state="done", ended_at=timezone.now(), attempts=3)
    actions.enqueue_again("test.greet", key="one", number=1)

    assert list(Job.objects.values_list("state", "attempts", "ended_at")) == [("waiting", 0, None)]


def test_remove_done_keeps_what_is_young_or_dead(monkeypatch):
    monkeypatch.setattr(actions, "REMOVED_AT_ONCE", 2)
    now = timezone.now()
    old, young = now - timedelta(days=31), now - timedelta(days=29)
    for number, (state, ended_at) in enumerate([("done", old)] * 5 + [("done", young), ("dead", old), ("waiting", None)]):
        Job.objects.create(name="test.greet", arguments={"number": number}, state=state, ended_at=ended_at)

    assert actions.remove_done(now) == 5
    assert [job.arguments["number"] for job in Job.objects.order_by("pk")] == [5, 6, 7]


# The schedule -----------------------------------------------------------------------------------------------------------


def scheduled_rows():
    return list(Job.objects.filter(name="test.often").order_by("pk").values_list("key", flat=True))


def test_the_schedule_enqueues_once_for_each_slot_however_many_ask(monkeypatch, django_assert_num_queries):
    for name in [name for name, entry in JOBS.items() if entry.every]:
        monkeypatch.delitem(JOBS, name)
    monkeypatch.setitem(JOBS, "test.often", Registered("test.often", lambda: None, every=timedelta(minutes=5)))
    noon = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    anke, bert = {}, {}

    for minutes in (0, 1, 4):
        actions.enqueue_scheduled(noon + timedelta(minutes=minutes), anke)
    actions.enqueue_scheduled(noon + timedelta(minutes=2), bert)
    assert len(scheduled_rows()) == 1

    # Asked again within a slot it costs nothing, and a slot that was slept through is not made up for.
    with django_assert_num_queries(0):
        actions.enqueue_scheduled(noon + timedelta(minutes=4, seconds=59), anke)
    actions.enqueue_scheduled(noon + timedelta(minutes=15), anke)
    slot = int(noon.timestamp()) // 300
    assert scheduled_rows() == [f"schedule:test.often:{slot}", f"schedule:test.often:{slot + 3}"]
