from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.files import PIECE, sha256_of
from staffel.curriculum.core.package.kept import Kept


@given(st.lists(st.binary(max_size=3_000), max_size=20), st.data())
def test_kept_gives_back_all_and_any_part(pieces, data):
    kept, whole = Kept(), b"".join(pieces) * 8
    for piece in pieces * 8:
        kept.write(piece)
    at = data.draw(st.integers(0, len(whole)))
    size = data.draw(st.integers(0, len(whole) - at))

    assert kept.part(at, size) == whole[at : at + size]
    assert (kept().read(), b"".join(kept.pieces()), kept.size) == (whole, whole, len(whole))
    assert kept.sha256 == sha256_of(kept())


def test_a_part_may_lie_in_several_blocks():
    kept, whole = Kept(), bytes(range(256)) * 1_000
    for at in range(0, len(whole), 1_000):
        kept.write(whole[at : at + 1_000])

    assert kept.part(PIECE - 5, 2 * PIECE) == whole[PIECE - 5 : 3 * PIECE - 5]
