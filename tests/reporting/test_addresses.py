"""Lower contexts print the addresses of places without knowing who shows the pages (decision 0006); here both ends meet."""

import pytest
from django.urls import reverse

from staffel.municipalities.core import places


@pytest.mark.parametrize(
    "name, path, key",
    [
        ("municipality", places.municipality_path, "12060052"),
        ("kreis", places.kreis_path, "12060"),
        ("land", places.land_path, "12"),
    ],
)
def test_the_address_of_a_place_is_the_address_of_its_page(name, path, key):
    assert path(key) == reverse(f"reporting:{name}", kwargs={"key": key})
