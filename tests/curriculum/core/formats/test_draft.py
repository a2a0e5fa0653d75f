import pytest

from staffel.curriculum.core.content import Answer, Item, ItemKind
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.formats.draft import Draft
from staffel.curriculum.core.formats.markup import NotReadable
from staffel.curriculum.core.reader import read_programme
from staffel.curriculum.core.writer import files_of
from tests.curriculum.core.formats.samples import files_in


def started(**files):
    draft = Draft(InMemory({name.replace("_", "."): content for name, content in files.items()}))
    draft.module("Modul")
    return draft, draft.unit("Einheit")


def right(draft):
    """Return the programme after the reader took it."""
    whole = draft.whole(title="Kurs")
    assert read_programme(InMemory(files_in(files_of(whole)))) == whole
    return whole


def answers(*pairs):
    return tuple(Answer(text, is_right, "So.") for text, is_right in pairs)


@pytest.mark.parametrize("item, reason", [
    (Item("f", ItemKind.SINGLE, "", " ", answers(("a", True), ("b", False))), "Sie hat keinen Text."),
    (Item("f", ItemKind.SINGLE, "", "x", answers(("a", True), ("", False))), "Eine Antwort hat keinen Text."),
    (Item("f", ItemKind.SINGLE, "", "x", answers(("a", True), ("a", False))), "Zwei Antworten sind gleich."),
    (Item("f", ItemKind.SINGLE, "", "x", answers(("a", True))), "Sie hat zu wenige Antworten."),
    (Item("f", ItemKind.GAP, "", "x", ()), "Sie hat zu wenige Antworten."),
    (Item("f", ItemKind.SINGLE, "", "x", answers(("a", True), ("b", True))),
     "Es ist nicht genau eine Antwort als richtig bezeichnet."),
    (Item("f", ItemKind.MULTIPLE, "", "x", answers(("a", False), ("b", False))),
     "Es ist keine Antwort als richtig bezeichnet."),
    (Item("f", ItemKind.MATCH, "", "x", answers(("a", True), ("b", True))), "Zu einer Antwort fehlt das Gegenstück."),
    (Item("f", ItemKind.MATCH, "", "x", (Answer("a", True, "", "z"), Answer("b", True, "", "z"))),
     "Zwei Antworten gehören zum selben Gegenstück."),
])  # fmt: skip
def test_item_names_why_a_question_cannot_be_taken(item, reason):
    draft, unit = started()

    draft.item(unit, item, "quiz.xml")

    assert unit.items == []
    assert draft.losses.all() == (f"Die Frage „f“ in quiz.xml fehlt: {reason}",)


def test_prose_that_would_be_a_mistake_becomes_words():
    draft, unit = started()
    unit.handout.append(("", "<b>x</b> ::: [y](javascript:z)\n:::figure weg.png\n:::fremd"))

    whole = right(draft)

    assert draft.losses.all()[0] == "Der Text „Einheit“ hat Auszeichnungen, die nicht gehen. Er wurde zu bloßem Text."
    assert "weg.png" in whole.units["einheit"].handout


def test_texts_that_are_too_long_are_cut_and_said():
    draft, unit = started()
    unit.handout.append(("", "Ein Absatz.\n\n" * 20_000))
    draft.link(unit, "T" * 2_000, "https://a.de")
    draft.item(unit, Item("f", ItemKind.SINGLE, "", "x", answers(("a" * 2_000, True), ("b", False))), "q")

    whole = right(draft)

    assert len(whole.units["einheit"].materials[0].title) == 1_000
    assert "Der Text „Einheit“ ist zu lang und wurde gekürzt." in draft.losses.all()
    assert [each for each in draft.losses.all() if each.startswith("Gekürzt")] == [
        "Gekürzt wurden überlange Titel und Sätze: 3."
    ]


@pytest.mark.parametrize("name, content, reason", [
    ("a_png", b"GIF", "„a.png“ ist nicht vom Format png."),
    ("a_svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', None),
    ("a_txt", b"\xff", "„a.txt“ ist nicht in UTF-8 geschrieben. Bitte speichern Sie die Datei in UTF-8."),
])  # fmt: skip
def test_files_that_are_not_what_they_say_stay_out(name, content, reason):
    draft, unit = started(**{name: content})
    path = name.replace("_", ".")

    assert draft.file(unit, path) == ""
    assert unit.materials == []
    (sentence,) = draft.losses.all()
    assert sentence.startswith(f"Die Datei „{path}“ fehlt: ")
    assert reason is None or sentence.endswith(reason)


def test_files_of_one_name_get_two_names():
    draft = Draft(InMemory({"a/x.txt": b"1", "b/X.TXT": b"2"}))
    draft.module("Modul")
    unit = draft.unit("Einheit")

    assert [draft.file(unit, path) for path in ("a/x.txt", "b/X.TXT", "a/x.txt")] == ["x.txt", "x-2.txt", "x.txt"]
    assert right(draft).files == {("einheit", "x.txt"): b"1", ("einheit", "x-2.txt"): b"2"}


def test_equal_titles_get_keys_of_their_own():
    draft = Draft(InMemory({}))
    for _ in range(2):
        draft.module("Ähnlich & gleich")
        draft.unit("Über Öl").handout.append(("", "x"))

    whole = right(draft)

    assert [(m.key, m.units) for m in whole.outline.modules] == [
        ("aehnlich-gleich", ("ueber-oel",)),
        ("aehnlich-gleich-2", ("ueber-oel-2",)),
    ]


def test_whole_refuses_a_package_with_nothing_in_it():
    draft, _unit = started()

    with pytest.raises(NotReadable) as refusal:
        draft.whole(title="Kurs")

    assert str(refusal.value) == "Das Paket enthält nichts, was sich als Einheit übernehmen lässt."
