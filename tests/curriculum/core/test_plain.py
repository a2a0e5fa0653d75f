from datetime import date, datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.curriculum.core.plain import DEEPEST, KEPT, Mapping, NotCanonical, Scalar, Sequence, is_typed, read, write

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]
WORD = "wort" * 30


def values(node):
    """Return what the nodes mean."""
    if isinstance(node, Mapping):
        return {name: values(value) for name, _, value in node.entries}
    if isinstance(node, Sequence):
        return [values(value) for value in node.nodes]
    if node.quoted or not is_typed(node.text):
        return node.text
    if node.text in {"true", "false"}:
        return node.text == "true"
    return date.fromisoformat(node.text) if "-" in node.text else int(node.text)


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, inner)) if inner else 0


@pytest.mark.parametrize("value, spelling", [
    ("ein Wort", "a: ein Wort\n"),
    ("2. Mai", "a: 2. Mai\n"),
    ("„so“", "a: „so“\n"),
    ("https://a.example/b:c#d", "a: https://a.example/b:c#d\n"),
    ("yes", 'a: "yes"\n'),
    ("Off", 'a: "Off"\n'),
    ("y", 'a: "y"\n'),
    ("null", 'a: "null"\n'),
    ("~", 'a: "~"\n'),
    ("", 'a: ""\n'),
    ("2026", 'a: "2026"\n'),
    ("1.5", 'a: "1.5"\n'),
    ("1.0.0", 'a: "1.0.0"\n'),
    ("0x1f", 'a: "0x1f"\n'),
    ("0o17", 'a: "0o17"\n'),
    ("09:30", 'a: "09:30"\n'),
    ("2026-11-25", 'a: "2026-11-25"\n'),
    (".inf", 'a: ".inf"\n'),
    ("-1", 'a: "-1"\n'),
    ("- x", 'a: "- x"\n'),
    ("a: b", 'a: "a: b"\n'),
    ("a:", 'a: "a:"\n'),
    ("a #b", 'a: "a #b"\n'),
    ("#b", 'a: "#b"\n'),
    ("&b", 'a: "&b"\n'),
    ("=", 'a: "="\n'),
    ("<<", 'a: "<<"\n'),
    (" a", 'a: " a"\n'),
    ("a\xa0", 'a: "a\xa0"\n'),
    ("a\tb", 'a: "a\\tb"\n'),
    ("a\u2028b\x85c\ufeff", 'a: "a\\u2028b\\u0085c\\ufeff"\n'),
    ('er sagt "ja"', 'a: er sagt "ja"\n'),
    ('"ja" sagt er', 'a: "\\"ja\\" sagt er"\n'),
    (240, "a: 240\n"),
    (0, "a: 0\n"),
    (True, "a: true\n"),
    (False, "a: false\n"),
    (date(2026, 11, 25), "a: 2026-11-25\n"),
    ("eins\nzwei", "a: |-\n  eins\n  zwei\n"),
    ("eins\n\n  zwei", "a: |-\n  eins\n\n    zwei\n"),
    (" eins\nzwei", 'a: " eins\\nzwei"\n'),
    ("\neins", 'a: "\\neins"\n'),
    ("eins\n", 'a: "eins\\n"\n'),
    (f"kurz {WORD}", f"a: >-\n  kurz\n  {WORD}\n"),
    (f"zwei  Leerzeichen {WORD}", f"a: >-\n  zwei  Leerzeichen\n  {WORD}\n"),
    (f"a: b {WORD}", f"a: >-\n  a: b\n  {WORD}\n"),
    (WORD, f"a: >-\n  {WORD}\n"),
    (f" {WORD}", f'a: " {WORD}"\n'),
    (f"{WORD}\t", f'a: "{WORD}\\t"\n'),
    (["eins", "2"], 'a:\n  - eins\n  - "2"\n'),
    ([f"kurz {WORD}"], f"a:\n  - >-\n    kurz\n    {WORD}\n"),
    ([{"b": "c", "d": ["e"]}, {"b": "f"}], "a:\n  - b: c\n    d:\n      - e\n  - b: f\n"),
    ({"b": {"c": "d"}}, "a:\n  b:\n    c: d\n"),
])  # fmt: skip
def test_a_value_has_this_spelling(value, spelling):
    assert write({"a": value}) == spelling
    assert values(read(spelling)) == {"a": value}
    assert yaml.safe_load(spelling) == {"a": value}


