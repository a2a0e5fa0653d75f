import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.curriculum.core.programme import Competency, Completion, Timetable, Unit
from staffel.curriculum.core.reading import MOST_FILES, NotAProgramme, read_programme
from tests.curriculum.small_programme import HEAD, MODULE, UNIT, small_programme

FIRST_UNIT = "modules/1-grundlagen/1-aufbruch.md"


def mistakes(files):
    with pytest.raises(NotAProgramme) as refusal:
        read_programme(files)
    return [str(mistake) for mistake in refusal.value.mistakes]


def test_read_programme_returns_all_that_the_folder_says():
    programme = read_programme(small_programme())

    assert (programme.key, programme.title, programme.version) == ("kleines-programm", "Kleines Programm", "1.0.0")
    assert (programme.released_on, programme.fee, programme.synchronous_percent) == (date(2026, 3, 2), False, 100)
    assert programme.completion == Completion(80, True)
    assert programme.timetable == Timetable((1, 3), "09:00", 240)
    assert programme.competencies[0] == Competency("planen", "Strategie", "Planen", "Sie planen.")
    assert [(module.position, module.key, module.title) for module in programme.modules] == [
        (1, "grundlagen", "Grundlagen"),
        (2, "umsetzen", "Umsetzen"),
    ]
    assert programme.units[0] == Unit(
        1, "aufbruch", "Aufbruch", 240, ("Sie fangen an.",), ("planen", "reden"), "Worum es **geht**."
    )
    assert [(unit.position, unit.key) for unit in programme.units] == [(1, "aufbruch"), (2, "weiter"), (3, "schluss")]


def test_without_a_day_it_is_a_draft_and_notes_may_be_missing():
    head = HEAD.replace("released_on: 2026-03-02\n", "").replace("notes: Erste Fassung.\n", "")
    programme = read_programme(small_programme(head=head))

    assert (programme.released_on, programme.notes) == (None, "")


@pytest.mark.parametrize("old, new, mistake", [
    ("title: Kleines Programm\n", "", "Zeile 1: Es fehlt die Angabe „title“."),
    ("fee: no", "fee: no\nfarbe: blau", "Zeile 19: „farbe“ ist hier keine bekannte Angabe."),
    ("fee: no", "fee: no\nfee: yes", "Zeile 19: „fee“ steht hier ein zweites Mal."),
    ("fee: no", "fee: 'no'", "Zeile 18: „fee“ muss true oder false sein."),
    ("title: Kleines Programm", "title: 2026",
     "Zeile 2: „title“ muss ein Text sein. Bitte setzen Sie 2026 in Anführungszeichen."),
    ("title: Kleines Programm", "title: [a]", "Zeile 2: „title“ muss ein Text sein."),
    ("title: Kleines Programm", "title:", "Zeile 2: „title“ ist leer."),
    ("title: Kleines Programm", "title: " + "a" * 201,
     "Zeile 2: „title“ hat 201 Zeichen, erlaubt sind höchstens 200."),
    ("title: Kleines Programm", 'title: "a\\0b"',
     "Zeile 2: „title“ enthält ein Steuerzeichen, das nicht in einen Text gehört."),
    ("key: kleines-programm", "key: Kleines",
     "Zeile 1: „Kleines“ ist kein Kurzname: erlaubt sind a bis z, 0 bis 9 und Bindestriche."),
    ('version: "1.0.0"', 'version: "1.0"', "Zeile 4: „1.0“ ist keine Versionsnummer aus drei Zahlen wie 1.0.0."),
    ("2026-03-02", "2026-02-30", "Zeile 5: „released_on“ muss ein Tag wie 2026-11-25 sein."),
    ("percent: 80", "percent: 101", "Zeile 11: „attendance_percent“ muss eine ganze Zahl von 0 bis 100 sein, nicht 101."),
    ("percent: 80", "percent: 79.5", "Zeile 11: „attendance_percent“ muss eine ganze Zahl von 0 bis 100 sein, nicht 79.5."),
    ("percent: 80", "percent: [1]",
     "Zeile 11: „attendance_percent“ muss eine ganze Zahl von 0 bis 100 sein, nicht eine Liste."),
    ("[Dienstag, Donnerstag]", "[Dienstag, Tag]",
     "Zeile 14: „Tag“ ist kein Wochentag. Erlaubt sind Montag, Dienstag, Mittwoch, Donnerstag, Freitag, Samstag, Sonntag."),
    ("[Dienstag, Donnerstag]", "[Donnerstag, Dienstag]",
     "Zeile 14: Jeder Wochentag steht einmal da, in der Reihenfolge der Woche."),
    ("[Dienstag, Donnerstag]", "[]", "Zeile 14: „weekdays“ hat 0 Einträge, erlaubt sind 1 bis 7."),
    ("[Dienstag, Donnerstag]", "Dienstag", "Zeile 14: „weekdays“ muss eine Liste sein."),
    ('"09:00"', '"24:00"', "Zeile 15: „24:00“ ist keine Uhrzeit wie 09:00."),
    ("key: reden", "key: planen", "Zeile 24: Die Kompetenz „planen“ steht schon in Zeile 20."),
    ("title: Kleines Programm", "title: &anker Kleines",
     "Zeile 2: Verweise mit & und * sind hier nicht erlaubt. Bitte schreiben Sie den Wert aus."),
    ("title: Kleines Programm", "title: !!python/name:os.system ''",
     "Zeile 2: Angaben mit ! sind hier nicht erlaubt. Bitte schreiben Sie nur den Wert."),
    ("title: Kleines Programm", "title: [[[[[[[[a]]]]]]]]", "Zeile 2: Hier ist zu tief verschachtelt, erlaubt sind 6 Ebenen."),
    ("fee: no", "--- \nfee: no", "Zeile 18: Hier beginnt ein zweites Dokument. Eine Datei enthält genau eines."),
    ("title: Kleines Programm", "title: Kleines: Programm",
     "Zeile 2: Ab hier lässt sich die Datei nicht lesen. Oft ist die Einrückung falsch, oder ein Text mit Doppelpunkt steht "
     "nicht in Anführungszeichen."),
    ("title: Kleines Programm", "? [a]\n: b", "Zeile 2: Der Name einer Angabe muss ein einzelnes Wort sein."),
    ("completion:\n  attendance_percent: 80\n  presentation: yes", "completion: ja",
     "Zeile 10: „completion“ braucht Angaben in der Form „name: Wert“."),
])  # fmt: skip
def test_a_mistake_in_the_head_is_named_with_its_line(old, new, mistake):
    assert old in HEAD
    found = mistakes(small_programme(head=HEAD.replace(old, new, 1)))

    assert f"programme.yaml, {mistake}" in found


