import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.package import strict_json

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_what_is_written_is_read_again(value):
    assert strict_json.read(strict_json.small(value)) == value
    assert strict_json.read(strict_json.line(value).encode()) == value
    assert "\n" not in strict_json.line(value)


@pytest.mark.parametrize("levels", [12, 13])
def test_nesting_has_a_limit(levels):
    text = b"[" * levels + b"1" + b"]" * levels
    if levels == 12:
        assert strict_json.read(text)
        return
    with pytest.raises(strict_json.NotJson, match="zu tief verschachtelt"):
        strict_json.read(text)


_values = st.recursive(
    st.none() | st.integers(0, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
)


@given(
    _values, st.integers(0, 13), st.sampled_from([("[", "]"), ('{"a": [', "]}"), ('{"a": 1, "a": [', "]}"), ("[NaN, ", "]")])
)
def test_to_check_refuses_what_to_read_refuses(value, levels, around):
    text = "[" * levels + around[0] + strict_json.line(value) + around[1] + "]" * levels

    assert refusal_of(strict_json.check, text) == refusal_of(strict_json.read, text)


def refusal_of(act, text):
    try:
        act(text.encode())
    except strict_json.NotJson as refused:
        return str(refused)
    return ""


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(text):
    try:
        strict_json.read(text)
    except strict_json.NotJson as refused:
        assert str(refused)  # noqa: PT017


@given(st.lists(st.binary(max_size=90_000).map(lambda text: text.replace(b"\n", b"")), max_size=4))
def test_lines_come_out_whole(texts):
    content = b"".join(text + b"\n" for text in texts)

    assert list(strict_json.lines(io.BytesIO(content))) == texts


def test_a_line_has_a_limit():
    found = strict_json.lines(io.BytesIO(b"x" * (strict_json.LONGEST_LINE + 1)))

    with pytest.raises(strict_json.NotJson, match="in zu langen Zeilen geschrieben"):
        list(found)


@pytest.mark.parametrize(
    "value, fits",
    [
        ("a", True),
        ("Name mit\u00a0festem Leerzeichen", True),
        ("a" * 10, False),
        ("", False),
        (" a", False),
        ("a\nb", False),
        ("a\0b", False),
        ("\ud800", False),
        ("a\u2028b", False),
        ("a\u202eb", False),
        ("a\u2069b", False),
        (1, False),
        (None, False),
    ],
)
def test_what_is_one_line(value, fits):
    assert strict_json.is_line(value, 30 if fits else 9) is fits
