"""The WSGI application that granian serves, warm before the first visitor comes."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffel.config.settings")
application = get_wsgi_application()


def warm_up() -> None:
    """Import all views, so that a mistake stops the start, and read what every worker holds in memory (0.5 s)."""
    from staffel.municipalities.queries.search import directory  # noqa: PLC0415 - only after the set-up
    from staffel.reporting.queries.sheets import sheet  # noqa: PLC0415

    get_resolver().url_patterns  # noqa: B018 - reading it is what loads it
    sheet()
    try:
        directory()
    except DatabaseError:
        # Before the first migration; the health page says so.
        return
    finally:
        connections.close_all()


warm_up()
