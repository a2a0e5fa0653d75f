import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.words import ADDED, GAP, REMOVED, SAME, flowing, prose_diff, shortened, word_diff

texts = st.text(alphabet="ab ,.\n-ü", max_size=60) | st.lists(st.sampled_from(("Sie", "planen", "gut", ",", " ", "\n"))).map(
    "".join
)


@given(texts, texts)
def test_both_texts_can_be_made_of_the_difference(old, new):
    difference = word_diff(old, new)

    assert "".join(text for operation, text in difference if operation in (SAME, REMOVED)) == old
    assert "".join(text for operation, text in difference if operation in (SAME, ADDED)) == new
    assert all(text for _, text in difference)
    assert all(one[0] != other[0] for one, other in itertools.pairwise(difference))


@pytest.mark.parametrize("old, new, difference", [
    ("", "", ()),
    ("Gut.", "Gut.", (("same", "Gut."),)),
    ("", "Neu.", (("added", "Neu."),)),
    ("Alt.", "", (("removed", "Alt."),)),
    ("Sie planen den Weg.", "Sie gehen den Weg.",
     (("same", "Sie "), ("removed", "planen"), ("added", "gehen"), ("same", " den Weg."))),
    # A word with a hyphen, a colon or an apostrophe is one word, a number with a point too.
    ("Bürger:innen", "Bürger-Rat", (("removed", "Bürger:innen"), ("added", "Bürger-Rat"))),
    ("Kompetenz 1.2", "Kompetenz 1.3", (("same", "Kompetenz "), ("removed", "1.2"), ("added", "1.3"))),
    # Whole phrases are replaced, not every word of them.
    ("Das alte Rathaus steht.", "Das neue Amt steht.",
     (("same", "Das "), ("removed", "alte Rathaus"), ("added", "neue Amt"), ("same", " steht."))),
    ("Eins, zwei.", "Eins, drei, zwei.", (("same", "Eins, "), ("added", "drei, "), ("same", "zwei."))),
    # Wrapped anew: only line breaks are different, no word.
    ("Wir planen heute\nund morgen.", "Wir planen\nheute und morgen.",
     (("same", "Wir planen"), ("removed", " "), ("added", "\n"), ("same", "heute"), ("removed", "\n"), ("added", " "),
      ("same", "und morgen."))),
    ("Erste Zeile\nZweite", "Erste Zeile\nNeu\nZweite", (("same", "Erste Zeile\n"), ("added", "Neu\n"), ("same", "Zweite"))),
])  # fmt: skip
def test_words_that_changed(old, new, difference):
    assert word_diff(old, new) == difference


def test_shortened_keeps_some_words_around_changes():
    before, after = "a b c d e f g h", "i j k l m n o p"
    difference = word_diff(f"{before} ALT {after}\n", f"{before} NEU {after}\n")

    assert shortened(difference, 2) == (
        (GAP, " …"), (SAME, " g h "), (REMOVED, "ALT"), (ADDED, "NEU"), (SAME, " i j"), (GAP, " …"),
    )  # fmt: skip


def test_shortened_leaves_short_texts_and_changes_alone():
    difference = word_diff("Sie planen den Weg.", "Sie gehen den Weg.")
    whole = word_diff("a b c d e f", "")

    assert (shortened(difference, 2), shortened(whole, 1)) == (difference, whole)
    assert shortened(word_diff("a b c d", "a b c d"), 1) == ((GAP, " …"),)


@pytest.mark.parametrize("old, new", [
    # One line each; every other word is changed; nothing but one word; nothing in common.
    (" ".join(f"wort{n}" for n in range(12_000)), " ".join(f"wort{n if n % 2 else -n}" for n in range(12_000))),
    ("gut " * 25_000, "gut schlecht " * 8_000),
    ("\n".join(["Zeile"] * 16_000), "\n".join(["Zeile", ""] * 8_000)),
    ("\n".join(f"alt {n} und so weiter" for n in range(4_000)), "\n".join(f"neu {-n} oder nicht" for n in range(4_000))),
    ("a" * 100_000, "b" * 100_000),
    ("," * 100_000, ".," * 50_000),
])  # fmt: skip
def test_long_texts_take_no_long_time(old, new):
    began = time.perf_counter()
    difference = word_diff(old, new)

    assert time.perf_counter() - began < 5
    assert "".join(text for operation, text in difference if operation != REMOVED) == new


@pytest.mark.parametrize("prose, on_the_page", [
    ("", ""),
    ("Wir planen heute\nund morgen.", "Wir planen heute und morgen."),
    ("Eins.\n\nZwei\nund drei.\n", "Eins.\n\nZwei und drei.\n"),
    # Hard breaks and all that begins a block of its own keep their lines.
    ("Eins  \nzwei\\\ndrei", "Eins  \nzwei\\\ndrei"),
    ("Das:\n- eins\n* zwei\n1. drei\n> vier\n#fünf\n| a | b |\n:::hint\nsechs\n:::\n---\nsieben", None),
    ("## Vorher\nDas Neue.", "Vorher\nDas Neue."),
    ("- eins\n  geht\n  weiter\n- zwei", "- eins geht weiter\n- zwei"),
    ("```\neins\nzwei\n```", None),
    # No list: a year, a dash in the middle.
    ("Seit\n2021 läuft\n**das** – so.", "Seit 2021 läuft **das** – so."),
])  # fmt: skip
def test_wrapped_paragraphs_flow(prose, on_the_page):
    assert flowing(prose) == (prose if on_the_page is None else on_the_page)


def test_prose_is_compared_without_its_wrapping():
    assert prose_diff("Wir planen heute\nund morgen.", "Wir planen\nheute und gern.") == (
        (SAME, "Wir planen heute und "), (REMOVED, "morgen"), (ADDED, "gern"), (SAME, "."),
    )  # fmt: skip


def test_where_only_the_wrapping_changed_that_is_the_difference():
    assert prose_diff("Wir\nplanen.", "Wir planen.") == ((SAME, "Wir"), (REMOVED, "\n"), (ADDED, " "), (SAME, "planen."))
