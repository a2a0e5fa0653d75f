import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.prose import Piece, joined, pieces

marks = st.sampled_from(("Text", "", "", ":::hint Titel", ":::", "```", "~~~", "- Punkt", "  ", "# Titel"))
texts = st.lists(marks, max_size=14).map("\n".join)


@given(texts)
def test_joined_pieces_are_the_text_but_for_blank_lines_at_its_ends(text):
    plain = "\n".join(line.rstrip() for line in text.split("\n"))

    assert joined(pieces(plain)).strip("\n") == plain.strip("\n")


@pytest.mark.parametrize("text, blocks", [
    ("", []),
    ("Eins", ["Eins"]),
    ("Eins\nzwei\n\n\nDrei", ["Eins\nzwei", "Drei"]),
    (":::hint\nEins\n\nZwei\n:::\nDrei", [":::hint\nEins\n\nZwei\n:::", "Drei"]),
    ("Eins\n:::hint\nZwei\n:::", ["Eins", ":::hint\nZwei\n:::"]),
    ("```\n:::hint\n\n```\n\nEins", ["```\n:::hint\n\n```", "Eins"]),
    (":::hint\n```\n:::\n```\n\nEins\n:::", [":::hint\n```\n:::\n```\n\nEins\n:::"]),
    ("~~~~\n~~~\n\n~~~~~\n\nEins", ["~~~~\n~~~\n\n~~~~~", "Eins"]),
    # What is never closed goes on to the end.
    (":::hint\nEins\n\nZwei", [":::hint\nEins\n\nZwei"]),
])  # fmt: skip
def test_pieces_are_never_torn(text, blocks):
    assert [piece.text for piece in pieces(text)] == blocks


def test_what_was_first_gets_a_blank_line_before_it():
    assert joined([Piece("Eins"), Piece("Zwei"), Piece("Drei", "\n")]) == "Eins\n\nZwei\nDrei"
