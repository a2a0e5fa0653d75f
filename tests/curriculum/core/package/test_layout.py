import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.package.layout import NotAPackage, shown, stranger, unit_and_name, wrong_path
from tests.curriculum.core.package.samples import small_package


def test_every_file_of_a_package_belongs_and_has_a_good_name():
    paths = list(small_package())

    assert [path for path in paths if stranger(path) or wrong_path(path)] == []
    assert unit_and_name("units/einheit-1/files/stufen.svg") == ("einheit-1", "stufen.svg")
    assert unit_and_name("units/einheit-1/unit.yaml") == ("", "")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "programme/",
        "programme/x",
        "programme/units/a/b/unit.yaml",
        "programme/units/-a/unit.yaml",
        "metadata/amb/.json",
        f"programme/units/{'a' * 61}/unit.yaml",
        f"metadata/amb/{'a' * 61}.json",
        "Provenance.json",
        "manifest-sha256.txt/x",
        "programme/units/a/files/",
        "programme/units/a/unit.yaml\n",
    ],
)
def test_other_files_do_not_belong(path):
    assert stranger(path)


def test_the_longest_keys_belong():
    assert not stranger(f"programme/units/{'a' * 60}/unit.yaml")
    assert not stranger(f"metadata/amb/{'a' * 60}.json")


@given(st.text(max_size=200))
def test_a_name_can_always_be_shown_in_one_line(path):
    text = shown(path)

    assert text.isprintable()
    assert len(text) <= 83
    text.encode()


@given(st.text(alphabet="abAB.ä/ -_%1", min_size=1, max_size=30))
def test_a_good_name_stays_below_its_folder(path):
    if not wrong_path(path):
        parts = path.split("/")
        assert all(part and part.strip(" .") and part not in (".", "..") for part in parts)


def test_only_the_first_mistakes_are_kept():
    refused = NotAPackage(*(f"Satz {number}." for number in range(30)))

    assert len(refused.mistakes) == 20
    assert str(refused).startswith("Satz 0.\nSatz 1.\n")
