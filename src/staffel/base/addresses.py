"""Full addresses, for letters and papers that are read outside the browser."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return the full address of ``path``, which begins with a slash, on this instance."""
    return f"{settings.BASE_URL}{path}"
