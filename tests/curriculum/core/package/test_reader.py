import hashlib
import io
import json
import time
import tracemalloc

import pytest
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.curriculum.core.content import Whole
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.package import signing
from staffel.curriculum.core.package.layout import Limits, NotAPackage
from staffel.curriculum.core.package.reader import check, open_package
from staffel.curriculum.core.reader import FromFiles, read_programme
from tests.curriculum.core.package.samples import (
    FINGERPRINT,
    PUBLIC,
    SECRET,
    SIGNER,
    entries,
    sealed,
    small_package,
    tiny_package,
    with_provenance,
    zipped,
)
from tests.curriculum.generated import Generated, generated, wholes

UNIT = "programme/units/einheit-1/"
ED448 = Ed448PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
UNREAD = "Ab hier ist die Datei nicht in der einheitlichen Schreibweise, die ein Paket verlangt."
SPELLED = "ist nicht in der Schreibweise geschrieben, die ein Paket verlangt."
CHANGED = "Die Signatur ist falsch. Das Paket wurde nach der Signatur verändert oder ist beschädigt."


def refusal(files):
    with pytest.raises(NotAPackage) as refused:
        open_package(zipped(files))
    return "\n".join(refused.value.mistakes)


def test_open_package_returns_what_was_written():
    files = small_package()

    package = open_package(zipped(files))

    assert package.files.paths() == tuple(files)
    assert {path: package.files.open(path).read() for path in files} == files
    assert {path: package.files.sha256(path) for path in files} == {
        path: hashlib.sha256(content).hexdigest() for path, content in files.items()
    }
    assert [package.files.size(path) for path in files] == [len(content) for content in files.values()]
    assert read_programme(package.programme) == generated(2)
    assert (package.is_signed, package.signed_by, package.public_key) == (True, FINGERPRINT, PUBLIC)
    assert package.manifest == hashlib.sha256(files["manifest-sha256.txt"]).hexdigest()
    assert package.provenance.publisher.name == "Land Brandenburg"
    assert package.outline == generated(2).outline


def test_an_unsigned_package_is_read_and_says_so():
    package = open_package(zipped(entries(generated(2), signer=None)))

    assert (package.is_signed, package.signed_by, package.public_key) == (False, "", b"")


OF_KINDS = ("keine Datei, die eine Einheit", "nicht vom Format", "Die Zeichnung", "in UTF-8", "enthält Steuerzeichen")


@settings(max_examples=25, deadline=None)
@given(wholes())
def test_any_programme_comes_out_as_it_went_in(whole: Whole):
    try:
        package = open_package(zipped(entries(whole)))
    except NotAPackage as refused:
        # The materials of the strategy are any bytes under any name.
        assert [one for one in refused.mistakes if not any(words in one for words in OF_KINDS)] == []  # noqa: PT017
        return

    source = FromFiles(package.programme)
    assert package.outline == whole.outline
    assert {key: source.unit(key) for key in whole.outline.units} == dict(whole.units)


# Which files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, sentence",
    [
        ("manifest-sha256.txt", "Es fehlt manifest-sha256.txt. Die Datei ist kein Übergabepaket von Staffel."),
        ("licences.json", "Es fehlt licences.json."),
        ("provenance.json", "Es fehlt provenance.json."),
        ("ro-crate-metadata.json", "Es fehlt ro-crate-metadata.json."),
        ("publisher.pem", "Das Paket ist signiert, aber publisher.pem fehlt."),
        ("manifest-sha256.sig", "Das Paket nennt einen Schlüssel, aber die Signatur manifest-sha256.sig fehlt."),
        (UNIT + "summary.md", f"Die Datei „{UNIT}summary.md“ steht in manifest-sha256.txt und fehlt im Paket."),
    ],
)
def test_a_missing_file_is_refused(name, sentence):
    files = small_package()
    del files[name]

    assert refusal(files) == sentence


@pytest.mark.parametrize(
    "path",
    [
        "anhang.txt",
        "programme/README.md",
        "programme/units/einheit-1/mehr.md",
        "programme/units/Einheit/unit.yaml",
        "programme/units/a--b/unit.yaml",
        "metadata/mehr.json",
        "metadata/amb/Einheit.json",
        "programme/units/einheit-1/files/a/b.txt",
    ],
)
def test_a_file_that_does_not_belong_is_refused(path):
    assert refusal(sealed(small_package() | {path: b"x"})) == f"Die Datei „{path}“ gehört nicht in ein Paket."


