import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.content import Answer, Item, ItemKind
from staffel.curriculum.pages.quiz import letter, mixed, quiz_item


def item(kind, *answers):
    return quiz_item(1, Item("a", kind, "planen", "?", answers, "Merken Sie sich das."), "<p>?</p>")


def test_options_to_pick_are_lettered_and_each_is_explained():
    found = item(ItemKind.SINGLE, Answer("Aufgabe", True, "Ja."), Answer("Technik", False, "Später."))

    assert (found.lettered, found.options, found.partners) == (True, ["Aufgabe", "Technik"], [])
    assert [(a.mark, a.text, a.verdict, a.right, a.feedback) for a in found.answers] == [
        ("A ·", "Aufgabe", "richtig", True, "Ja."),
        ("B ·", "Technik", "nicht richtig", False, "Später."),
    ]
    assert (found.asked, found.feedback) == ("Eine Antwort ist richtig.", "Merken Sie sich das.")


def test_an_order_is_asked_in_another_one():
    found = item(ItemKind.ORDER, *(Answer(text, True, "") for text in ("Eins", "Zwei", "Drei")))

    assert sorted(found.options) == ["Drei", "Eins", "Zwei"]
    assert found.options != ["Eins", "Zwei", "Drei"]
    assert [(a.mark, a.text) for a in found.answers] == [("1.", "Eins"), ("2.", "Zwei"), ("3.", "Drei")]


def test_a_match_shows_both_sides_apart():
    found = item(ItemKind.MATCH, Answer("Hund", True, "", "bellt"), Answer("Katze", True, "", "miaut"))

    assert (found.options, found.partners) == (["Hund", "Katze"], ["miaut", "bellt"])
    assert [a.text for a in found.answers] == ["Hund gehört zu: bellt", "Katze gehört zu: miaut"]


def test_a_gap_shows_nothing_to_pick():
    found = item(ItemKind.GAP, Answer("weg", True, ""))

    assert (found.options, [(a.text, a.verdict) for a in found.answers]) == ([], [("weg", "richtig")])


@given(st.lists(st.text(max_size=5), min_size=2, max_size=8))
def test_mixed_keeps_all_and_never_gives_the_order_away(texts):
    found = mixed(texts)

    assert sorted(found) == sorted(texts)
    assert found != texts or len(set(texts)) == 1
    assert found == mixed(texts)


@pytest.mark.parametrize("place, mark", [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB")])
def test_letters_count_as_browsers_do(place, mark):
    assert letter(place) == mark
