import sys
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core import lines
from staffel.curriculum.core.content import Form
from staffel.curriculum.core.lines import LARGEST_FILE, Report, compose, decode, fitting, is_key
from staffel.curriculum.core.plain import write

COMMENT = (
    "Kommentare mit # gehen beim Weitergeben verloren und sind deshalb nicht erlaubt. Bitte schreiben Sie den Text in die "
    "Angabe „note“."
)
BROKEN = (
    "Ab hier lässt sich die Datei nicht lesen. Oft ist die Einrückung falsch, oder ein Text mit Doppelpunkt steht nicht in "
    "Anführungszeichen."
)
REFERENCE = "Verweise mit & und * sind hier nicht erlaubt. Bitte schreiben Sie den Wert aus."


def composed(text):
    """Return the entries and the report of a text."""
    report = Report()
    return compose(report, "a.yaml", text), report


def said(report):
    return [(mistake.line, mistake.sentence) for mistake in report.mistakes]


@pytest.fixture(params=["with libyaml", "without libyaml"])
def _either_loader(request, monkeypatch):
    if request.param == "without libyaml":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML is without libyaml here")


@pytest.mark.parametrize("text, expected", [
    ("nur Text", [(1, "Hier fehlen die Angaben in der Form „name: Wert“.")]),
    ("", [(1, "Hier fehlen die Angaben in der Form „name: Wert“.")]),
    ("- eins\n", [(1, "Hier fehlen die Angaben in der Form „name: Wert“.")]),
    ("a: 'b\n", [(2, BROKEN)]),
    ("a: b\nc: d: e\n", [(2, BROKEN)]),
    ("a: &x b\n", [(1, REFERENCE)]),
    ("a: 'b'\nc: *x\n", [(2, REFERENCE)]),
    ("a: !x b\n", [(1, "Angaben mit ! sind hier nicht erlaubt. Bitte schreiben Sie nur den Wert.")]),
    ("a: b\n---\nc: d\n", [(2, "Hier beginnt ein zweites Dokument. Eine Datei enthält genau eines.")]),
    ("a: [[[[[[b]]]]]]\n", [(1, "Hier ist zu tief verschachtelt, erlaubt sind 6 Ebenen.")]),
    ("a: b\na: c\n", [(2, "„a“ steht hier ein zweites Mal.")]),
    ("? [a]\n: b\n", [(1, "Der Name einer Angabe muss ein einzelnes Wort sein.")]),
])  # fmt: skip
@pytest.mark.usefixtures("_either_loader")
def test_what_is_no_plain_mapping_is_refused_with_its_line(text, expected):
    assert said(composed(text)[1]) == expected


@pytest.mark.parametrize("text, lines", [
    ("# eins\na: 'b'\n", [1]),
    ("a: 'b'  # zwei # drei\nc: d # vier\n", [1, 2]),
    ("ä: 'ö😀' # eins\n\n# zwei\n", [1, 3]),
    ("a:\n  # eins\n  - b\n  # zwei\n  - c\n", [2, 4]),
    ("a: >- # eins\n  b # kein Kommentar\n# zwei\nc: d\n", [1, 3]),
    ("a: |\n  # kein Kommentar\n  b\n\n  # auch keiner\n", []),
    ("a: '# keiner'\nb: c#d\ne: \"#\"\n", []),
    ("a: b\n   c # eins\nd: 'e'\n", [2]),
    ("a: [b, # eins\n  c] # zwei\n", [1, 2]),
    ("a: 'b' # eins\r\n", [1]),
])  # fmt: skip
@pytest.mark.usefixtures("_either_loader")
def test_comments_are_refused_each_with_its_line(text, lines):
    assert said(composed(text.replace("\r\n", "\n"))[1]) == [(line, COMMENT) for line in lines]


MARKS = ("a: ", "b: ", "'", '"', "#", " #", "\n", "\n  ", "- ", "|", ">-", "x", "ä", "[", "]", "{", ",")


@pytest.mark.usefixtures("_either_loader")
def test_of_many_comments_the_first_ones_are_told():
    report = Report()
    compose(report, "a.yaml", "a: 'b'\n" + "#\n" * 499_000)

    assert [(each.line, each.sentence) for each in report.mistakes] == [(line, COMMENT) for line in range(2, 102)]


def test_what_is_too_much_by_hand_is_not_read(monkeypatch):
    monkeypatch.setattr(lines, "MOST_BY_HAND", 15)
    report = Report()

    assert (compose(report, "a.yaml", "a: 'b'\n") is None, compose(report, "b.yaml", "a: 'bcd'\n") is None) == (False, True)
    assert [str(each) for each in report.mistakes] == [
        "b.yaml, Zeile 1: Ab hier ist die Datei nicht in der einheitlichen Schreibweise, und so viel wird in freier "
        "Schreibweise nicht gelesen. Bitte bringen Sie den Ordner zuerst in Form."
    ]
    assert compose(report, "c.yaml", "a: b\n") is not None


