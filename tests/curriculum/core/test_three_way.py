import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.prose import Piece, joined
from staffel.curriculum.core.three_way import Clash, merge_order, merge_prose

BASE = "Eins ist gut.\n\nZwei\nhat drei\nZeilen hier.\n\nDrei ist viel."
orders = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5)


@pytest.mark.parametrize("ours, theirs, merged", [
    # Different blocks, neighbours too.
    ("Eins ist sehr gut.\n\nZwei\nhat drei\nZeilen hier.\n\nDrei ist viel.",
     "Eins ist gut.\n\nZwei\nhat doch drei\nZeilen hier.\n\nDrei ist viel.",
     "Eins ist sehr gut.\n\nZwei\nhat doch drei\nZeilen hier.\n\nDrei ist viel."),
    # The same block, lines that are no neighbours.
    (BASE.replace("Zwei", "Zwo"), BASE.replace("Zeilen hier", "Zeilen da"),
     BASE.replace("Zwei", "Zwo").replace("Zeilen hier", "Zeilen da")),
    # Both the same.
    (BASE.replace("gut", "recht"), BASE.replace("gut", "recht") + "\n\nVier.", BASE.replace("gut", "recht") + "\n\nVier."),
    # A new block, and the block before it changed.
    (BASE.replace("viel.", "viel.\n\nVier."), BASE.replace("ist viel", "ist wenig"),
     BASE.replace("ist viel", "ist wenig") + "\n\nVier."),
    # One block removed, another added.
    (BASE.removeprefix("Eins ist gut.\n\n"), BASE + "\n\nVier.", BASE.removeprefix("Eins ist gut.\n\n") + "\n\nVier."),
    # Blank lines of one side, words of the other.
    (BASE.replace("\n\nDrei", "\n\n\nDrei"), BASE.replace("gut", "recht"),
     BASE.replace("\n\nDrei", "\n\n\nDrei").replace("gut", "recht")),
])  # fmt: skip
def test_what_one_side_changed_is_taken(ours, theirs, merged):
    assert joined(merge_prose(BASE, ours, theirs)) == merged
    assert joined(merge_prose(BASE, theirs, ours)) == merged


@pytest.mark.parametrize("ours, theirs, name, texts", [
    (BASE.replace("gut", "recht"), BASE.replace("gut", "schlecht"), "block-1",
     ("Eins ist gut.", "Eins ist recht.", "Eins ist schlecht.")),
    # Neighbouring lines clash, and the whole block is shown.
    (BASE.replace("Zwei", "Zwo"), BASE.replace("hat drei", "hat vier"), "block-2",
     ("Zwei\nhat drei\nZeilen hier.", "Zwo\nhat drei\nZeilen hier.", "Zwei\nhat vier\nZeilen hier.")),
    (BASE + "\n\nVier.", BASE + "\n\nFünf.", "after-block-3", ("", "Vier.", "Fünf.")),
    (BASE.removesuffix("\n\nDrei ist viel."), BASE.replace("ist viel", "ist wenig"), "block-3",
     ("Drei ist viel.", "", "Drei ist wenig.")),
])  # fmt: skip
def test_what_both_changed_clashes_as_whole_blocks(ours, theirs, name, texts):
    clashes = [part for part in merge_prose(BASE, ours, theirs) if isinstance(part, Clash)]

    assert [(clash.name, joined(clash.base), joined(clash.ours), joined(clash.theirs)) for clash in clashes] == [(name, *texts)]


def test_changes_that_reach_over_several_blocks_are_one_clash():
    base = "A a a\n\nB b b\n\nC c c\n\nD d d"
    parts = merge_prose(base, "X x x\n\nY y y\n\nC c c\n\nD d d", "A a a\n\nZ z z\n\nU u u\n\nD d d")

    assert parts == [
        Clash(
            "block-1",
            (Piece("A a a"), Piece("B b b", "\n\n"), Piece("C c c", "\n\n")),
            (Piece("X x x"), Piece("Y y y", "\n\n"), Piece("C c c", "\n\n")),
            (Piece("A a a"), Piece("Z z z", "\n\n"), Piece("U u u", "\n\n")),
        ),
        Piece("D d d", "\n\n"),
    ]


@pytest.mark.parametrize("base, ours, theirs, kept, merged", [
    ("abc", "abc", "abc", "abc", "abc"),
    ("abc", "acb", "abc", "abc", "acb"),
    ("abc", "axbc", "abyc", "abcxy", "axbyc"),
    # Inserted behind the same neighbour: what sorts first comes first, and each side's stay together.
    ("ab", "aysb", "axzb", "abxyzs", "axzysb"),
    ("ab", "ba", "abx", "abx", "bxa"),
    ("", "xy", "yz", "xyz", "xyz"),
    ("abc", "ab", "abcx", "abx", "abx"),
    ("abc", "bac", "acb", "abc", None),
    ("a", "axy", "ayx", "axy", None),
])  # fmt: skip
def test_merge_order(base, ours, theirs, kept, merged):
    expected = None if merged is None else list(merged)

    assert merge_order(base, ours, theirs, set(kept)) == expected
    assert merge_order(base, theirs, ours, set(kept)) == expected


@given(orders, orders, orders)
def test_merge_order_has_each_kept_name_once_and_follows_whoever_changed_it(base, ours, theirs):
    merged = merge_order(base, ours, theirs, {*ours, *theirs})

    assert merged is None or sorted(merged) == sorted({*ours, *theirs})
    assert merge_order(base, ours, base, set(ours)) == ours
    assert merge_order(base, base, theirs, set(theirs)) == theirs
