import io
import random
import struct
import subprocess
import tracemalloc
import unicodedata
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.package.archive import Archive, folder
from staffel.curriculum.core.package.layout import Limits, NotAPackage
from tests.curriculum.core.package.zips import Piece, archive, deflated, entry

GAPS = "Das ZIP-Archiv enthält Daten, die zu keiner Datei gehören, oder Dateien, die sich überschneiden."
BROKEN = "Das Verzeichnis des ZIP-Archivs ist beschädigt."
NO_ZIP = "Die Datei ist kein ZIP-Archiv, oder ihr Ende fehlt."
PARTS = "Das ZIP-Archiv ist auf mehrere Dateien verteilt. Bitte erstellen Sie es in einem Stück."
TWO_FACTS = "Das ZIP-Archiv nennt für „a“ zwei verschiedene Angaben."
DAMAGED = "„a“ ist beschädigt: Der Inhalt passt nicht zu den Angaben im ZIP-Archiv."
UNLIKELY = "ist so stark verdichtet, wie es bei Lernmaterial nicht vorkommt."


def refusal(stream, **limits):
    with pytest.raises(NotAPackage) as refused:
        read(stream, Limits(**limits))
    return "\n".join(refused.value.mistakes)


def read(stream, limits):
    files = Archive(stream, limits=limits)
    for path in files.paths():
        files.sha256(path)


def contents(files):
    found = {}
    for path in files.paths():
        with files.open(path) as stream:
            found[path] = stream.read()
    return found


def zipped(content, method=zipfile.ZIP_DEFLATED, *, streamed=False):
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise OSError

        def tell(self):
            raise OSError

    stream = Pipe() if streamed else io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, text in content.items():
            made.writestr(name, text)
    return io.BytesIO(stream.getvalue())


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_archive_reads_what_the_standard_library_writes(method, streamed):
    content = {"b/zwei.txt": b"zwei" * 50_000, "a.txt": b"", "ä.txt": "ä".encode()}

    files = Archive(zipped(content, method, streamed=streamed))

    assert files.paths() == ("a.txt", "b/zwei.txt", "ä.txt")
    assert [files.size(path) for path in files.paths()] == [0, 200_000, 2]
    assert contents(files) == content
    assert files.sha256("a.txt") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_archive_reads_what_the_command_zip_writes(tmp_path):
    (tmp_path / "ordner").mkdir()
    (tmp_path / "ordner" / "eins.txt").write_bytes(b"eins" * 1000)
    (tmp_path / "ordner" / "zwei.txt").write_bytes(random.Random(1).randbytes(3000))
    subprocess.run(["zip", "-q", "-r", "x.zip", "ordner"], cwd=tmp_path, check=True)

    with (tmp_path / "x.zip").open("rb") as stream:
        files = folder(stream)

        assert {path: len(content) for path, content in contents(files).items()} == {"eins.txt": 4000, "zwei.txt": 3000}


def test_files_are_read_in_any_order_and_side_by_side():
    text = bytes(range(256)) * 1000
    files = Archive(zipped({"a": text, "b": text[::-1]}))

    with files.open("a") as one, files.open("b") as two:
        parts = [(one.read(1000), two.read(999)) for _ in range(300)]

    assert b"".join(part for part, _ in parts) == text
    assert b"".join(part for _, part in parts) == text[::-1]
    with files.open("a") as again:
        assert list(io.BufferedReader(again)) == list(io.BytesIO(text))


def test_unknown_paths_are_key_errors():
    files = Archive(archive(entry("b")))

    for path in ("a", "c", "b/", "\udcff"):
        with pytest.raises(KeyError):
            files.open(path)
        with pytest.raises(KeyError):
            files.size(path)


def test_a_comment_is_fine_and_a_record_hidden_in_it_is_not():
    assert Archive(archive(entry("a"), comment=b"von Hand gemacht")).paths() == ("a",)
    inner = archive(entry("b")).getvalue()
    assert refusal(archive(entry("a"), comment=inner)) == BROKEN
    assert refusal(archive(entry("a"), comment=inner + b"x")) == NO_ZIP


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 100_000, b"%PDF-1.7", b"PK\5\6" + bytes(10)])
def test_what_is_no_zip_file_is_refused(content):
    assert refusal(io.BytesIO(content)) == NO_ZIP