@given(
    st.lists(
        st.sampled_from(["a: ", "b: ", "'", '"', "#", " #", "\n", "\n  ", "- ", "|", ">-", "x", "ä", "[", "]", "{", ","]),
        max_size=25,
    )
)
def test_no_comment_is_lost_and_none_is_made_up(parts):
    """Whatever PyYAML takes for nothing although there is a # is reported, and nothing else."""
    text = "".join(parts)
    entries, report = composed(text)
    lines = [line for line, sentence in said(report) if sentence == COMMENT]
    if entries is not None and "#" in text:
        # With the # of a comment doubled the meaning stays, with that of a text it changes.
        rows = text.split("\n")
        for number, row in enumerate(rows, start=1):
            if "#" in row and number not in lines:
                changed = "\n".join([*rows[: number - 1], row.replace("#", "##"), *rows[number:]])
                assert yaml.safe_load(changed) != yaml.safe_load(text)


def test_canonical_text_needs_no_library_and_other_text_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)

    entries, report = composed("a: eins\nb: 2\n")
    assert (entries.words("a", longest=9), entries.number("b", least=0, most=9), said(report)) == ("eins", 2, [])

    entries, report = composed("a: eins\nb: 'zwei'\n")
    assert entries is None
    assert said(report) == [(
        2,
        "Diese Zeile ist nicht in der einheitlichen Schreibweise, und um freiere zu lesen, fehlt hier PyYAML. Bitte "
     "bringen Sie "
        "den Ordner zuerst in Form: python -m staffel.curriculum.core format ORDNER.",
    )]  # fmt: skip


@pytest.mark.parametrize("content, line, sentence", [
    (b"a" * (LARGEST_FILE + 1), 1, "Die Datei hat mehr als 1000000 Bytes. Bitte kürzen Sie sie."),
    (b"a\nb\xff", 2, "Hier steht ein Zeichen, das nicht in UTF-8 geschrieben ist. Bitte speichern Sie die Datei in UTF-8."),
    (b"a\r\nb\r\x00", 3, "Hier steht ein Steuerzeichen, das nicht in einen Text gehört."),
    ("a\u2028b".encode(), 1, "Hier steht ein Steuerzeichen, das nicht in einen Text gehört."),
    ("a\u202eb".encode(), 1, "Hier steht ein Steuerzeichen, das nicht in einen Text gehört."),
    ("a\u2066b".encode(), 1, "Hier steht ein Steuerzeichen, das nicht in einen Text gehört."),
    ("a\ufeff".encode(), 1, "Hier steht ein Steuerzeichen, das nicht in einen Text gehört."),
])  # fmt: skip
def test_bytes_that_are_no_text_are_refused(content, line, sentence):
    report = Report()

    assert decode(report, "a.md", content) is None
    assert said(report) == [(line, sentence)]


def test_decode_makes_line_ends_and_letters_plain():
    assert decode(Report(), "a.md", b"\xef\xbb\xbf" + "a\r\nb\ru\u0308\n".encode()) == "a\nb\nü\n"


def test_fitting_takes_out_what_cannot_stay():
    assert fitting(" \r\na\x00\r\nb\u2028c\x85u\u0308 \ufeff\n") == "a\nb\nc\nü"


ENTRIES = """\
zahl: 7
text: "7"
wort: ein Wort
ja: true
auch: 'yes'
tag: 2026-11-25
liste: [a, b]
innen: {a: b}
lang: |

  eins
  zwei
kurz: >
  eins
  zwei
leer:
"""


def test_entries_give_values_of_their_type():
    entries, report = composed(ENTRIES)

    assert entries.number("zahl", least=1, most=9) == 7
    assert entries.text("text", longest=9) == "7"
    assert entries.words("wort", longest=9) == "ein Wort"
    assert entries.yes_or_no("ja") is True
    assert entries.day("tag") == date(2026, 11, 25)
    assert entries.texts("liste", longest=9) == (("a", 7), ("b", 7))
    assert entries.mapping("innen").text("a", longest=9) == "b"
    assert entries.prose("lang", longest=99) == ("eins\nzwei", 11, True)
    assert entries.prose("kurz", longest=99) == ("eins zwei", 13, False)
    assert (entries.line_of("lang"), entries.line_of("fehlt"), entries.has("lang"), entries.has("fehlt")) == (9, 1, True, False)
    assert entries.text("leer", longest=9, optional=True) == ""
    assert entries.day("fehlt") is None
    assert entries.number("fehlt", least=1, most=9, optional=True) == 0
    assert entries.yes_or_no("fehlt", otherwise=True) is True
    assert entries.texts("fehlt", longest=9, optional=True) == ()
    assert entries.mappings("fehlt", optional=True) == ()
    assert entries.prose("fehlt", longest=9, optional=True) == ("", 1, False)
    entries.finish()
    assert said(report) == [(5, "„auch“ ist hier keine bekannte Angabe.")]


