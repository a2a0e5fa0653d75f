"""The handbook: accessible, the same each time, and whole."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest

from staffel.curriculum.core.content import UnitKind, Whole
from staffel.curriculum.exports.handbook import document_of, handbook_pdf, unit_document_of, unit_pdf
from staffel.curriculum.exports.unit_parts import PARTICIPANTS_BOOK, TRAINERS_FOLDER
from staffel.ui import typesetting
from tests.curriculum.generated import generated

RELEASE = {"office": "Programmbüro", "digest": "ab" * 32, "released_at": datetime(2026, 11, 25, 9, tzinfo=UTC)}

needs_fonts = pytest.mark.skipif(not typesetting.FOLDER.is_dir(), reason="fonts are not there: run `make build/fonts-made`")


@needs_fonts
def test_the_same_version_gives_the_same_bytes():
    source = generated(2)

    assert handbook_pdf(source, **RELEASE) == handbook_pdf(source, **RELEASE)


@needs_fonts
def test_pdf_claims_both_standards_and_names_title_and_language():
    with pikepdf.open(io.BytesIO(handbook_pdf(generated(2), **RELEASE))) as pdf:
        meta = pdf.open_metadata()

        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "2", "A")
        assert (str(pdf.Root.Lang), meta["dc:title"]) == ("de", generated(2).outline.title)


def varied(source):
    """Return the programme without the sentence that stands below every chapter: a checker takes it for a footer."""
    units = {unit.key: replace(unit, handout=re.sub(r"Mehr dazu steht .*", "", unit.handout)) for unit in source.units.values()}
    return Whole(source.outline, units, source.files)


@needs_fonts
@pytest.mark.parametrize("checker", [["pdfua", "check"], ["outloud", "--fail-on", "warning"]])
@pytest.mark.parametrize("parts", [None, TRAINERS_FOLDER, PARTICIPANTS_BOOK], ids=["handbook", "folder", "book"])
def test_pdf_satisfies_independent_checkers(checker, parts, tmp_path):
    file = tmp_path / "handbuch.pdf"
    source = varied(generated(2))
    key = source.outline.units[0]
    made = handbook_pdf(source, **RELEASE) if parts is None else unit_pdf(source, key, parts=parts, **RELEASE)
    file.write_bytes(made)
    name, *options = checker

    result = subprocess.run([f"{sys.prefix}/bin/{name}", *options, str(file)], capture_output=True, text=True, check=False)

    assert (result.returncode, "PASS" in result.stdout) == (0, True), result.stdout


def texts_in(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for each in inside for text in texts_in(each)]


def test_every_sentence_of_a_unit_is_in_the_handbook():
    source = generated(2)
    document, pictures = document_of(source, **RELEASE)
    words = set(re.findall(r"\w{4,}", " ".join(texts_in(document))))

    for unit in source.units.values():
        own = [unit.title, unit.summary, unit.handout, unit.guide, unit.task.instruction, unit.task.template]
        own += [objective.text for objective in unit.objectives]
        own += [part for step in unit.plan for part in (step.phase, step.method, step.who, step.text)]
        own += [part for each in unit.exercises for part in (each.title, each.text)]
        own += [item.prompt for item in unit.quiz]
        own += [
            part for item in unit.quiz for answer in item.answers for part in (answer.text, answer.partner, answer.feedback)
        ]
        own += [part for criterion in unit.task.rubric for part in (criterion.title, *criterion.levels)]
        own += [source.title for source in unit.sources] + [material.title for material in unit.materials]
        own.append(unit.slides)
        # Addresses and files stand behind words; directives have a German word of their own.
        plain = re.sub(r"\]\([^)]*\)|^:::\w+|\S+\.\w{3}\b", " ", "\n".join(own), flags=re.MULTILINE)
        assert set(re.findall(r"\w{4,}", plain)) - words == set()
    for method in source.outline.methods:
        own = (method.title, method.purpose, method.preparation, method.steps, method.online, method.on_site, method.pitfalls)
        assert set(re.findall(r"\w{4,}", "\n".join(own))) - words == set()
    for term in source.outline.glossary:
        assert set(re.findall(r"\w{4,}", f"{term.term}\n{term.text}")) - words == set()
    assert sorted(pictures) == sorted(
        f"{unit.key}-{each.file}" for unit in source.units.values() for each in unit.materials if each.alt and each.file
    )


@needs_fonts
@pytest.mark.parametrize("text", ['#panic("x")', '$x$ `#read("/etc/passwd")` @label <label>', "\\", '"]; [#panic()]'])
def test_text_never_becomes_a_command(text):
    source = generated(2)
    key = source.outline.units[0]
    unit = replace(source.units[key], title=text, summary=text, handout=text)

    pdf = handbook_pdf(Whole(replace(source.outline, title=text), source.units | {key: unit}, source.files), **RELEASE)

    assert pdf.startswith(b"%PDF")


def titles_of(source, key, parts):
    document, _ = unit_document_of(source, key, parts, **RELEASE)
    return [part["title"] for part in document["modules"][0]["units"][0]["parts"]]


def test_the_folder_has_all_that_a_trainer_needs_and_the_book_no_answer():
    source = generated(2)
    key = source.outline.units[0]
    unit = source.units[key]
    folder, book = (unit_document_of(source, key, parts, **RELEASE)[0] for parts in (TRAINERS_FOLDER, PARTICIPANTS_BOOK))
    card = next(method for method in source.outline.methods if method.key == next(step.card for step in unit.plan if step.card))

    assert titles_of(source, key, TRAINERS_FOLDER) == [
        "Ziele",
        "Worum es geht",
        "Ablauf",
        "Leitfaden für die Leitung",
        "Methoden dieses Vormittags",
        "Handreichung",
        "Übungen",
        unit.task.title,
        "Selbsttest",
        "Folien in Stichworten",
        "Quellen",
        "Material",
    ]
    assert titles_of(source, key, PARTICIPANTS_BOOK) == [
        "Ziele",
        "Worum es geht",
        "Handreichung",
        "Übungen",
        unit.task.title,
        "Selbsttest",
        "Quellen",
        "Material",
    ]
    feedback = {answer.feedback for item in unit.quiz for answer in item.answers if answer.feedback}
    assert feedback - set(texts_in(folder)) == set()
    assert feedback & set(texts_in(book)) == set()
    assert [text for text in texts_in(book) if text.endswith(("(richtig)", "(falsch)"))] == []
    assert card.title in texts_in(folder)
    assert card.title not in texts_in(book)


def test_what_people_choose_is_no_morning_of_the_course():
    source = generated(2)
    first, *others = source.outline.modules
    outline = replace(
        source.outline, modules=(replace(first, required=False), *(replace(each, required=True) for each in others))
    )
    chosen = Whole(outline, source.units, source.files)

    over = [unit["over"] for module in document_of(chosen, **RELEASE)[0]["modules"] for unit in module["units"]]

    assert [text.split(" · ")[0] for text in over] == ["Zur Wahl"] * len(first.units) + [
        f"Einheit {number}" if source.units[key].kind is UnitKind.SELF_STUDY else f"{number}. Vormittag"
        for number, key in enumerate((key for module in others for key in module.units), start=1)
    ]