def test_every_truncation_is_refused():
    whole = archive(entry("a", b"eins"), entry("b", b"zwei", method=8)).getvalue()

    for length in range(len(whole)):
        assert refusal(io.BytesIO(whole[:length])) in (NO_ZIP, BROKEN)


@pytest.mark.parametrize(
    "end, sentence",
    [
        ({"disk": 1}, PARTS),
        ({"first": 1}, PARTS),
        ({"here": 0}, PARTS),
        ({"count": 2, "here": 2}, BROKEN),
        ({"count": 0, "here": 0}, BROKEN),
        ({"start": 5}, BROKEN),
        ({"size": 3}, BROKEN),
        ({"start": 0xFFFFFFFF}, BROKEN),
        ({"count": 0xFFFF}, BROKEN),
    ],
)
def test_an_end_record_that_does_not_fit_is_refused(end, sentence):
    assert refusal(archive(entry("a"), end=end)) == sentence


@pytest.mark.parametrize(
    "piece, sentence",
    [
        (entry("a", flags=1), "„a“ ist verschlüsselt."),
        (entry("a", flags=1 << 6), "„a“ ist verschlüsselt."),
        (entry("a", flags=1 << 13), "„a“ ist verschlüsselt."),
        (entry("a", method=12), "„a“ ist auf eine Art verdichtet, die hier nicht gelesen wird. Bitte wählen Sie die übliche."),
        (entry("a", method=9), "„a“ ist auf eine Art verdichtet, die hier nicht gelesen wird. Bitte wählen Sie die übliche."),
        (
            entry("a", flags=1 << 5),
            "„a“ ist auf eine Art verdichtet, die hier nicht gelesen wird. Bitte wählen Sie die übliche.",
        ),
        (entry("a", disk=1), PARTS),
        (
            entry("a", mode=0o120777),
            "„a“ ist eine Verknüpfung oder eine besondere Datei. Erlaubt sind nur gewöhnliche Dateien.",
        ),
        (
            entry("a", mode=0o020644),
            "„a“ ist eine Verknüpfung oder eine besondere Datei. Erlaubt sind nur gewöhnliche Dateien.",
        ),
        (
            entry("a", mode=0o010644),
            "„a“ ist eine Verknüpfung oder eine besondere Datei. Erlaubt sind nur gewöhnliche Dateien.",
        ),
        (
            entry("a", mode=0o104755),
            "„a“ ist eine Verknüpfung oder eine besondere Datei. Erlaubt sind nur gewöhnliche Dateien.",
        ),
        (
            entry("a", mode=0o040755),
            "„a“ ist eine Verknüpfung oder eine besondere Datei. Erlaubt sind nur gewöhnliche Dateien.",
        ),
        (entry("a/", b"voll", mode=0o040755), "Der Ordner „a/“ hat einen Inhalt wie eine Datei."),
        (entry("a/", b"", mode=0o120777), "Der Ordner „a/“ hat einen Inhalt wie eine Datei."),
        (entry("a", size=2), "„a“ hat im ZIP-Archiv zwei verschiedene Größen."),
        (entry("a", crc=1), DAMAGED),
        (entry("a", b"", crc=1), DAMAGED),
        (entry("a", method=8, packed=b"\xff\xff\xff"), DAMAGED),
        (entry("a", b"abc", method=8, packed=deflated(b"abcd")), DAMAGED),
        (entry("a", b"abc", method=8, packed=deflated(b"ab")), DAMAGED),
        (entry("a", b"abc", method=8, packed=deflated(b"abc") + b"x"), DAMAGED),
        (entry("a", b"abc", method=8, packed=deflated(b"abc") + bytes(70_000)), DAMAGED),
        (entry("a", b"abc", method=8, packed=deflated(b"abc")[:-1]), DAMAGED),
        (entry("a", b"", method=8, packed=b""), DAMAGED),
        (entry("a", local={"name": b"b"}), TWO_FACTS),
        (entry("a", local={"flags": 8}), TWO_FACTS),
        (entry("a", local={"method": 8}), TWO_FACTS),
        (entry("a", local={"crc": 8}), TWO_FACTS),
        (entry("a", local={"packed": 8}), TWO_FACTS),
        (entry("a", local={"size": 8}), TWO_FACTS),
        (entry("a", flags=8), TWO_FACTS),
        (entry("a", flags=8, after=struct.pack("<3L", 1, 1, 1)), TWO_FACTS),
        (entry("a", before=b"MZ"), GAPS),
        (entry("a", after=b"x"), GAPS),
        (entry("a", offset=7), GAPS),
        (entry("a", packed_size=9999), GAPS),
        (
            entry("a", extra=struct.pack("<HHBL", 0x7075, 6, 1, 0) + b"b"),
            "Eine Datei im ZIP-Archiv hat zwei verschiedene Namen.",
        ),
        (entry("a", extra=b"\1\0\xff\0"), BROKEN),
        (entry("a", extra=bytes.fromhex("01000000") * 2), BROKEN),
        (entry("a", size=0xFFFFFFFF, packed_size=0xFFFFFFFF), BROKEN),
        (Piece(b""), BROKEN),
    ],
)
def test_an_entry_that_is_not_plain_is_refused(piece, sentence):
    assert refusal(archive(piece)) == sentence


