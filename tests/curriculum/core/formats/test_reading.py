import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.formats import cartridge_reading, qti, qti_reading, scorm
from staffel.curriculum.core.formats.markup import NotReadable
from staffel.curriculum.core.formats.reading import read_foreign
from staffel.curriculum.core.reader import read_programme
from staffel.curriculum.core.writer import files_of
from tests.curriculum.core.formats.samples import CARTRIDGE, QTI, files_in, html
from tests.curriculum.generated import generated

KNOWN = "Eingelesen werden Common Cartridge 1.1 bis 1.3 und QTI 2.1 bis 3.0."


def test_read_foreign_finds_the_format():
    assert read_foreign(InMemory(CARTRIDGE)) == cartridge_reading.read(InMemory(CARTRIDGE))
    assert read_foreign(InMemory(QTI)) == qti_reading.read(InMemory(QTI))


@pytest.mark.parametrize("files, sentence", [
    ({}, f"Im Paket fehlt imsmanifest.xml. {KNOWN}"),
    ({"kurs/imsmanifest.xml": b"<a/>"}, f"Im Paket fehlt imsmanifest.xml. {KNOWN}"),
    ({"imsmanifest.xml": b"<a/>"}, f"Dieses Format ist nicht bekannt. {KNOWN}"),
    ({"imsmanifest.xml": b""}, "imsmanifest.xml: Die Datei ist kein lesbares XML, der Fehler steht in Zeile 1."),
    ({"imsmanifest.xml": b"<a>" * 300}, "imsmanifest.xml: Die Datei ist kein lesbares XML, der Fehler steht in Zeile 1."),
    (files_in(scorm.files(generated(2), html)), f"Das ist ein SCORM-Paket. {KNOWN}"),
])  # fmt: skip
def test_read_foreign_refuses_everything_else(files, sentence):
    with pytest.raises(NotReadable) as refusal:
        read_foreign(InMemory(files))

    assert str(refusal.value) == sentence


PACKAGES = [CARTRIDGE, QTI, files_in(qti.files(generated(2, rich=False), html, qti.V3_0))]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_package_gives_a_right_programme_or_a_sentence(data):
    files = dict(data.draw(st.sampled_from(PACKAGES)))
    path = data.draw(st.sampled_from(sorted(files)))
    content = files[path]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 60)))
    pieces = (
        b"",
        b"<",
        b'"',
        b"&x;",
        b"]]>",
        b"\x00",
        b"\xff",
        b"<!--",
        b"../",
        b"<p>",
        b"</item>",
        b"identifier",
        content[:40],
    )
    files[path] = content[:start] + data.draw(st.sampled_from(pieces)) + content[end:]

    try:
        whole, losses = read_foreign(InMemory(files))
    except NotReadable as refusal:
        whole, losses = None, (refusal.sentence,)
    assert whole is None or read_programme(InMemory(files_in(files_of(whole)))) == whole
    assert all(sentence.endswith((".", "“")) for sentence in losses)
