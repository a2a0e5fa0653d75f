import io
import zipfile

import pytest

from staffel.curriculum.core.files import PICTURES
from staffel.curriculum.core.package.kinds import KINDS, check_of, media_type, wrong_kind


def refusal(name, content, step=5):
    check = check_of(name)
    for at in range(0, len(content), step):
        if sentence := check.feed(content[at : at + step]):
            return sentence
    return check.finish()


def open_document(media_type):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("mimetype", media_type)
        made.writestr("content.xml", "<x/>" * 500)
    return stream.getvalue()


GOOD = {
    "csv": "a;b\r\n1;ä\r\n".encode(),
    "docx": b"PK\3\4" + bytes(600),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(9),
    "jpg": b"\xff\xd8\xff\xe0" + bytes(600),
    "md": b"# Titel\n",
    "mp3": b"ID3" + bytes(9),
    "mp4": b"\0\0\0 ftypisom",
    "odp": open_document("application/vnd.oasis.opendocument.presentation"),
    "ods": open_document("application/vnd.oasis.opendocument.spreadsheet"),
    "odt": open_document("application/vnd.oasis.opendocument.text"),
    "pdf": b"%PDF-1.7\n" + bytes(2000),
    "png": b"\x89PNG\r\n\x1a\n",
    "pptx": b"PK\3\4",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "txt": "Grüße\n".encode() * 1000,
    "vtt": b"WEBVTT\n",
    "webp": b"RIFF\0\0\0\0WEBPVP8 ",
    "xlsx": b"PK\3\4",
}


def test_every_kind_has_a_sample_here():
    assert set(GOOD) == set(KINDS)


@pytest.mark.parametrize("ending", sorted(GOOD))
def test_a_file_that_is_what_its_name_says_is_fine(ending):
    for step in (1, 5, 100_000):
        assert refusal(f"a.{ending}", GOOD[ending], step) == ""
    assert wrong_kind(f"a.{ending}") == ""


@pytest.mark.parametrize("ending", sorted(set(GOOD) - {"svg", "csv", "txt", "md"}))
@pytest.mark.parametrize("content", [b"", b"<html><script>alert(1)</script>" * 100])
def test_a_file_of_another_format_is_refused(ending, content):
    assert refusal(f"a.{ending}", content) == f"„a.{ending}“ ist nicht vom Format {ending}."


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html>",
        b" \n<html>",
        b"<SCRIPT>",
        b"\xef\xbb\xbf<?xml version='1.0'?>",
        b"<svg ",
    ],
)
@pytest.mark.parametrize("ending", ["csv", "md", "txt"])
def test_text_that_is_markup_is_refused(ending, content):
    assert refusal(f"a.{ending}", content) == f"„a.{ending}“ ist nicht vom Format {ending}."


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"Gr\xfc\xdfe", "„a.txt“ ist nicht in UTF-8 geschrieben. Bitte speichern Sie die Datei in UTF-8."),
        (b"Gr\xc3", "„a.txt“ ist nicht in UTF-8 geschrieben. Bitte speichern Sie die Datei in UTF-8."),
        (b"a\0b", "„a.txt“ enthält Steuerzeichen."),
        (b"a\x1bb", "„a.txt“ enthält Steuerzeichen."),
    ],
)
def test_text_that_is_not_plain_is_refused(content, sentence):
    assert refusal("a.txt", content) == sentence


def test_media_types_of_what_lies_in_a_package():
    paths = ["programme/units/a/files/a.pdf", "a.yaml", "licences.json", "publisher.pem", "a.md", "a.PNG", "a"]

    assert [media_type(path) for path in paths] == [
        "application/pdf",
        "application/yaml",
        "application/json",
        "application/x-pem-file",
        "text/markdown",
        "image/png",
        "application/octet-stream",
    ]


def test_pictures_are_the_pictures_among_the_kinds():
    pictures = [f".{ending}" for ending, kind in sorted(KINDS.items()) if kind.media_type.startswith("image/")]

    assert list(PICTURES) == pictures