def test_data_between_the_last_file_and_the_directory_is_refused():
    assert refusal(archive(entry("a"), between=b"x")) == GAPS


def test_entries_that_overlap_are_refused():
    assert refusal(archive(entry("a", b"x" * 100), entry("b", offset=0))) == GAPS
    assert refusal(archive(entry("a", b"x" * 100), entry("b", offset=50))) == GAPS


def test_two_names_for_the_same_bytes_are_refused():
    whole = archive(entry("a"), entry("a", offset=0))

    assert refusal(whole) == GAPS


@pytest.mark.parametrize(
    "name, sentence",
    [
        ("/a", "Der Name „/a“ beginnt mit einem Schrägstrich."),
        ("../a", "Der Name „../a“ führt aus seinem Ordner heraus."),
        ("a/../../b", "Der Name „a/../../b“ führt aus seinem Ordner heraus."),
        ("./a", "Der Name „./a“ führt aus seinem Ordner heraus."),
        ("a//b", "Der Name „a//b“ enthält einen leeren Teil."),
        ("a\\b", "Der Name „a\\b“ enthält ein Zeichen, das nicht auf jedem Datenträger erlaubt ist."),
        ("C:a", "Der Name „C:a“ enthält ein Zeichen, das nicht auf jedem Datenträger erlaubt ist."),
        ("a?", "Der Name „a?“ enthält ein Zeichen, das nicht auf jedem Datenträger erlaubt ist."),
        ("a\nb", "Der Name „a�b“ enthält Steuerzeichen."),
        ("a\0b", "Der Name „a�b“ enthält Steuerzeichen."),
        ("a\u202eb", "Der Name „a�b“ enthält Steuerzeichen."),
        ("a\u2028b", "Der Name „a�b“ enthält Steuerzeichen."),
        (
            unicodedata.normalize("NFD", "ä"),
            f"Der Name „{unicodedata.normalize('NFD', 'ä')}“ ist nicht in zusammengesetzten Zeichen (NFC) geschrieben.",
        ),
        ("con", "Der Name „con“ ist unter Windows vergeben."),
        ("a/COM1.txt", "Der Name „a/COM1.txt“ ist unter Windows vergeben."),
        ("a./b", "Ein Teil des Namens „a./b“ beginnt oder endet mit einem Leerzeichen oder endet mit einem Punkt."),
        ("a ", "Ein Teil des Namens „a “ beginnt oder endet mit einem Leerzeichen oder endet mit einem Punkt."),
        (" a", "Ein Teil des Namens „ a“ beginnt oder endet mit einem Leerzeichen oder endet mit einem Punkt."),
        ("a" * 121, f"Der Name „{'a' * 80}…“ ist zu lang oder liegt zu tief."),
        ("/".join("a" * 9), "Der Name „a/a/a/a/a/a/a/a/a“ ist zu lang oder liegt zu tief."),
        ("/".join(["a" * 100] * 3), f"Der Name „{'a' * 80}…“ ist zu lang oder liegt zu tief."),
        ("/", "Der Name „“ enthält einen leeren Teil."),
    ],
)
def test_a_name_that_some_disk_cannot_hold_is_refused(name, sentence):
    assert refusal(archive(entry(name))) == sentence


