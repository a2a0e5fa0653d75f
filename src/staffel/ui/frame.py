"""What every page shows around its content."""

from django.conf import settings


def frame(request):
    """Return the template variables of the page frame."""
    return {"demo": settings.DEMO, "release": settings.RELEASE}
