import fcntl
import os
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from staffel.base.core import rules
from staffel.base.jobs import JobFailed, JobRefused, actions, worker
from staffel.base.jobs.registry import JOBS, Registered, job
from staffel.base.models import Job
from staffel.base.rules import RuleBroken


@pytest.fixture
def act(monkeypatch):
    """Return a function that registers ``test.act`` as the given function, enqueues it, and lets a worker perform it."""

    def act(function, lease=timedelta(minutes=5), **arguments):
        monkeypatch.setitem(JOBS, "test.act", Registered("test.act", function, attempts=2, lease=lease))
        actions.enqueue("test.act", **arguments)
        row = actions.take("anke")
        state = worker.Worker().perform(row)
        row.refresh_from_db()
        return state, row

    return act


@pytest.mark.django_db
def test_perform_hands_over_the_arguments_and_notes_the_end(act):
    heard = []

    state, row = act(lambda **given: heard.append(given), name="Anke", number=3)

    assert (state, row.state, row.last_error) == ("done", "done", "")
    assert heard == [{"name": "Anke", "number": 3}]


@pytest.mark.django_db
def test_an_error_is_kept_without_what_it_quotes(act):
    def refuse(email):
        raise ValueError(f"{email} is no address")

    state, row = act(refuse, email="anke@example.org")

    assert (state, row.state) == ("waiting", "waiting")
    first, *places = row.last_error.split("\n")
    assert first == "ValueError"
    assert [place.split(":")[0].strip() for place in places] == ["worker.py", "test_worker.py"]
    assert "anke@example.org" not in row.last_error


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error, state, kept",
    [
        (JobFailed("Der Mailserver ist nicht erreichbar."), "waiting", "Der Mailserver ist nicht erreichbar."),
        (JobRefused("Der Mailserver nimmt die Adresse nicht an."), "dead", "Der Mailserver nimmt die Adresse nicht an."),
        (RuleBroken(rules.LINK_OPEN, "anke@example.org"), "waiting", "RuleBroken BAS-01"),
    ],
)
def test_what_a_job_raises_decides_what_follows(act, error, state, kept):
    def fail():
        raise error

    assert act(fail)[0] == state
    assert Job.objects.get().last_error.split("\n")[0] == kept


@pytest.mark.django_db
def test_a_job_that_outlives_its_lease_is_broken_off(act):
    state, row = act(lambda: time.sleep(5), lease=timedelta(seconds=0.2))

    assert (state, row.last_error) == ("waiting", "Nach 0 Sekunden abgebrochen.")


@pytest.mark.django_db
def test_a_name_that_is_registered_no_more_fails_like_any_other():
    Job.objects.create(name="test.gone")

    assert worker.Worker().perform(actions.take("anke")) == "waiting"
    assert Job.objects.get().last_error == "Es gibt keinen Auftrag mit dem Namen test.gone."


def test_two_contexts_cannot_take_the_same_name(monkeypatch):
    monkeypatch.setitem(JOBS, "accounts.send_letter", JOBS["accounts.send_letter"])

    with pytest.raises(ValueError, match=r"two jobs are called 'accounts\.send_letter': in staffel\.accounts\.tasks and"):
        job("accounts.send_letter")(lambda: None)


@pytest.mark.django_db
def test_a_database_that_fails_is_waited_for(monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)
    one = worker.Worker()

    def fail():
        raise OperationalError("server closed the connection")

    assert one._survive(fail) is None


def test_a_second_worker_on_a_sqlite_file_is_refused(tmp_path, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL any number may work")
    monkeypatch.setattr(connection, "is_in_memory_db", lambda: False)
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "db")
    monkeypatch.setattr(worker, "LOCK_SECONDS", 0.2)

    with worker.only_worker() as alone:
        assert alone is True
        with pytest.raises(worker.OnlyOneWorker, match=str(tmp_path / "db-worker")), worker.only_worker():
            pass
    # Free again, and nothing but the lock itself was left behind.
    descriptor = os.open(tmp_path / "db-worker", os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(descriptor)