@pytest.mark.parametrize(
    "name, flags, shown",
    [
        ("ä".encode(), 0, "ä"),
        (b"\xe4", 0x800, "�"),
        (b"\xe4", 0, "�"),
        (b"\xc0\xae", 0x800, "��"),
        (b"\xed\xa0\x80", 0x800, "���"),
    ],
)
def test_a_name_that_is_not_marked_as_utf_8_or_is_none_is_refused(name, flags, shown):
    expected = f"Der Name „{shown}“ ist nicht in UTF-8 geschrieben. Bitte verwenden Sie nur a bis z, 0 bis 9, - und _."

    assert refusal(archive(Piece(name, b"x", flags=flags))) == expected


@pytest.mark.parametrize(
    "names, sentence",
    [
        (["a", "a"], "Die Datei „a“ kommt zweimal vor."),
        (["a/", "a/"], "Ein Ordner kommt im ZIP-Archiv zweimal vor."),
        (["A", "a"], "Die Namen „A“ und „a“ unterscheiden sich nur in Groß- und Kleinschreibung."),
        (["strasse", "straße"], "Die Namen „strasse“ und „straße“ unterscheiden sich nur in Groß- und Kleinschreibung."),
        (["A/b", "a/c"], "Die Ordner „A“ und „a“ unterscheiden sich nur in Groß- und Kleinschreibung."),
        (["x/A/b", "x/a/c"], "Die Ordner „x/A“ und „x/a“ unterscheiden sich nur in Groß- und Kleinschreibung."),
        (["a", "a/b"], "„a“ ist zugleich eine Datei und ein Ordner."),
        (["a", "a/b/c"], "„a“ ist zugleich eine Datei und ein Ordner."),
        (["A", "a/b"], "„a“ ist zugleich eine Datei und ein Ordner."),
        (["a", "a/"], "„a“ ist zugleich eine Datei und ein Ordner."),
    ],
)
def test_names_that_cannot_lie_beside_each_other_are_refused(names, sentence):
    pieces = [entry(name, b"" if name.endswith("/") else b"x", mode=0) for name in names]

    assert refusal(archive(*pieces)) == sentence


def test_all_mistakes_are_named_at_once_and_at_most_twenty():
    assert refusal(archive(entry("/a"), entry("../b"))).count("\n") == 1
    assert refusal(archive(*(entry(f"/{number}") for number in range(50)))).count("\n") == 19


def test_limits_hold():
    two = archive(entry("a", b"12345"), entry("b", b"12345"))

    assert Archive(two, limits=Limits(files=2, file=5, total=10, directory=94)).paths() == ("a", "b")
    assert refusal(two, files=1) == "Das ZIP-Archiv hat mehr als 1 Dateien."
    assert refusal(two, directory=93) == "Das Verzeichnis des ZIP-Archivs ist zu groß."
    assert refusal(two, total=9) == "Alle Dateien zusammen haben mehr als 9 Bytes."
    assert refusal(two, file=4) == "„a“ hat mehr als 4 Bytes.\n„b“ hat mehr als 4 Bytes."


def test_a_bomb_is_refused_by_what_it_declares():
    bomb = deflated(bytes(10_000_000))

    assert refusal(archive(entry("a", bytes(10_000_000), method=8, packed=bomb))) == f"„a“ {UNLIKELY}"
    many = [entry(f"a{n}", bytes(1_000_000), method=8, packed=deflated(bytes(1_000_000))) for n in range(17)]
    assert refusal(archive(*many)) == f"Das ZIP-Archiv {UNLIKELY}"


def test_a_bomb_that_declares_little_is_stopped_while_it_is_read():
    bomb = deflated(bytes(50_000_000))
    stream = archive(entry("a", b"abc", method=8, packed=bomb))
    tracemalloc.start()

    assert refusal(stream) == DAMAGED
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_reading_in_pieces_takes_little_memory():
    content = random.Random(1).randbytes(1_000_000) * 8
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        stream = zipped({"a": content}, method)
        tracemalloc.start()
        assert Archive(stream).sha256("a")[:8] == "7d75581f"
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 1_000_000


