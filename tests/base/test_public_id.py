import pytest

from staffel.base.public_id import ALPHABET, new_public_id, read_public_id


def test_new_public_id_has_12_characters_of_the_alphabet_and_differs():
    made = {new_public_id() for _ in range(1000)}

    assert len(made) == 1000
    assert {len(public_id) for public_id in made} == {12}
    assert set("".join(made)) <= set(ALPHABET)


def test_read_public_id_forgives_how_people_type():
    assert read_public_id("o1l2-i3ab cd4-5") == "011213ABCD45"


@pytest.mark.parametrize("typed", ["", "ABC", "0123456789AU", "0123456789ABC", "0123456789Ä"])
def test_read_public_id_refuses_what_cannot_be_one(typed):
    with pytest.raises(ValueError, match="a public id has 12 characters"):
        read_public_id(typed)
