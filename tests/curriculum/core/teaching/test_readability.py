import pytest

from staffel.curriculum.core.teaching.prose import Document, Kind, sentences_of, words_of
from staffel.curriculum.core.teaching.readability import findings, school_years, syllables

HARD = (
    "Die Operationalisierung verwaltungsinterner Digitalisierungsstrategien erfordert die Berücksichtigung unterschiedlicher "
    "Zuständigkeitsregelungen. "
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("Haus", 1),
        ("Rathaus", 2),
        ("Beteiligung", 4),
        ("Straße", 2),
        ("Bauhof", 2),
        ("Idee", 2),
        ("GmbH", 1),
        ("Zuständigkeit", 4),
    ],
)
def test_syllables_are_groups_of_vowels(word, count):
    assert syllables(word) == count


def test_school_years_follow_the_formula_by_hand():
    # Six words, one sentence: Beteiligung and Bürgerinnen have three or more syllables and more than six letters; "ist", "für"
    # and "gut" have one syllable. 0.1935 * 33.33 + 0.1672 * 6 + 0.1297 * 33.33 - 0.0327 * 50 - 0.875
    years = school_years(["Beteiligung ist für alle Bürgerinnen gut."])

    assert round(years, 3) == round(0.1935 * 100 / 3 + 0.1672 * 6 + 0.1297 * 100 / 3 - 0.0327 * 50 - 0.875, 3) == 9.267


def test_school_years_of_nothing_are_refused():
    with pytest.raises(ValueError, match="no words to measure"):
        school_years(["…"])


def test_hard_text_and_long_sentences_are_found():
    long = "Wir gehen " + "und gehen " * 16 + "heim."

    (hard,) = findings(Document(Kind.GUIDE, ("units", "a", "guide"), HARD * 4))
    (much,) = findings(Document(Kind.GUIDE, ("units", "a", "guide"), long))

    assert hard.sentence.startswith("Der Text liest sich wie für das ")
    assert much.sentence == f"Dieser Satz hat 35 Wörter, gewollt sind höchstens 32: {long}"


def test_sentences_leave_out_headings_tables_and_addresses():
    text = (
        "## Eine Überschrift\n\nDer erste Satz. Der zweite,\nüber zwei Zeilen: „Noch einer.“ Am 25. November ist Schluss.\n\n"
        "- Ein Punkt\n- [Noch](https://a.example/b) **einer**\n\n:::table Zahlen\n| a | b |\n| --- | --- |\n"
        "| Wort | Wort |\n:::\n\n1. Zuerst dies.\n\nPegel am Bach · Bauakte"
    )

    assert sentences_of(text) == [
        "Der erste Satz.",
        "Der zweite, über zwei Zeilen:",
        "„Noch einer.",
        "Am 25. November ist Schluss.",
        "Ein Punkt",
        "Noch einer",
        "Zuerst dies.",
        "Pegel am Bach",
        "Bauakte",
    ]


def test_words_are_those_that_somebody_reads():
    assert words_of("Die [E-Mail](https://a.example/wort) kam um 9 Uhr, siehe https://b.example") == [
        "Die",
        "E-Mail",
        "kam",
        "um",
        "Uhr",
        "siehe",
    ]
