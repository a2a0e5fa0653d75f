import pytest

from staffel.municipalities.queries import search


@pytest.fixture(autouse=True)
def no_register_in_memory():
    """Start every test without the register that an earlier one held in memory."""
    search.forget()
    yield
    search.forget()
