"""What every test stands on."""

import pytest
from django.conf import settings
from django.test import Client

from staffel.base import public_cache
from staffel.municipalities.queries import search


@pytest.fixture(autouse=True)
def nothing_kept():
    """Start every test without pages and without a register kept by an earlier one."""
    public_cache.shelf.clear()
    search.forget()


@pytest.fixture(scope="session", autouse=True)
def static_folder():
    """Make the folder of static files, which WhiteNoise expects, where ``make`` has not built it yet."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def client():
    """Yield a test client that checks for CSRF as the real server does; Django's own leaves it out."""
    return Client(enforce_csrf_checks=True)
