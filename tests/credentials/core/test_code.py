"""The check character finds every mistake that it promises to find: tried, not only argued."""

import doctest
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.base.public_id import ALPHABET
from staffel.credentials.core import code as codes

CODES = [codes.code_from(f"words {number}") for number in range(12)]


def is_right(code):
    try:
        return codes.read(code) == code
    except codes.Mistyped:
        return False


def test_examples_in_the_module_are_true():
    assert doctest.testmod(codes).failed == 0


@pytest.mark.parametrize("code", CODES)
def test_every_single_substitution_is_found(code):
    wrong = [code[:at] + other + code[at + 1 :] for at in range(codes.LENGTH) for other in ALPHABET if other != code[at]]

    assert (len(wrong), sum(map(is_right, wrong))) == (403, 0)


@pytest.mark.parametrize("code", CODES)
def test_every_swap_of_two_characters_is_found(code):
    wrong = []
    for first, second in combinations(range(codes.LENGTH), 2):
        letters = list(code)
        letters[first], letters[second] = letters[second], letters[first]
        if letters != list(code):
            wrong.append("".join(letters))

    assert sum(map(is_right, wrong)) == 0


def test_two_equal_neighbours_misread_alike_are_found():
    wrong = 0
    for at in range(codes.BODY):
        for right in ALPHABET:
            code = codes.with_check(("0" * at + right * 2 + "0" * codes.BODY)[: codes.BODY])
            if code[at] == code[at + 1]:
                twins = (code[:at] + other * 2 + code[at + 2 :] for other in ALPHABET if other != right)
                wrong += sum(map(is_right, twins))

    assert wrong == 0


def test_the_check_is_linear_so_one_code_stands_for_all():
    """Two mistakes differ only by what was changed: a sum of two right codes, character by character, is right too."""
    value = {character: number for number, character in enumerate(ALPHABET)}
    both = "".join(ALPHABET[value[a] ^ value[b]] for a, b in zip(CODES[0], CODES[1], strict=True))

    assert is_right(both)


@given(st.text(ALPHABET, min_size=12, max_size=12))
def test_read_takes_what_show_prints_however_it_is_typed(body):
    code = codes.with_check(body)
    shown = codes.show(code)

    assert codes.read(shown) == code
    assert codes.read(f"  {shown.lower()} ".replace("-", " ")) == code
    assert codes.read(shown.replace("0", "o").replace("1", "l")) == code
    assert codes.read(shown.replace("0", "O").replace("1", "I").replace("-", "\u2013")) == code


@given(st.text(max_size=40))
def test_read_refuses_everything_else_as_one_of_two_mistakes(typed):
    try:
        read = codes.read(typed)
    except (codes.NotACode, codes.Mistyped):
        return
    assert codes.with_check(read[:12]) == read


@pytest.mark.parametrize("typed", ["", "7K2M-9QXW", "7K2M-9QXW-4T1BJ7", "7K2M-9QXW-4T1BU", "ÄÖÜ9-9QXW-4T1BJ"])
def test_read_tells_what_cannot_be_a_code(typed):
    with pytest.raises(codes.NotACode):
        codes.read(typed)


def test_read_tells_a_typing_error():
    assert codes.read("7K2M-9QXW-4T1BJ") == "7K2M9QXW4T1BJ"
    with pytest.raises(codes.Mistyped):
        codes.read("7K2M-9QWX-4T1BJ")


@pytest.mark.parametrize("body", ["", "7K2M9QXW4T1", "7K2M9QXW4T1U", "7k2m9qxw4t1b"])
def test_with_check_takes_twelve_characters_of_the_alphabet(body):
    with pytest.raises(ValueError, match="begins with 12 characters"):
        codes.with_check(body)


def test_code_from_gives_the_same_code_for_the_same_words():
    assert codes.code_from("staffel:pilot:1:1") == codes.code_from("staffel:pilot:1:1")
    assert len({codes.code_from(f"staffel:pilot:{number}") for number in range(1000)}) == 1000