def wide(name, content):
    """A ZIP64 file as streaming writers make them."""
    local = struct.pack("<HHQQ", 1, 16, len(content), len(content))
    central = struct.pack("<HHQQQ", 1, 24, len(content), len(content), 0)
    full = 0xFFFFFFFF
    piece = entry(
        name,
        content,
        size=full,
        packed_size=full,
        offset=full,
        extra=central,
        local_extra=local,
    )
    made = archive(piece, end={"here": 0xFFFF, "count": 0xFFFF, "size": full, "start": full}).getvalue()
    directory = made.index(b"PK\1\2")
    end = len(made) - 22
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, end - directory, directory)
    return made[:end] + record + struct.pack("<4sLQL", b"PK\6\7", 0, end, 1) + made[end:]


def test_zip64_is_read():
    assert contents(Archive(io.BytesIO(wide("a", b"abc")))) == {"a": b"abc"}


@pytest.mark.parametrize(
    "at, byte, sentence",
    [
        (-22 - 20, 0, BROKEN),
        (-22 - 4, 2, PARTS),
        (-22 - 20 - 56, 0, BROKEN),
        (-22 - 20 - 52, 9, BROKEN),
        (-22 - 20 - 40, 1, PARTS),
        (-22 - 12, 1, BROKEN),
    ],
)
def test_a_broken_zip64_record_is_refused(at, byte, sentence):
    made = bytearray(wide("a", b"abc"))
    made[at] = byte

    assert refusal(io.BytesIO(made)) == sentence


@pytest.mark.parametrize("mark", [b"PK\7\x08", b""])
@pytest.mark.parametrize("layout", ["<3L", "<L2Q"])
def test_all_spellings_of_the_record_after_the_content_are_read(layout, mark):
    facts = {"crc": 0, "packed": 0, "size": 0}
    after = mark + struct.pack(layout, zlib.crc32(b"abc"), 3, 3)

    stream = archive(entry("a", b"abc", flags=8, local=facts, after=after), entry("b", b"x"))

    assert contents(Archive(stream)) == {"a": b"abc", "b": b"x"}


def test_folder_leaves_out_the_folder_at_the_top_and_what_desktops_add():
    names = [
        "programm/",
        "programm/programme.yaml",
        "programm/units/a/unit.yaml",
        "__MACOSX/programm/._programme.yaml",
        "programm/.DS_Store",
        "programm/units/Thumbs.db",
    ]
    stream = archive(*(entry(name, b"" if name.endswith("/") else name.encode(), mode=0) for name in names))

    files = folder(stream)

    assert files.paths() == ("programme.yaml", "units/a/unit.yaml")
    assert files.size("programme.yaml") == 23
    assert contents(files)["units/a/unit.yaml"] == b"programm/units/a/unit.yaml"
    assert files.sha256("programme.yaml") == Archive(stream).sha256("programm/programme.yaml")
    with pytest.raises(KeyError):
        files.open(".DS_Store")


def test_folder_without_a_folder_at_the_top_stays_as_it_is():
    assert folder(archive(entry("programme.yaml"), entry("units/a/unit.yaml"))).paths() == (
        "programme.yaml",
        "units/a/unit.yaml",
    )


def test_an_empty_folder_is_refused():
    with pytest.raises(NotAPackage, match=r"Das ZIP-Archiv enthält keine Dateien\."):
        folder(archive(entry("a/", b"", mode=0)))


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(content):
    with pytest.raises(NotAPackage):
        Archive(io.BytesIO(content))


@given(st.data())
def test_a_mutated_archive_is_refused_or_says_the_same(data):
    whole = zipped({"a/b.txt": b"eins" * 20, "c": b"zwei"}).getvalue()
    before = contents(Archive(io.BytesIO(whole)))
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    try:
        after = contents(Archive(io.BytesIO(changed)))
    except NotAPackage:
        return
    assert sorted(after.values()) == sorted(before.values())
