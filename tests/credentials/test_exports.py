"""The paper itself: accessible, archivable, the same each time, with every letter, and honest about what it is."""

import io
import json
import subprocess
import sys
import unicodedata

import pikepdf
import pytest

from staffel.credentials import exports
from staffel.credentials.core.lettering import unprintable
from staffel.credentials.exports import certificate_pdf
from staffel.credentials.queries.papers import Paper
from staffel.ui import typesetting
from tests.credentials.factories import FACTS

CODE = "7K2M9QXW4T1BJ"
PAPER = Paper("certificate", "Łucja Đặng-Kőrösi", FACTS, "2024-09-05", CODE)

needs_fonts = pytest.mark.skipif(not typesetting.FOLDER.is_dir(), reason="fonts are not there: run `make build/fonts-made`")


def opened(paper=PAPER):
    return pikepdf.open(io.BytesIO(certificate_pdf(paper)))


def words_of(paper):
    document = exports.document_of(paper)
    return " ".join(str(value) for key, value in document.items() if key not in ("wordmark", "qr", "attachment"))


# The file ---------------------------------------------------------------------------------------------------------------


@needs_fonts
def test_the_same_paper_gives_the_same_bytes():
    assert certificate_pdf(PAPER) == certificate_pdf(PAPER)
    assert certificate_pdf(PAPER) != certificate_pdf(PAPER._replace(name="Łucja Đặng"))


