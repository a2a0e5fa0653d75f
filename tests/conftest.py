"""What every test stands on."""

import pytest

from staffel.base import public_cache


@pytest.fixture(autouse=True)
def no_kept_pages():
    """Start every test without pages kept by an earlier one."""
    public_cache.forget_all()
