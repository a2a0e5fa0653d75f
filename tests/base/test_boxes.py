import pytest
from cryptography.fernet import InvalidToken

from staffel.base.boxes import box


def test_a_box_opens_what_it_closed_and_nothing_else():
    closed = box("a").encrypt(b"secret")

    assert box("a").decrypt(closed) == b"secret"
    with pytest.raises(InvalidToken):
        box("b").decrypt(closed)


def test_a_box_opens_what_was_closed_under_a_secret_that_was_replaced(settings):
    closed = box("a").encrypt(b"secret")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret of the instance"

    assert box("a").decrypt(closed) == b"secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        box("a").decrypt(closed)
