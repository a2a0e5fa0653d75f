import pytest

from staffel.municipalities.core.spelling import fold, sort_key, spellings


@pytest.mark.parametrize(
    "text, short, long",
    [("Gröbenzell", "grobenzell", "groebenzell"), ("Słopišća", "slopisca", "slopisca"), ("ẞ", "ss", "ss"), ("I", "i", "i")],
)
def test_fold(text, short, long):
    assert (fold(text), fold(text, long=True)) == (short, long)


def test_spellings_of_a_name_with_sankt_and_umlaut():
    assert spellings("St. Märgen") == [["st", "margen"], ["sankt", "margen"], ["st", "maergen"], ["sankt", "maergen"]]


def test_sort_key_is_the_order_of_a_german_register():
    sorted_names = sorted(["Zell", "Öhringen", "Ohrdruf", "Oelde", "Ärzen", "Aach", "Bad Ems", "Baden"], key=sort_key)

    assert sorted_names == ["Aach", "Ärzen", "Bad Ems", "Baden", "Oelde", "Ohrdruf", "Öhringen", "Zell"]
