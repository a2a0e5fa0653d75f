import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.paths import Paths, below, is_in, place, span

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


@pytest.mark.parametrize("kind", [Paths, tuple])
def test_the_place_of_a_path_is_its_number_or_would_be(kind):
    paths = kind(SOME)

    assert [place(paths, path) for path in SOME] == list(range(7))
    assert [place(paths, path) for path in ("", "A", "a/", "a/bc", "zz", "öö")] == [0, 0, 3, 4, 6, 7]
    assert [is_in(paths, path) for path in ("a/b", "a/", "z", "öö")] == [True, False, False, False]
    assert place(kind(()), "a") == 0


@pytest.mark.parametrize("kind", [Paths, tuple])
def test_below_gives_those_of_a_folder_without_it(kind):
    paths = kind(SOME)

    assert [span(paths, prefix) for prefix in ("a/", "", "c", "ö")] == [(3, 5), (0, 7), (6, 6), (7, 7)]
    assert [below(paths, prefix) for prefix in ("a/", "", "c")] == [("b", "c"), SOME, ()]
    inner = below(paths, "a")
    assert (inner, len(inner), place(inner, "/c"), is_in(inner, "/b"), is_in(inner, "B")) == (
        ("", "-b", "/b", "/c"), 4, 3, True, False
    )  # fmt: skip
    assert (below(inner, "/"), inner[-1], inner[1:3]) == (("b", "c"), "/c", ("-b", "/b"))


def test_many_paths_are_found_in_every_block_and_take_little_memory():
    texts = tuple(sorted(f"programme/units/einheit-{number}/unit.yaml" for number in range(2_000)))
    tracemalloc.start()
    paths = Paths(iter(texts))
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert held < 40_000
    assert paths == texts
    assert [paths.place(path) for path in reversed(texts)] == list(reversed(range(2_000)))
    inner = paths.below("programme/units/einheit-1")
    assert inner == tuple(path[25:] for path in texts if path.startswith("programme/units/einheit-1"))
    assert [inner.place(path) for path in inner] == list(range(len(inner)))


@pytest.mark.parametrize("paths", [("b", "a"), ("a", "a"), ("a/b", "a-b"), ("", "")])
def test_paths_stand_in_the_order_of_their_bytes(paths):
    with pytest.raises(ValueError, match="stands after"):
        Paths(paths)


@given(st.sets(st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), st.text(max_size=3))
def test_paths_find_what_a_set_finds(some, other):
    paths = Paths(sorted(some, key=str.encode))

    assert set(paths) == some
    assert all(paths[paths.place(path)] == path for path in some)
    assert paths.below(other) == tuple(path[len(other) :] for path in sorted(some) if path.startswith(other))
    assert (other in paths) == (other in some)
