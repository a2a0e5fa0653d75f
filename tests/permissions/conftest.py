import pytest
from django.db import transaction

from tests.permissions import matrix
from tests.permissions.world import make_world


def pytest_addoption(parser):
    parser.addoption("--write-matrix", action="store_true", help="write matrix.txt instead of comparing with it")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Yield one world for all addresses: each request takes back what it did, and the end takes back the world."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def writing(request):
    return request.config.getoption("--write-matrix")


def pytest_sessionfinish(session):
    """Put the lines in order after a run that wrote them."""
    if session.config.getoption("--write-matrix", default=False):
        known = matrix.written()
        text = "\n".join([matrix.HEAD, *(line for name in matrix.routes() for line in known.get(name, []))])
        matrix.PATH.write_text(text + "\n", encoding="utf-8")
