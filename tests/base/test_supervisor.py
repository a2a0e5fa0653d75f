"""The supervisor with small programs in place of the web server and the worker."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from staffel.base.supervisor import REFUSED
from tests.architecture.house import ROOT

NOTE_AND_SLEEP = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
NOTE_AND_END = "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); sys.exit(int(sys.argv[2]))"


@pytest.fixture
def supervise(tmp_path):
    """Return a function that starts a supervisor over programs given as (code, more arguments)."""
    started = []

    def supervise(*programs):
        commands = [
            [sys.executable, "-c", code, str(tmp_path / str(number)), *more] for number, (code, *more) in enumerate(programs)
        ]
        process = subprocess.Popen(
            [sys.executable, "-m", "staffel.base.supervisor", json.dumps(commands)],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield supervise
    for process in started:
        process.kill()
        process.communicate()


def starts(tmp_path, number, at_least=1):
    """Return the process numbers that program ``number`` noted, once there are ``at_least`` so many."""
    path = tmp_path / str(number)
    for _ in range(400):
        noted = path.read_text().split() if path.exists() else []
        if len(noted) >= at_least:
            return [int(line) for line in noted]
        time.sleep(0.02)
    raise AssertionError(f"program {number} was started {len(noted)} times, waited for {at_least}")


def lives(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_everything_with_code_0(tmp_path, supervise, number):
    process = supervise((NOTE_AND_SLEEP,), (NOTE_AND_SLEEP,))
    (web,), (worker,) = starts(tmp_path, 0), starts(tmp_path, 1)

    process.send_signal(number)

    assert process.wait(10) == 0
    assert (lives(web), lives(worker)) == (False, False)


def test_a_crashed_worker_is_started_again(tmp_path, supervise):
    process = supervise((NOTE_AND_SLEEP,), (NOTE_AND_END, "1"))

    assert len(set(starts(tmp_path, 1, at_least=2))) >= 2
    process.terminate()
    assert "worker ended with code 1, next start in 1 s" in process.communicate(timeout=10)[1]


def test_a_killed_worker_is_started_again_and_the_web_server_does_not_notice(tmp_path, supervise):
    supervise((NOTE_AND_SLEEP,), (NOTE_AND_SLEEP,))
    (web,), (worker,) = starts(tmp_path, 0), starts(tmp_path, 1)

    os.kill(worker, signal.SIGKILL)

    assert starts(tmp_path, 1, at_least=2)[0] == worker
    assert (starts(tmp_path, 0), lives(web)) == ([web], True)


def test_a_worker_whose_place_is_taken_is_left_alone(tmp_path, supervise):
    process = supervise((NOTE_AND_SLEEP,), (NOTE_AND_END, str(REFUSED)))
    starts(tmp_path, 1)
    time.sleep(1.5)

    assert (len(starts(tmp_path, 1)), process.poll()) == (1, None)


def test_the_end_of_the_web_server_ends_everything_with_its_code(tmp_path, supervise):
    process = supervise((NOTE_AND_END, "7"), (NOTE_AND_SLEEP,))

    assert process.wait(10) == 7


def test_a_killed_supervisor_leaves_nobody_behind(tmp_path, supervise):
    process = supervise((NOTE_AND_SLEEP,), (NOTE_AND_SLEEP,))
    children = starts(tmp_path, 0) + starts(tmp_path, 1)

    process.kill()
    process.wait()

    for _ in range(100):
        if not any(lives(child) for child in children):
            break
        time.sleep(0.05)
    assert [child for child in children if lives(child)] == []
