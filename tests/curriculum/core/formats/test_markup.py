import pytest

from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.formats.markup import NotReadable, line_of, parse, resolve, slug, unique


@pytest.mark.parametrize("base, href, path", [
    ("imsmanifest.xml", "a.html", "a.html"),
    ("pages/u/x.html", "../../files/u/a%20b.png?x=1#y", "files/u/a b.png"),
    ("pages/x.html", "./y.html", "pages/y.html"),
    ("pages/x.html", "#hier", "pages/x.html"),
    ("wiki/x.html", "$IMS-CC-FILEBASE$../files/a.png", "files/a.png"),
])  # fmt: skip
def test_resolve_follows_a_reference(base, href, path):
    assert resolve(base, href) == path


@pytest.mark.parametrize(
    "href", ["../x", "a/../../x", "/x", "%2Fx", "..%2Fx", "a\\b", "https://a.de/x", "//a.de/x", "file:x", "..", "%00"]
)
def test_resolve_refuses_what_leads_out_of_the_package(href):
    with pytest.raises(NotReadable) as refusal:
        resolve("imsmanifest.xml", href)

    assert str(refusal.value) == f"imsmanifest.xml: Der Verweis „{href}“ führt aus dem Paket hinaus."


@pytest.mark.parametrize("text, key", [
    ("Über Öl & Größe", "ueber-oel-groesse"),
    ("  --  ", ""),
    ("QUE_1003", "que-1003"),
    ("Ærø № 5", "r-no-5"),
    ("x" * 60, "x" * 40),
])  # fmt: skip
def test_slug_makes_a_key(text, key):
    assert slug(text) == key


def test_unique_numbers_what_is_taken():
    taken = set()

    assert [unique("a", taken), unique("a", taken), unique("a", taken), unique("a-2", taken)] == ["a", "a-2", "a-3", "a-2-2"]


def test_line_of_is_one_line_without_control_characters():
    assert line_of(" a\n\tb\x00\x0b c ") == "a b c"


def test_parse_reads_nothing_from_elsewhere(tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    hostile = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'

    with pytest.raises(NotReadable) as refusal:
        parse(InMemory({"a.xml": hostile.encode()}), "a.xml")

    assert refusal.value.sentence == "Die Datei hat eine Dokumenttyp-Angabe (DOCTYPE). Solche Dateien werden nicht gelesen."


def test_parse_takes_a_document_type_within_a_text():
    assert parse(InMemory({"a.xml": b"<a><![CDATA[<!DOCTYPE html><p>]]></a>"}), "a.xml").text == "<!DOCTYPE html><p>"


@pytest.mark.parametrize("content", [b"", b"<a", b"<a>&x;</a>", b"\xff\xfe", b"<?xml version='1.0' encoding='nichts'?><a/>"])
def test_parse_refuses_what_is_no_xml(content):
    with pytest.raises(NotReadable) as refusal:
        parse(InMemory({"a.xml": content}), "a.xml")

    assert str(refusal.value).startswith("a.xml: Die Datei ist kein lesbares XML, der Fehler steht in Zeile ")
