"""Who gets which answer at which door: asked, written down, compared.

``python -m pytest tests/permissions --write-matrix`` writes what is answered to ``matrix.txt``. Read the difference line by
line before you commit it: this file is the permission to open a door.
"""

from pathlib import Path

from django.db import transaction
from django.test import Client

from staffel.portal.reference import doors
from tests.permissions.world import EVERYBODY, World

PATH = Path(__file__).with_name("matrix.txt")
METHODS = ("GET", "POST")
WIDTH = 54
HEAD = f"{'':{WIDTH}} {'':4} {' '.join(f'{name[:6]:>6}' for name in EVERYBODY)}"


def routes() -> dict[str, str]:
    """Return the route of every address by its name; aliases that a library needs share their address with one of ours."""
    return {name: route for route, name, _view in doors() if ":" in name}


def ask(world: World, name: str, route: str) -> dict[str, list[int]]:
    """Return the status codes by method, in the order of ``EVERYBODY``. What a POST changes is taken back each time."""
    address = world.address(route)
    return {method: [_status(world.people[who], method, address) for who in EVERYBODY] for method in METHODS}


def _status(person, method: str, address: str) -> int:
    # Without the CSRF check, which would answer a POST before its guard does.
    client = Client(raise_request_exception=True)
    with transaction.atomic():
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.generic(method, address)
        if answer.streaming:
            # Read to its end, or the file that it streams stays open; closing it would close the database as well.
            answer.getvalue()
        transaction.set_rollback(True)
    return answer.status_code


def lines(name: str, answers: dict[str, list[int]]) -> list[str]:
    """Return the lines of one address: its name, the method, a status for each person."""
    return [f"{name:{WIDTH}} {method:4} {' '.join(f'{status:>6}' for status in answers[method])}" for method in METHODS]


def written() -> dict[str, list[str]]:
    """Return the lines of ``matrix.txt`` by name."""
    found: dict[str, list[str]] = {}
    if PATH.exists():
        for line in PATH.read_text(encoding="utf-8").splitlines():
            # The head begins with blanks.
            if not line.startswith(" "):
                found.setdefault(line.split()[0], []).append(line)
    return found