@pytest.mark.parametrize(
    "name",
    [
        "seite.html",
        "seite.htm",
        "makro.docm",
        "archiv.zip",
        "programm.exe",
        "bild.gif",
        "skript.js",
        ".csv",
    ],
)
def test_a_material_of_another_kind_is_refused(name):
    sentence = (
        f"„{name}“ ist keine Datei, die eine Einheit enthalten kann. Erlaubt sind csv, docx, jpeg, jpg, md, mp3, mp4, odp, "
        "ods, odt, pdf, png, pptx, svg, txt, vtt, webp, xlsx."
    )

    assert refusal(sealed(small_package() | {f"{UNIT}files/{name}": b"x"})) == sentence


def test_a_drawing_that_runs_something_is_refused():
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    assert refusal(sealed(small_package() | {UNIT + "files/stufen.svg": drawing})) == (
        "Die Zeichnung „stufen.svg“ enthält das Element „script“, das hier nicht erlaubt ist. "
        "Bitte speichern Sie sie als einfaches SVG."
    )


def test_a_material_that_no_unit_names_is_refused():
    files = with_provenance(small_package() | {UNIT + "files/mehr.txt": b"mehr"})
    lines = files["licences.json"].decode().split("\n")
    line = f'"{UNIT}files/mehr.txt": {{"licence": "CC0-1.0", "author": "Staffel"}},'
    at = next(number for number, text in enumerate(lines) if "stufen.svg" in text)
    lines.insert(at, line)

    files = sealed(files | {"licences.json": "\n".join(lines).encode()})

    assert refusal(files) == (f"{UNIT}files/mehr.txt, Zeile 1: Diese Datei steht nicht unter „materials“ in unit.yaml.")


def test_a_unit_without_a_description_is_refused():
    files = small_package()
    del files["metadata/amb/einheit-2.json"]

    assert refusal(sealed(files)) == "metadata/amb/ beschreibt nicht genau die Einheiten des Programms: „einheit-2“."


# Manifest and signature ---------------------------------------------------------------------------------------------


def resigned(files, manifest):
    return files | {"manifest-sha256.txt": manifest, "manifest-sha256.sig": SIGNER.sign(manifest)}


def test_every_changed_file_is_named():
    files = small_package()

    for path in [path for path in files if not path.startswith(("manifest", "publisher"))]:
        sentence = f"Der Inhalt von „{path}“ passt nicht zu manifest-sha256.txt."
        assert refusal(files | {path: files[path] + b"x"}) == sentence


def test_a_file_beside_the_manifest_is_refused():
    files = small_package() | {"metadata/amb/einheit-9.json": b"{}"}

    assert refusal(files) == "Die Datei „metadata/amb/einheit-9.json“ liegt im Paket und fehlt in manifest-sha256.txt."


