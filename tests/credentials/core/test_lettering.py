import doctest

import pytest

from staffel.credentials.core import lettering


def test_examples_in_the_module_are_true():
    assert doctest.testmod(lettering).failed == 0


@pytest.mark.parametrize("name", ["Özdemir", "Đặng Thị Ánh", "Łucja Wiśniewska-Źrałko", "O’Brien", "Șerban", "Ж. Ω"])
def test_names_of_registers_can_be_printed(name):
    assert lettering.unprintable(name) == ""


@pytest.mark.parametrize(("name", "characters"), [("王 Ming", "王"), ("Anke 😀 😀", "😀"), ("A\x00b", "\x00"), ("محمد", "محد")])
def test_unprintable_names_each_character_once(name, characters):
    assert lettering.unprintable(name) == characters