@pytest.mark.parametrize("old, new, mistake", [
    ("minutes: 240", "minutes: 240.5", "Zeile 3: „minutes“ muss eine ganze Zahl von 1 bis 1440 sein, nicht 240.5."),
    ("minutes: 240", "minutes: 0", "Zeile 3: „minutes“ muss eine ganze Zahl von 1 bis 1440 sein, nicht 0."),
    ("minutes: 240", "minutes:", "Zeile 3: „minutes“ muss eine ganze Zahl von 1 bis 1440 sein, nicht leer."),
    ("[planen, reden]", "[planen, singen, reden]", "Zeile 6: Die Kompetenz „singen“ steht nicht in programme.yaml."),
    ("[planen, reden]", "[planen, reden, planen]", "Zeile 6: Die Kompetenz „planen“ steht hier ein zweites Mal."),
    ("objectives:\n  - Sie fangen an.\n", "objectives: []\n", "Zeile 4: „objectives“ hat 0 Einträge, erlaubt sind 1 bis 50."),
    ("Worum es **geht**.\n", "", "Zeile 8: Nach den Angaben fehlt die Zusammenfassung."),
    ("Worum es **geht**.\n", "a" * 20_001, "Zeile 8: Die Zusammenfassung hat mehr als 20000 Zeichen."),
    ("---\nWorum", "Worum", "Zeile 1: Die Datei muss mit Angaben zwischen zwei Zeilen --- beginnen."),
    ("---\ntitle", "title", "Zeile 1: Die Datei muss mit Angaben zwischen zwei Zeilen --- beginnen."),
    ("**geht**", "\x1b[31m", "Zeile 8: Hier steht ein Steuerzeichen, das nicht in einen Text gehört."),
])  # fmt: skip
def test_a_mistake_in_a_unit_is_named_with_its_line(old, new, mistake):
    assert old in UNIT

    assert mistakes(small_programme(unit=UNIT.replace(old, new, 1))) == [f"{FIRST_UNIT}, {mistake}"]


