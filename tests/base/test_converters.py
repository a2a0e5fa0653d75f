import re

import pytest

from staffel.base.converters import PublicIdConverter
from staffel.base.public_id import new_public_id


def test_converter_takes_every_public_id_as_it_is():
    public_id = new_public_id()

    assert re.fullmatch(PublicIdConverter.regex, public_id)
    assert PublicIdConverter().to_python(public_id) == PublicIdConverter().to_url(public_id) == public_id


@pytest.mark.parametrize("text", ["", "\x00", "A" * 11, "A" * 13, "aaaaaaaaaaaa", "IIIIIIIIIIII", "A/AAAAAAAAAA"])
def test_converter_takes_nothing_else(text):
    assert re.fullmatch(PublicIdConverter.regex, text) is None
