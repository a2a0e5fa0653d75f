"""What every test stands on."""

import pytest
from django.conf import settings
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as properties

from staffel.base import public_cache
from staffel.municipalities.queries import search

# How fast a machine is at some moment says nothing about whether a property holds.
properties.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("house")


WITH_DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser):
    """Know how to leave out what is the same on every database."""
    parser.addoption("--with-database", action="store_true", help="only tests that use the database")


def pytest_collection_modifyitems(config, items):
    """Leave out tests without a database where that was asked for."""
    if config.getoption("--with-database"):
        kept = [item for item in items if item.get_closest_marker("django_db") or WITH_DATABASE & set(item.fixturenames)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


@pytest.fixture(autouse=True)
def nothing_kept():
    """Start every test without pages and without a register kept by an earlier one."""
    public_cache.shelf.clear()
    search.forget()


@pytest.fixture(scope="session", autouse=True)
def static_folder():
    """Make the folder of static files, which WhiteNoise expects, where ``make`` has not built it yet."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def flush_that_lifts_triggers():
    """Let the flush after a test that commits empty frozen tables on SQLite, where it is DELETE; nothing else may."""
    plain = DatabaseOperations.execute_sql_flush

    def flush(self, sql_list):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            plain(self, sql_list)
            for _name, sql in triggers:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
        yield


@pytest.fixture
def client():
    """Yield a test client that checks for CSRF as the real server does; Django's own leaves it out."""
    return Client(enforce_csrf_checks=True)