def test_a_line_has_at_most_100_columns_where_it_can():
    text = "wort " * 200
    lines = write({"titel": text.strip(), "liste": [text.strip()]}).splitlines()

    assert max(map(len, lines)) <= 100
    assert write({"a": "x" * 97}) == f"a: {'x' * 97}\n"
    assert write({"a": "x" * 98}) == f"a: >-\n  {'x' * 98}\n"


def test_read_knows_the_lines():
    text = "a: eins\nb: |-\n  x\n  y\nc:\n  - d: 1\n    e: >-\n      " + WORD + "\n      x\n  - d: 2\n"

    assert read(text, first_line=11) == Mapping([
        ("a", 11, Scalar("eins", 11)),
        ("b", 12, Scalar("x\ny", 12, quoted=True, literal=True)),
        ("c", 15, Sequence([
            Mapping([("d", 16, Scalar("1", 16)), ("e", 17, Scalar(f"{WORD} x", 17, quoted=True))], 16),
            Mapping([("d", 20, Scalar("2", 20))], 20),
        ], 16)),
    ], 11)  # fmt: skip


def long_list(count, last="Eins"):
    rows = [{"key": f"k-{number}", "units": ["a", "b"], "text": f"{WORD} x"} for number in range(count - 1)]
    return {
        "vorher": "eins\nzwei",
        "rows": [*rows, {"key": last}],
        "words": [f"w{number}" for number in range(count)],
        "end": 1,
    }


@pytest.mark.parametrize("count", [KEPT, KEPT + 1, 2_500])
def test_lists_of_any_length_are_read_with_their_lines_as_often_as_somebody_asks(count):
    text = write(long_list(count))
    found = read(text, first_line=7)
    rows = {name: value for name, _, value in found.entries}["rows"]

    assert values(found) == long_list(count) == values(found)
    assert [len(value.nodes) for _, _, value in found.entries[1:3]] == [count, count]
    lines = text.split("\n")
    assert all(lines[row.line - 7].startswith("  - key: ") for row in rows.nodes)
    assert next(iter(rows.nodes)) in rows.nodes


def test_a_mistake_late_in_a_long_list_has_its_line():
    text = write(long_list(KEPT + 50, last="letzte")).replace("key: letzte", "key: 'letzte'")

    with pytest.raises(NotCanonical) as refusal:
        read(text)

    assert refusal.value.line == text[: text.index("letzte")].count("\n") + 1


@pytest.mark.parametrize("text, line", [
    ("", 1), ("\n", 1), ("a: b", 1), ("a: b\n\n", 2), ("a: b\n c: d\n", 2), ("a: b\n  c: d\n", 2), ("# x\na: b\n", 1),
    ("a: b # c\n", 1), ("a:  b\n", 1), ("a: b \n", 1), ("a:\n", 1), ("a: \n", 1), ("a: 'b'\n", 1), ('a: "b"\n', 1),
    ("a: yes\n", 1),
    ("a: True\n", 1), ("a: 01\n", 1), ("a: 1.5\n", 1), ("a: -1\n", 1), ("a: [b]\n", 1), ("a: {b: c}\n", 1),
    ("a: &x b\n", 1),
    ("a: !x b\n", 1), ("a: b\na: c\n", 2), ("A: b\n", 1), ("yes: b\n", 1), ("a b: c\n", 1), ("- a\n", 1), ("a:\n- b\n", 2),
    ("a:\n    - b\n", 2), ("a:\n  -  b\n", 2), ("a:\n  - - b\n", 2), ("a:\n  b: c\n d: e\n", 3), ("a: >-\n  kurz\n", 1),
    (f"a: >-\n  kurz {WORD}\n", 2), (f"a: >-\n  kurz\n\n  {WORD}\n", 2), (f"a: >-\n  kurz\n  {WORD}\n\n", 1),
    ("a: |-\n  kurz\n", 1),
    ("a: |-\n  x\n  y\n\n", 1), ("a: |-\n   x\n  y\n", 1), ("a: |\n  x\n  y\n", 1), ("a: >-\n", 1), ("a: |-\n", 1),
    ("a: \"\\u0062\"\n", 1),
    ('a: "b\n', 1), ("---\na: b\n", 1), ("a: b\r\n", 1), ("a:\tb\n", 1), (f"a: {'x' * 98}\n", 1), ('a: "eins\\nzwei"\n', 1),
    ("".join(f"{'  ' * n}a:\n" for n in range(9)), DEEPEST + 1), ("a:\n" + "  - " * 9 + "b\n", 2),
])  # fmt: skip
def test_another_spelling_is_refused_with_its_line(text, line):
    with pytest.raises(NotCanonical) as refusal:
        read(text)

    assert refusal.value.line == line
    assert str(refusal.value) == f"line {line} is not in canonical form"