@pytest.mark.parametrize("changes, expected", [
    ({"head": None}, ["programme.yaml, Zeile 1: Die Datei fehlt. In ihr steht, was für das ganze Programm gilt."]),
    ({"head": "nur Text"}, ["programme.yaml, Zeile 1: Hier fehlen die Angaben in der Form „name: Wert“."]),
    ({"head": b"key: a\ntitle: \xff"},
     ["programme.yaml, Zeile 2: Hier steht ein Zeichen, das nicht in UTF-8 geschrieben ist. Bitte speichern Sie die Datei in "
      "UTF-8."]),
    ({"module": "a" * 1_000_001},
     ["modules/1-grundlagen/module.yaml, Zeile 1: Die Datei hat mehr als 1000000 Bytes. Bitte kürzen Sie sie."]),
    ({"module": None},
     ["modules/1-grundlagen/module.yaml, Zeile 1: Die Datei fehlt. In ihr stehen Titel und Zusammenfassung des Moduls.",
      "modules/2-umsetzen/module.yaml, Zeile 1: Modul 2 steht an Stelle 1. Die Nummern laufen ab 1 ohne Lücke durch."]),
    ({"later_unit": None},
     ["modules/2-umsetzen/3-schluss.md, Zeile 1: Einheit 3 steht an Stelle 2. Die Nummern laufen ab 1 ohne Lücke durch."]),
    ({"last_unit": None},
     ["modules/2-umsetzen/module.yaml, Zeile 1: Das Modul hat keine Einheit. Eine Einheit ist eine Datei wie 1-aufbruch.md im "
      "selben Ordner."]),
    ({"last_unit": None, "modules/2-umsetzen/3-aufbruch.md": UNIT},
     ["modules/2-umsetzen/3-aufbruch.md, Zeile 1: Einheit: Der Kurzname „aufbruch“ ist schon vergeben."]),
    ({"second": None, "last_unit": None, "modules/2-grundlagen/module.yaml": MODULE, "modules/2-grundlagen/3-schluss.md": UNIT},
     ["modules/2-grundlagen/module.yaml, Zeile 1: Modul: Der Kurzname „grundlagen“ ist schon vergeben."]),
    ({"unit": None, "last_unit": None, "modules/1-grundlagen/3-a.md": UNIT, "modules/2-umsetzen/1-b.md": UNIT},
     ["programme.yaml, Zeile 1: Die Einheiten stehen in anderer Reihenfolge als ihre Module."]),
    ({"../geheim.md": UNIT},
     ["../geheim.md, Zeile 1: Diese Datei gehört nicht zu einem Programm. Erlaubt sind modules/1-name/module.yaml und "
      "modules/1-name/1-name.md; ein Name besteht aus a bis z, 0 bis 9 und Bindestrichen."]),
    (dict.fromkeys(("module", "unit", "later_unit", "second", "last_unit")),
     ["programme.yaml, Zeile 1: Das Programm hat keine Module. Sie stehen in Ordnern wie modules/1-grundlagen."]),
    ({"unit": UNIT.replace("planen, ", ""), "later_unit": UNIT.replace("planen, ", "")},
     ["programme.yaml, Zeile 20: An der Kompetenz „planen“ arbeitet keine Einheit."]),
    ({f"{n}.md": "" for n in range(MOST_FILES)},
     ["programme.yaml, Zeile 1: Der Ordner hat mehr als 500 Dateien. Es ist wohl nicht der eines Programms."]),
])  # fmt: skip
def test_a_mistake_in_the_folder_is_named(changes, expected):
    assert mistakes(small_programme(**changes)) == expected


def test_all_mistakes_are_told_at_once_and_in_order():
    files = small_programme(
        head=HEAD.replace("fee: no", "fee: vielleicht").replace("key: kleines-programm", "key: A"),
        module=MODULE.replace("required: yes", "required: 1"),
        unit=UNIT.replace("240", "viele"),
    )

    assert mistakes(files) == [
        "modules/1-grundlagen/1-aufbruch.md, Zeile 3: „minutes“ muss eine ganze Zahl von 1 bis 1440 sein, nicht viele.",
        "modules/1-grundlagen/module.yaml, Zeile 3: „required“ muss true oder false sein.",
        "programme.yaml, Zeile 1: „A“ ist kein Kurzname: erlaubt sind a bis z, 0 bis 9 und Bindestriche.",
        "programme.yaml, Zeile 18: „fee“ muss true oder false sein.",
    ]


ODD = ["- ", "&a", "*a", "!!str", "? x", "{", "[", "\t", "---", "...", '"', "'", "|", "\x00", "%"]
lines = st.lists(st.sampled_from([*HEAD.splitlines(), *ODD]), max_size=30)
broken = st.one_of(st.binary(max_size=300), lines.map(lambda found: "\n".join(found).encode()))


def read_or_refusal(files):
    """Return the programme and no mistake, or None and the mistakes."""
    try:
        return read_programme(files), ()
    except NotAProgramme as refusal:
        return None, refusal.mistakes


@settings(deadline=None)
@given(name=st.sampled_from(["head", "module", "unit"]), content=broken)
def test_any_bytes_are_read_or_refused_with_a_line_of_the_file(name, content):
    files = small_programme(**{name: content})
    programme, found = read_or_refusal(files)

    assert (programme is None) is bool(found)
    for mistake in found:
        assert 1 <= mistake.line <= files.get(mistake.file, b"").count(b"\n") + content.count(b"\r") + 2


@settings(deadline=None)
@given(st.integers(0, len(HEAD) - 1), st.characters())
def test_one_changed_letter_never_breaks_the_reader(place, letter):
    head = HEAD[:place] + letter + HEAD[place + 1 :]
    programme, found = read_or_refusal(small_programme(head=head.encode("utf-8", "surrogatepass")))

    assert (programme is None) is bool(found)


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0xFFFF)))
def test_quoted_text_comes_back_as_it_was(text):
    programme, found = read_or_refusal(small_programme(head=HEAD.replace("aim: Etwas können.", f"aim: {json.dumps(text)}")))

    assert programme is None or programme.aim == unicodedata.normalize("NFC", text.strip())
    assert {mistake.line for mistake in found} in ({8}, set())


def test_a_bomb_of_references_is_refused_before_it_grows():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 100))

    assert mistakes(small_programme(module=bomb)) == [
        "modules/1-grundlagen/module.yaml, Zeile 1: Verweise mit & und * sind hier nicht erlaubt. Bitte schreiben Sie den Wert "
        "aus."
    ]


def test_a_hundred_thousand_brackets_are_refused():
    assert len(mistakes(small_programme(module="[" * 99_000))) == 1
