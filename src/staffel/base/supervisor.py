"""Keep the web server and the worker running side by side, in a small process without Django.

``python -m staffel.base.supervisor`` reads a list of commands as JSON from its first argument: the first is the web server,
the others are workers. A worker that crashes is started again; when the web server ends, everything ends with its code.
Ctrl-C and SIGTERM end all of them, each in its own time.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time

# The code with which a worker says that its place is taken: starting it again would not help.
REFUSED = 3
LOOK_EVERY = 0.2
# A worker ends its current job first; SMTP gives up after 20 seconds.
PATIENCE = 30
LONGEST_PAUSE = 30
PR_SET_PDEATHSIG = 1


class Supervised:
    """One command and its process; ``due`` is when it may be started again."""

    def __init__(self, command: list[str]):
        self.command = command
        self.due = 0.0
        self.pause = 1.0
        self.started = 0.0
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the process in a session of its own: Ctrl-C in a terminal reaches only the supervisor, which passes it on."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - the commands are those of serve
            self.command,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - this process has no other thread
        )

    def crashed(self) -> bool:
        """Return whether the process has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> None:
        """Wait a second before the next start, twice as long each time it crashes soon again."""
        if time.monotonic() - self.started > 60:
            self.pause = 1.0
        self.process, self.due = None, time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


def die_with_parent() -> None:
    """Have the kernel send SIGTERM to this process when the supervisor is killed (Linux)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """The web server and its workers."""

    def __init__(self, commands: list[list[str]]):
        self.web, *self.workers = [Supervised(command) for command in commands]
        self.stopping = False

    def stop(self, *_signal) -> None:
        self.stopping = True

    def run(self) -> int:
        """Return the exit code of the web server once everything has ended; 0 after Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        self.web.start()
        while not self.stopping and not self.web.crashed():
            self.look_after_workers()
            time.sleep(LOOK_EVERY)
        code = self.end()
        return 0 if self.stopping else code

    def look_after_workers(self) -> None:
        """Start every worker that is due, and plan the restart of one that crashed."""
        for worker in list(self.workers):
            if worker.process is None and time.monotonic() >= worker.due:
                worker.start()
            elif worker.crashed():
                code = worker.process.returncode
                if code == REFUSED:
                    self.workers.remove(worker)
                    continue
                worker.plan_restart()
                print(f"worker ended with code {code}, next start in {worker.due - time.monotonic():.0f} s", file=sys.stderr)  # noqa: T201

    def end(self) -> int:
        """End everything that runs, kill what does not end in time, and return the web server's code."""
        processes = [one.process for one in (self.web, *self.workers) if one.process]
        for process in processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        give_up = time.monotonic() + PATIENCE
        for process in processes:
            try:
                process.wait(max(0, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        return self.web.process.returncode


if __name__ == "__main__":
    sys.exit(Supervisor(json.loads(sys.argv[1])).run())
