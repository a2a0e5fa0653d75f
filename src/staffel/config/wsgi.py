"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffel.config.settings")
application = get_wsgi_application()

# Views are imported now, not with the first visitor: a mistake stops the start, and nobody waits.
get_resolver().url_patterns  # noqa: B018 - reading it is what loads it