@pytest.mark.parametrize("value, error", [
    ({}, ValueError), ({"a": []}, ValueError), ({"a": {}}, ValueError), ({"a": [["b"]]}, ValueError),
    ({"a": -1}, ValueError),
    ({"A": "b"}, ValueError), ({"no": "b"}, ValueError), ({"a b": "c"}, ValueError), ({1: "c"}, ValueError),
    ({"": "c"}, ValueError),
    ({"a": None}, TypeError), ({"a": 1.5}, TypeError), ({"a": datetime(2026, 1, 1)}, TypeError), ({"a": b"b"}, TypeError),
    ({"a": {"a": {"a": {"a": {"a": {"a": {"a": "b"}}}}}}}, ValueError),
    ({"a": {"a": {"a": {"a": {"a": {"a": ["b"]}}}}}}, ValueError),
])  # fmt: skip
def test_what_has_no_spelling_is_refused(value, error):
    with pytest.raises(error):
        write(value)


PIECES = (
    "yes", "no", "~", "null", "12", "1.5", "2026-01-01", "9:30", "-", "- ", ": ", " #", "#", ":", " ", "  ", "\n", "\t",
    "\xa0", "\u2028",
    "\u2029", "\x85", "\ufeff", "'", '"', "\\", "[", "{", "&a", "*a", "!x", "|", ">", "%", "@", "`", "Wort",
    "ein langes Wort", "x" * 120,
    "ä", "😀", "---", "...", "=", "<<", "?", ",",
)  # fmt: skip
_names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name not in {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
)
_pieces = st.lists(st.sampled_from(PIECES), max_size=30)
_texts = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), _pieces.map("".join), _pieces.map(" ".join))
_scalars = st.one_of(_texts, st.booleans(), st.integers(0, 10**17), st.dates(date(1000, 1, 1)))
mappings = st.dictionaries(_names, _scalars, min_size=1, max_size=4)
for _ in range(2):
    mappings = st.dictionaries(
        _names,
        st.one_of(_scalars, st.lists(_scalars, min_size=1, max_size=3), mappings, st.lists(mappings, min_size=1, max_size=3)),
        min_size=1,
        max_size=4,
    )


@settings(deadline=None)
@given(mappings)
def test_what_is_written_is_read_back_by_us_and_by_pyyaml(value):
    text = write(value)

    assert values(read(text)) == value
    assert write(values(read(text))) == text
    for loader in LOADERS:
        assert yaml.load(text, Loader=loader) == value


@settings(deadline=None)
@given(mappings, st.data())
def test_a_changed_letter_is_refused_or_is_the_spelling_of_another_value(value, data):
    text = write(value)
    at = data.draw(st.integers(0, len(text) - 1))
    text = text[:at] + data.draw(st.sampled_from(" \n-:#\"'>|ax1\t")) + text[at + data.draw(st.integers(0, 1)) :]
    try:
        found, line = values(read(text)), 0
    except NotCanonical as refusal:
        found, line = None, refusal.line

    assert 0 <= line <= text.count("\n") + 1
    assert found is None or write(found) == text
    assert found is None or yaml.safe_load(text) == found


@settings(deadline=None)
@given(_texts)
def test_is_typed_agrees_with_pyyaml(text):
    tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))

    assert is_typed(text) is (tag != "tag:yaml.org,2002:str")