@pytest.mark.parametrize(
    "change, sentence",
    [
        (lambda lines: lines[::-1], "manifest-sha256.txt ist nicht sortiert."),
        (lambda lines: [lines[0], *lines], "manifest-sha256.txt nennt eine Datei zweimal."),
        (lambda lines: lines[:-1], "Die Datei „ro-crate-metadata.json“ liegt im Paket und fehlt in manifest-sha256.txt."),
        (lambda lines: lines[1:], "Die Datei „licences.json“ liegt im Paket und fehlt in manifest-sha256.txt."),
        (lambda lines: [*lines, b"0" * 64 + b"  z\n"], "Die Datei „z“ steht in manifest-sha256.txt und fehlt im Paket."),
        (lambda lines: [b"0" * 64 + b"  a\n", *lines], "Die Datei „a“ steht in manifest-sha256.txt und fehlt im Paket."),
        (lambda lines: [*lines, b"0" * 64 + b"  \xff\n"], "Die Datei „�“ steht in manifest-sha256.txt und fehlt im Paket."),
        (lambda lines: [*lines[:-1], lines[-1][:-1]], "manifest-sha256.txt ist nicht so geschrieben, wie sha256sum es liest."),
        (lambda lines: [lines[0].upper(), *lines[1:]], "manifest-sha256.txt ist nicht so geschrieben, wie sha256sum es liest."),
        (
            lambda lines: [lines[0].replace(b"  ", b" *"), *lines[1:]],
            "manifest-sha256.txt ist nicht so geschrieben, wie sha256sum es liest.",
        ),
        (lambda lines: [b"\n", *lines], "manifest-sha256.txt ist nicht so geschrieben, wie sha256sum es liest."),
        (
            lambda lines: [b"0" * 64 + lines[0][64:], *lines[1:]],
            "Der Inhalt von „licences.json“ passt nicht zu manifest-sha256.txt.",
        ),
        (lambda _: [], "Die Datei „licences.json“ liegt im Paket und fehlt in manifest-sha256.txt."),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(change, sentence):
    files = small_package()
    lines = files["manifest-sha256.txt"].splitlines(keepends=True)

    assert refusal(resigned(files, b"".join(change(lines)))) == sentence


@pytest.mark.parametrize(
    "signature, sentence",
    [
        (b"", "Die Signatur manifest-sha256.sig hat 0 Bytes statt 64."),
        (bytes(63), "Die Signatur manifest-sha256.sig hat 63 Bytes statt 64."),
        (bytes(65), "Die Signatur manifest-sha256.sig hat 65 Bytes statt 64."),
        (bytes(64), CHANGED),
        (signing.sign(SECRET, b"etwas anderes"), CHANGED),
    ],
)
def test_a_wrong_signature_is_refused(signature, sentence):
    assert refusal(small_package() | {"manifest-sha256.sig": signature}) == sentence


@pytest.mark.parametrize("pem", [b"", b"x", ED448, signing.to_pem(PUBLIC) + b"\n", b"x\n" + signing.to_pem(PUBLIC)])
def test_a_key_of_another_kind_is_refused(pem):
    assert refusal(small_package() | {"publisher.pem": pem}) == "publisher.pem ist kein öffentlicher Ed25519-Schlüssel."


def test_the_key_of_somebody_else_is_refused():
    other = bytes(32)
    files = small_package() | {"publisher.pem": signing.to_pem(signing.public_of(other))}
    assert refusal(files) == CHANGED

    changed = sealed(files)
    changed["manifest-sha256.sig"] = signing.sign(other, changed["manifest-sha256.txt"])
    assert refusal(changed) == "provenance.json nennt einen anderen Schlüssel als publisher.pem."


def test_a_signature_that_was_cut_off_is_refused():
    assert refusal(sealed(small_package(), signed=False)) == "provenance.json nennt einen anderen Schlüssel als publisher.pem."


# What the files say -------------------------------------------------------------------------------------------------


def test_another_digest_of_the_programme_is_refused():
    files = with_provenance(small_package())
    said = json.loads(files["provenance.json"]) | {"content": "0" * 64}

    assert refusal(sealed(files | {"provenance.json": json.dumps(said).encode()})) == (
        "Die Prüfsumme des Programms ist eine andere, als provenance.json nennt."
    )


@pytest.mark.parametrize("facts", [{"programme": "anderes"}, {"version": "9.9.9"}, {"title": "Anders"}, {"licence": "CC0-1.0"}])
def test_a_provenance_of_another_programme_is_refused(facts):
    assert refusal(with_provenance(small_package(), **facts)) == (
        "provenance.json nennt ein anderes Programm oder eine andere Version als das Programm selbst."
    )


@pytest.mark.parametrize(
    "name, old, new, sentence",
    [
        ("programme/programme.yaml", b"fee: false", b"fee:  false", f"programme/programme.yaml, Zeile 29: {UNREAD}"),
        ("programme/programme.yaml", b"\n", b"\r\n", f"„programme/programme.yaml“ {SPELLED}"),
        (UNIT + "summary.md", b"\n", b"\n\n\n", f"„{UNIT}summary.md“ {SPELLED}"),
        (UNIT + "guide.md", b"", b"\xef\xbb\xbf", f"„{UNIT}guide.md“ {SPELLED}"),
    ],
)
def test_another_spelling_is_refused(name, old, new, sentence):
    files = small_package()
    at = -1 if name.endswith("summary.md") else 0
    content = files[name]
    changed = content[:at] + new if at else content.replace(old, new) if old else new + content

    assert refusal(with_provenance(files | {name: changed})) == sentence


def test_mistakes_of_the_programme_have_file_and_line():
    files = small_package()
    files[UNIT + "unit.yaml"] = files[UNIT + "unit.yaml"].replace(b"kind: session", b"kind: party")

    assert refusal(with_provenance(files)).startswith(f"{UNIT}unit.yaml, Zeile 2: ")


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", "licences.json nennt nicht genau die Dateien des Programms, je eine in einer Zeile, sortiert."),
        (b"{}", "licences.json nennt nicht genau die Dateien des Programms, je eine in einer Zeile, sortiert."),
        (b"{\n}\n", "licences.json nennt nicht genau die Dateien des Programms, je eine in einer Zeile, sortiert."),
        (b'{\n"a": {},\n', "licences.json nennt nicht genau die Dateien des Programms, je eine in einer Zeile, sortiert."),
        (
            b'{\n"programme/competencies.yaml": {},\n',
            "licences.json nennt Lizenz und Urheber von „programme/competencies.yaml“ nicht richtig.",
        ),
        (
            b'{\n"programme/competencies.yaml": {"licence": "CC0-1.0", "author": ""},\n',
            "licences.json nennt Lizenz und Urheber von „programme/competencies.yaml“ nicht richtig.",
        ),
        (
            b'{\n"programme/competencies.yaml": {"licence": 5, "author": "x"},\n',
            "licences.json nennt Lizenz und Urheber von „programme/competencies.yaml“ nicht richtig.",
        ),
        (
            b'{\n"programme/competencies.yaml": 1, "a": 2,\n',
            "licences.json nennt nicht genau die Dateien des Programms, je eine in einer Zeile, sortiert.",
        ),
        (
            b'{\n"programme/competencies.yaml": {"a": 1, "a": 2},\n',
            "licences.json ist mit derselben Angabe zweimal geschrieben.",
        ),
        (b'{\n"programme/competencies.yaml": [,\n', "licences.json ist kein JSON."),
        (b'{\n"programme/\xff": 1,\n', "licences.json ist nicht in UTF-8 geschrieben."),
        (b'{\n"a": ' + b"[" * 9000 + b",\n", "licences.json ist zu tief verschachtelt."),
        (b"{" * 9_000_000, "licences.json ist in zu langen Zeilen geschrieben."),
    ],
)
def test_licences_that_do_not_fit_are_refused(content, sentence):
    assert refusal(sealed(small_package() | {"licences.json": content})) == sentence