@pytest.mark.parametrize("take, expected", [
    (lambda e: e.text("fehlt", longest=9), (1, "Es fehlt die Angabe „fehlt“.")),
    (lambda e: e.text("zahl", longest=9), (1, "„zahl“ muss ein Text sein. Bitte setzen Sie 7 in Anführungszeichen.")),
    (lambda e: e.text("liste", longest=9), (7, "„liste“ muss ein Text sein.")),
    (lambda e: e.text("leer", longest=9), (16, "„leer“ ist leer.")),
    (lambda e: e.text("wort", longest=7), (3, "„wort“ hat 8 Zeichen, erlaubt sind höchstens 7.")),
    (lambda e: e.words("lang", longest=99), (9, "„lang“ muss ein Text ohne Absätze sein.")),
    (lambda e: e.key("wort"), (3, "„ein Wort“ ist kein Kurzname: erlaubt sind a bis z, 0 bis 9 und Bindestriche.")),
    (lambda e: e.link("wort"), (3, "„ein Wort“ ist keine Adresse, die mit https:// oder http:// beginnt.")),
    (lambda e: e.licence("wort"), (3, "„ein Wort“ ist kein Lizenzkürzel nach SPDX wie CC-BY-4.0.")),
    (lambda e: e.language("wort"), (3, "„ein Wort“ ist kein Sprachkürzel wie de oder de-AT.")),
    (lambda e: e.choice("wort", Form),
    (3, "„ein Wort“ ist hier nicht bekannt. Erlaubt sind alone, pairs, groups, plenary.")),
    (lambda e: e.number("zahl", least=8, most=9), (1, "„zahl“ muss eine ganze Zahl von 8 bis 9 sein, nicht 7.")),
    (lambda e: e.number("text", least=1, most=9), (2, "„text“ muss eine ganze Zahl von 1 bis 9 sein, nicht 7.")),
    (lambda e: e.number("liste", least=1, most=9), (7, "„liste“ muss eine ganze Zahl von 1 bis 9 sein, nicht eine Liste.")),
    (lambda e: e.yes_or_no("auch"), (5, "„auch“ muss true oder false sein.")),
    (lambda e: e.day("wort"), (3, "„wort“ muss ein Tag wie 2026-11-25 sein.")),
    (lambda e: e.day("liste"), (7, "„liste“ muss ein Tag wie 2026-11-25 sein.")),
    (lambda e: e.texts("wort", longest=9), (3, "„wort“ muss eine Liste sein.")),
    (lambda e: e.texts("liste", longest=9, most=1), (7, "„liste“ hat 2 Einträge, erlaubt sind 1 bis 1.")),
    (lambda e: e.mapping("wort"), (3, "„wort“ braucht Angaben in der Form „name: Wert“.")),
])  # fmt: skip
def test_a_value_of_another_type_is_named_with_its_line(take, expected):
    entries, report = composed(ENTRIES)
    take(entries)

    assert said(report) == [expected]


def test_an_escape_cannot_bring_in_what_a_text_may_not_have():
    entries, report = composed('a: "x\\u0007"\nb: "u\\u0308"\n')

    assert entries.text("b", longest=9) == "ü"
    entries.text("a", longest=9)
    assert said(report) == [(1, "„a“ enthält ein Steuerzeichen, das nicht in einen Text gehört.")]


@pytest.mark.parametrize("take, texts", [
    ("link", ["https://a.example/b?c=d#e", "http://a.example"]),
    ("licence", ["CC-BY-4.0", "CC0-1.0", "LicenseRef-Amt", "GPL-2.0+"]),
    ("language", ["de", "de-AT", "de-x-leicht", "sr-Latn-RS", "es-419"]),
    ("key", ["a", "a-1", "1-a"]),
])  # fmt: skip
def test_right_shapes_are_taken(take, texts):
    for text in texts:
        entries, report = composed(write({"a": text}))
        assert (getattr(entries, take)("a"), said(report)) == (text, [])


@pytest.mark.parametrize("take, texts", [
    ("link", ["javascript:x", "https://", "https://a b", "//a.example", "https://a<b"]),
    ("licence", ["CC BY", "-x", "(MIT OR X)"]),
    ("language", ["DE", "deutsch", "de_AT", "de-at"]),
    ("key", ["A", "a--b", "-a", "ä", "a_b"]),
])  # fmt: skip
def test_wrong_shapes_are_refused(take, texts):
    for text in texts:
        entries, report = composed(write({"a": text}))
        getattr(entries, take)("a")
        assert len(report.mistakes) == 1


def test_is_key():
    assert [is_key(text) for text in ("a-1", "a" * 60, "a" * 61, "", "a-", "a\n")] == [True, True, False, False, False, False]
