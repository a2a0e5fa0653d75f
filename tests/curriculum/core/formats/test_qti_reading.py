import pytest

from staffel.curriculum.core.content import Answer, ItemKind
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.formats import qti_reading
from staffel.curriculum.core.formats.markup import NotReadable
from staffel.curriculum.core.stand_ins import FEEDBACK
from tests.curriculum.core.formats.samples import QTI, changed

CHOICE = (
    '<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">\n<simpleChoice identifier="a">Dies'
    '</simpleChoice><simpleChoice identifier="b">Das</simpleChoice></choiceInteraction>'
)


def item_of(files):
    (unit,) = qti_reading.read(files)[0].units.values()
    (item,) = unit.quiz
    return item


def with_item(body, response):
    """Return the package with another interaction and another solution."""
    item = QTI["item.xml"].decode().replace(CHOICE, body)
    start, end = item.index("<responseDeclaration"), item.index("<itemBody>")
    return InMemory(QTI | {"item.xml": f"{item[:start]}{response}{item[end:]}".encode()})


def test_read_makes_a_unit_of_items_without_a_test():
    whole, losses = qti_reading.read(InMemory(QTI))

    assert [(m.title, m.units) for m in whole.outline.modules] == [("Fragen", ("fragen",))]
    item = item_of(InMemory(QTI))
    assert (item.key, item.kind, item.prompt) == ("q1", ItemKind.SINGLE, "Was gilt?")
    assert item.answers == (Answer("Dies", False, FEEDBACK), Answer("Das", True, FEEDBACK))
    assert "Antworten ohne Rückmeldung, die einen Platzhalter bekommen haben: 2." in losses


def test_read_takes_3_0_by_its_names():
    item = QTI["item.xml"].decode().replace("imsqti_v2p1", "imsqtiasi_v3p0")
    for name in (
        "assessmentItem",
        "responseDeclaration",
        "correctResponse",
        "value",
        "itemBody",
        "choiceInteraction",
        "simpleChoice",
    ):
        kebab = "qti-" + "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
        item = item.replace(f"<{name}", f"<{kebab}").replace(f"</{name}", f"</{kebab}")
    item = item.replace("responseIdentifier", "response-identifier").replace("maxChoices", "max-choices")
    manifest = QTI["imsmanifest.xml"].replace(b"xmlv2p1", b"xmlv3p0")

    assert item_of(InMemory({"imsmanifest.xml": manifest, "item.xml": item.encode()})) == item_of(InMemory(QTI))


def test_read_takes_a_gap_in_a_sentence_and_every_accepted_word():
    item = item_of(with_item(
        '<p>Es gilt <textEntryInteraction responseIdentifier="RESPONSE"/> immer.</p>',
        '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"><correctResponse>'
            "<value>Recht</value>"
        '</correctResponse><mapping><mapEntry mapKey="recht" mappedValue="1"/><mapEntry mapKey="x" mappedValue="0"/>'
        "</mapping></responseDeclaration>",
    ))  # fmt: skip

    assert (item.kind, item.prompt) == (ItemKind.GAP, "Was gilt?\n\nEs gilt \\_\\_\\_ immer.")
    assert [answer.text for answer in item.answers] == ["Recht", "recht"]


def test_read_takes_feedback_that_stands_in_the_choice():
    files = changed(
        QTI, "item.xml", "Das</simpleChoice>", 'Das<feedbackInline identifier="b">Ja, das.</feedbackInline></simpleChoice>'
    )

    assert item_of(files).answers[1] == Answer("Das", True, "Ja, das.")


@pytest.mark.parametrize("body, response, reason", [
    ("", "", "Sie hat 0 Stellen zum Antworten, übernommen werden Fragen mit einer."),
    (CHOICE + CHOICE, "", "Sie hat 2 Stellen zum Antworten, übernommen werden Fragen mit einer."),
    ('<hotspotInteraction responseIdentifier="RESPONSE"/>', "",
     "Die Art „hotspotInteraction“ gibt es hier nicht, nur Auswahl, Reihenfolge, Zuordnung, Lücke."),
    (CHOICE, "", "Zu ihr steht keine Lösung im Paket."),
    (CHOICE.replace("choiceInteraction", "orderInteraction"),
     '<responseDeclaration identifier="RESPONSE" cardinality="ordered"><correctResponse><value>a</value></correctResponse>'
     "</responseDeclaration>",
     "Ihre Lösung nennt nicht jede Antwort genau einmal."),
    ('<matchInteraction responseIdentifier="RESPONSE"><simpleMatchSet><simpleAssociableChoice identifier="a">A'
     "</simpleAssociableChoice></simpleMatchSet><simpleMatchSet/></matchInteraction>",
     '<responseDeclaration identifier="RESPONSE" cardinality="multiple"/>',
     "Ihre Lösung ordnet nicht jeder Antwort genau ein Gegenstück zu."),
])  # fmt: skip
def test_read_names_foreign_items_with_title_and_file(body, response, reason):
    good = QTI["item.xml"]
    files = dict(with_item(body, response)._files)
    more = b'<resource identifier="j" type="imsqti_item_xmlv2p1" href="gut.xml"/></resources>'
    files |= {"gut.xml": good, "imsmanifest.xml": QTI["imsmanifest.xml"].replace(b"</resources>", more)}

    whole, losses = qti_reading.read(InMemory(files))

    assert losses[0] == f"item.xml: Die Frage „Eins“ fehlt. {reason}"
    assert [len(unit.quiz) for unit in whole.units.values()] == [1]


@pytest.mark.parametrize("name, old, new, sentence", [
    ("item.xml", "<assessmentItem", '<!DOCTYPE a SYSTEM "file:///etc/passwd">\n<assessmentItem',
     "item.xml: Die Datei hat eine Dokumenttyp-Angabe (DOCTYPE). Solche Dateien werden nicht gelesen."),
    ("imsmanifest.xml", 'href="item.xml"', 'href="../item.xml"',
     "imsmanifest.xml: Der Verweis „../item.xml“ führt aus dem Paket hinaus."),
    ("imsmanifest.xml", 'href="item.xml"', 'href="fort.xml"', "fort.xml: Diese Datei fehlt im Paket."),
    ("imsmanifest.xml", "imsqti_item_xmlv2p1", "imsqti_item_xmlv1p2",
     "imsmanifest.xml: Das Paket enthält keine Fragen in QTI 2.1 oder 3.0."),
    ("item.xml", "<assessmentItem", "<andere><assessmentItem",
     "item.xml: Die Datei ist kein lesbares XML, der Fehler steht in Zeile 8."),
])  # fmt: skip
def test_read_refuses_what_is_dangerous_or_damaged(name, old, new, sentence):
    with pytest.raises(NotReadable) as refusal:
        qti_reading.read(changed(QTI, name, old, new))

    assert str(refusal.value) == sentence