CRATE = b'{"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": [\n'
NO_CRATE = "ro-crate-metadata.json ist kein RO-Crate 1.2 mit einem Eintrag in jeder Zeile."


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", NO_CRATE),
        (b"{}", NO_CRATE),
        (CRATE, NO_CRATE),
        (CRATE + b"]}\n", NO_CRATE),
        (CRATE + b"{}\n{}\n]}\n", NO_CRATE),
        (CRATE + b"{},\n]}\n", NO_CRATE),
        (CRATE + b"{}\n]}\nx", NO_CRATE),
        (CRATE + b"1\n]}\n", NO_CRATE),
        (CRATE + b"{x}\n]}\n", "ro-crate-metadata.json ist kein JSON."),
        (CRATE + b'{"a": 1, "a": 1}\n]}\n', "ro-crate-metadata.json ist mit derselben Angabe zweimal geschrieben."),
        (CRATE + b'{"a": NaN}\n]}\n', "ro-crate-metadata.json ist mit NaN geschrieben, was keine Zahl ist."),
        (CRATE + b'{"a": ' + b"[" * 20 + b"]" * 20 + b"}\n]}\n", "ro-crate-metadata.json ist zu tief verschachtelt."),
        (CRATE + b'{"a": ' + b"9" * 5000 + b"}\n]}\n", "ro-crate-metadata.json ist kein JSON."),
    ],
)
def test_a_crate_that_does_not_fit_is_refused(content, sentence):
    assert refusal(sealed(small_package() | {"ro-crate-metadata.json": content})) == sentence


