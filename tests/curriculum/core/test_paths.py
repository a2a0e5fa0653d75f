import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.paths import Paths

SOME = ("B", "a", "a-b", "a/b", "a/c", "b", "ä")


def test_paths_are_read_like_a_tuple():
    paths = Paths(SOME)

    assert (tuple(paths), len(paths), paths[0], paths[-1], paths[1:4], paths[5:99]) == (SOME, 7, "B", "ä", SOME[1:4], SOME[5:])
    assert (paths == SOME, paths == Paths(SOME), paths == SOME[1:], paths == list(SOME)) == (True, True, False, False)
    assert ("a/b" in paths, "a/" in paths, "" in paths, "\ud800" in paths) == (True, False, False, False)
    assert repr(Paths("a")) == "Paths(('a',))"
    for at in (7, -8):
        with pytest.raises(IndexError):
            paths[at]


def test_the_place_of_a_path_is_its_number():
    paths = Paths(SOME)

    assert [paths.place(path) for path in SOME] == list(range(7))
    for path in ("", "A", "a/", "z", "öö"):
        with pytest.raises(KeyError):
            paths.place(path)


def test_first_and_below_find_where_a_folder_stands():
    paths = Paths(SOME)

    assert (paths.first("a/"), paths.first("a/a"), paths.first("zz"), paths.first("ü"), Paths(()).first("a")) == (3, 3, 6, 7, 0)
    assert (paths.below("a/"), paths.below(""), paths.below("c"), paths.below("ö")) == (
        range(3, 5),
        range(7),
        range(6, 6),
        range(7, 7),
    )


@pytest.mark.parametrize("paths", [("b", "a"), ("a", "a"), ("a/b", "a-b"), ("", "")])
def test_paths_stand_in_the_order_of_their_bytes(paths):
    with pytest.raises(ValueError, match="stands after"):
        Paths(paths)


@given(st.sets(st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), st.text(max_size=3))
def test_paths_find_what_a_set_finds(some, other):
    paths = Paths(sorted(some, key=str.encode))

    assert set(paths) == some
    assert all(paths[paths.place(path)] == path for path in some)
    assert (other in paths) == (other in some)