@needs_fonts
def test_pdf_claims_both_standards_and_names_title_and_language():
    with opened() as pdf:
        meta = pdf.open_metadata()
        claims = (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"])
        problems = pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else pdf.check()

        assert claims == ("1", "3", "A")
        assert (str(pdf.Root.Lang), bool(pdf.Root.ViewerPreferences.DisplayDocTitle)) == ("de", True)
        assert meta["dc:title"] == "Zertifikat Beispielprogramm: Łucja Đặng-Kőrösi"
        assert (problems, len(pdf.pages)) == ([], 1)


@needs_fonts
def test_pdf_carries_its_facts_for_programs():
    with opened() as pdf:
        attached = json.loads(pdf.attachments["angaben.json"].get_file().read_bytes())

    assert attached["code"] == CODE
    assert attached["verify"].endswith(f"/pruefen/{CODE}/")
    assert {key: attached[key] for key in FACTS} == FACTS


@needs_fonts
def test_pdf_has_headings_a_table_with_heads_and_pictures_with_words():
    with opened() as pdf:
        found, words = {}, []
        stack = [pdf.Root.StructTreeRoot]
        while stack:
            node = stack.pop()
            if isinstance(node, pikepdf.Array):
                stack.extend(node)
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    found[str(node.S)] = found.get(str(node.S), 0) + 1
                if "/Alt" in node:
                    words.append(str(node.Alt))
                if "/K" in node:
                    stack.append(node.K)

        assert {kind: found.get(kind, 0) for kind in ("/H1", "/Table", "/TH", "/TD", "/Figure")} == {
            "/H1": 1, "/Table": 1, "/TH": 3, "/TD": 3, "/Figure": 2,
        }  # fmt: skip
        assert sorted(words) == [f"QR-Code zur Prüfung: http://127.0.0.1:8000/pruefen/{CODE}/", "Staffel"]


@needs_fonts
@pytest.mark.parametrize("checker", [["pdfua", "check"], ["outloud", "--fail-on", "warning"]])
@pytest.mark.parametrize("paper", [PAPER, PAPER._replace(code="")], ids=["issued", "preview"])
def test_pdf_satisfies_independent_checkers(checker, paper, tmp_path):
    file = tmp_path / "urkunde.pdf"
    file.write_bytes(certificate_pdf(paper))
    name, *options = checker

    result = subprocess.run([f"{sys.prefix}/bin/{name}", *options, str(file)], capture_output=True, text=True, check=False)

    assert (result.returncode, "PASS" in result.stdout) == (0, True), result.stdout


# Names ------------------------------------------------------------------------------------------------------------------

# Letters with marks that Unicode knows only as sequences. Source: DIN 91379, table of sequences.
SEQUENCES = (
    "A̋ C̀ C̄ C̆ C̈ C̕ C̣ C̦ C̨̆ D̂ F̀ F̄ G̀ H̄ H̦ H̱ J́ J̌ K̀ K̂ K̄ K̇ K̕ K̛ K̦ K͟H K͟h L̂ L̥ L̥̄ L̦ M̀ M̂ M̆ M̐ N̂ N̄ N̆ N̦ P̀ P̄ P̕ P̣ R̆ R̥ R̥̄ "
    "S̀ S̄ S̛̄ S̱ T̀ T̄ T̈ T̕ T̛ U̇ Z̀ Z̄ Z̆ Z̈ Z̧ a̋ c̀ c̄ c̆ c̈ c̕ c̣ c̦ c̨̆ d̂ f̀ f̄ g̀ h̄ h̦ j́ k̀ k̂ k̄ k̇ k̕ k̛ k̦ k͟h l̂ l̥ l̥̄ l̦ m̀ m̂ m̆ m̐"
)


@needs_fonts
@pytest.mark.parametrize(
    "letters",
    [range(0x20, 0x250), range(0x250, 0x2B0), range(0x370, 0x530), range(0x1E00, 0x1F00), range(0x1F00, 0x2000)],
    ids=["Latin", "Latin for sounds", "Greek and Cyrillic", "Latin with two marks, Vietnamese", "Greek with marks"],
)
def test_every_letter_that_may_be_issued_has_a_shape(letters):
    """The typesetter refuses a PDF/A in which a letter has no shape, so that it was made is the proof."""
    known = [chr(number) for number in letters if unicodedata.category(chr(number)) != "Cn"]
    name = " ".join(letter for letter in known if not unprintable(letter))

    for start in range(0, len(name), 190):
        assert certificate_pdf(PAPER._replace(name=name[start : start + 190])).startswith(b"%PDF")


@needs_fonts
def test_every_sequence_of_the_register_standard_has_a_shape():
    assert unprintable(SEQUENCES) == ""
    assert certificate_pdf(PAPER._replace(name=SEQUENCES[:195])).startswith(b"%PDF")
    assert certificate_pdf(PAPER._replace(name=SEQUENCES[195:])).startswith(b"%PDF")


@needs_fonts
@pytest.mark.parametrize("name", ['"); #sys.inputs', '#read("/etc/passwd")', "*fett* _kursiv_ $x$ @label <a>", "A\\ B"])
def test_a_name_is_never_a_command(name):
    assert exports.document_of(PAPER._replace(name=name))["name"] == name
    with opened(PAPER._replace(name=name)) as pdf, pdf.open_metadata() as meta:
        assert meta["dc:title"] == f"Zertifikat Beispielprogramm: {name}"


@needs_fonts
def test_a_long_name_and_many_modules_find_room():
    modules = [{"number": number, "title": f"Modul {number} mit einem langen Titel", "minutes": 450} for number in range(1, 13)]

    with opened(PAPER._replace(name="Maria " * 33, facts=FACTS | {"modules": modules})) as pdf:
        assert len(pdf.pages) <= 2


# Words ------------------------------------------------------------------------------------------------------------------


def test_words_of_a_certificate():
    document = exports.document_of(PAPER)

    assert (document["heading"], document["statement"]) == (
        "Zertifikat",
        "das Programm Beispielprogramm mit Erfolg abgeschlossen hat.",
    )
    assert document["facts"] == [
        ["Zeitraum", "2. September 2024 bis 3. September 2024"],
        ["Teilnahme", "7,5 von 8 Stunden, an 2 Vormittagen"],
        ["Programm", "Beispielprogramm, Version 1.0.0"],
        ["Staffel", "Staffel 4"],
    ]
    assert (document["modules"], document["code"]) == ([["1", "Grundlagen", "8"]], "7K2M-9QXW-4T1BJ")
    assert (document["mark"], document["notice"]) == ("", "")


def test_words_of_a_confirmation_of_participation():
    document = exports.document_of(PAPER._replace(kind="attendance", facts=FACTS | {"module": "Grundlagen"}))

    assert document["heading"] == "Teilnahmebescheinigung"
    assert document["statement"] == "am Modul Grundlagen des Programms Beispielprogramm teilgenommen hat."


def test_a_preview_has_no_code_and_says_what_it_is():
    document = exports.document_of(PAPER._replace(code=""))

    assert (document["mark"], document["attachment"]) == ("Vorschau", "")
    assert document["notice"] == "Vorschau: So wird die Urkunde aussehen. Ausgestellt ist sie noch nicht."
    assert CODE not in words_of(PAPER._replace(code=""))


def test_an_example_says_what_it_is():
    document = exports.document_of(PAPER._replace(facts=FACTS | {"is_example": True}))

    assert document["mark"] == "Beispiel"
    assert document["notice"] == "Beispiel: Diese Urkunde gehört zu einer erfundenen Staffel und bestätigt nichts."