def test_a_description_that_is_no_json_is_refused():
    files = sealed(small_package() | {"metadata/amb/einheit-1.json": b'{"a": {}, "a": 1}'})

    assert refusal(files) == "„metadata/amb/einheit-1.json“ ist mit derselben Angabe zweimal geschrieben."


# Limits -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path, size, sentence",
    [
        ("provenance.json", 1_000_001, "„provenance.json“ hat mehr als 1000000 Bytes."),
        ("publisher.pem", 1_000_001, "„publisher.pem“ hat mehr als 1000000 Bytes."),
        ("metadata/amb/einheit-1.json", 1_000_001, "„metadata/amb/einheit-1.json“ hat mehr als 1000000 Bytes."),
        (UNIT + "unit.yaml", 1_000_001, f"„{UNIT}unit.yaml“ hat mehr als 1000000 Bytes."),
        ("manifest-sha256.txt", 64_000_001, "„manifest-sha256.txt“ hat mehr als 64000000 Bytes."),
    ],
)
def test_a_huge_file_is_refused_without_reading_it(path, size, sentence):
    class Huge(InMemory):
        def size(self, one):
            return size if one == path else super().size(one)

    with pytest.raises(NotAPackage) as refused:
        check(Huge(sealed(small_package())))
    assert refused.value.mistakes == (sentence,)


def test_limits_of_the_archive_hold():
    with pytest.raises(NotAPackage, match="mehr als 5 Dateien"):
        open_package(zipped(small_package()), limits=Limits(files=5))


@pytest.mark.parametrize("units", [10, 100])
def test_reading_takes_little_memory_whatever_the_number_of_units(units):
    stream = zipped(entries(Generated(units)))
    tracemalloc.start()
    open_package(stream)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_500_000


# Any bytes ----------------------------------------------------------------------------------------------------------

WHOLE = zipped(tiny_package()).getvalue()


def tried(content):
    """Return the content of the package, or None if it was refused with sentences, in bounded time."""
    started = time.process_time()
    mistakes, found = ("Noch nicht gelesen.",), None
    try:
        package = open_package(io.BytesIO(content))
        found = {path: package.files.open(path).read() for path in package.files.paths()}
    except NotAPackage as refused:
        mistakes = refused.mistakes
    assert mistakes
    assert all(sentence.endswith(".") for sentence in mistakes)
    assert time.process_time() - started < 5
    return found


@given(st.binary(max_size=2000))
def test_any_bytes_are_refused(content):
    assert tried(content) is None


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_flipped_bits_are_refused_or_change_nothing(data):
    changed = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        # Half of the flips where the structure is: in the directory at the end.
        start = data.draw(st.sampled_from([0, len(WHOLE) - 3000]))
        changed[data.draw(st.integers(start, len(WHOLE) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    assert tried(bytes(changed)) in (None, tiny_package())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_cut_and_pasted_pieces_are_refused_or_change_nothing(first, second, third):
    assert tried(WHOLE[:first] + WHOLE[second:third] + WHOLE[second:]) in (None, tiny_package())


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_files_that_change_places_are_refused(data):
    files = tiny_package()
    one, other = data.draw(st.lists(st.sampled_from(sorted(files)), min_size=2, max_size=2, unique=True))
    files[one], files[other] = files[other], files[one]

    assert tried(zipped(files).getvalue()) is None


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_change_by_a_publisher_is_refused_or_read(data):
    """The signature fits here: what is left is whether the content is right."""
    files = tiny_package()
    path = data.draw(st.sampled_from([path for path in files if not path.startswith(("manifest", "publisher"))]))
    content = bytearray(files[path])
    at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 30))
    marks = st.sampled_from([b"\n", b"  ", b"\xc3", b"[[", b"]", b'"', b": "])
    content[at : at + length] = data.draw(st.binary(max_size=30) | marks)
    changed = files | {path: bytes(content)}
    if path.startswith("programme/"):
        changed = with_provenance(changed)

    found = tried(zipped(sealed(changed)).getvalue())

    assert found is None or found[path] == content
