"""All files here are written by ``official_layout``, that is by us, in the layout of the official ones."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from staffel.municipalities.core.official_file import FileRefused, read_official_file
from staffel.municipalities.core.register import Entry, KreisEntry, Snapshot, VerbandEntry
from tests.municipalities.official_layout import gv100ad, workbook

AMT = VerbandEntry("120015001", "12001", "Amt Muster", "Amt", "Musterstadt")
SINGLE = VerbandEntry("120010002", "12001", "Allein, Stadt", "Verbandsfreie Gemeinde", "")
MUSTER = Entry(
    "12001001", "120015001001", "Muster/Müstěr", "64", "12001", "120015001", 900, Decimal("9.50"), "01234", (52.5, 13.25), "02"
)
ALONE = Entry("12001002", "120010002002", "Allein, Stadt", "63", "12001", None, 12345, Decimal("0.50"), "", (52.4, 13.4), "03")
STATE = Snapshot(
    date(2026, 3, 31),
    {"12001": KreisEntry("12001", "Musterkreis", "Landkreis", "Musterstadt")},
    {AMT.code: AMT, SINGLE.code: SINGLE},
    {MUSTER.ags: MUSTER, ALONE.ags: ALONE},
)

WORKBOOK = workbook(STATE)


def with_entry(entry):
    return replace(STATE, municipalities=STATE.municipalities | {entry.ags: entry})


def refusal_of(content, laender=("12",)):
    with pytest.raises(FileRefused) as refusal:
        read_official_file(content, laender)
    return str(refusal.value)


def text_with(old, new, count=1):
    text = gv100ad(STATE)
    assert old in text
    return text.replace(old, new, count).encode()


# Reading ----------------------------------------------------------------------------------------------------------------


def test_gv100ad_gives_the_state_without_what_it_lacks():
    file = read_official_file(gv100ad(STATE).encode(), {"12"})

    municipalities = {ags: replace(one, position=None, urbanisation=None) for ags, one in STATE.municipalities.items()}
    assert file.snapshot == replace(STATE, municipalities=municipalities)
    assert (file.kind, file.population_on) == ("GV100AD", None)


def test_gv100ad_may_begin_with_a_byte_order_mark_and_have_blank_lines():
    content = b"\xef\xbb\xbf" + gv100ad(STATE).replace("\r\n", "\n\n").encode()

    assert len(read_official_file(content, {"12"}).snapshot.municipalities) == 2


def test_workbook_whose_codes_became_numbers_is_refused():
    assert refusal_of(workbook(STATE, codes_as_numbers=True)) == "Zeile 8: „1“ ist kein Schlüssel mit 2 Ziffern."


def test_workbook_gives_the_state_without_seats():
    file = read_official_file(workbook(STATE), {"12"})

    assert file.snapshot.municipalities == STATE.municipalities
    assert file.snapshot.kreise == {"12001": replace(STATE.kreise["12001"], seat=None)}
    assert file.snapshot.verbaende == {code: replace(one, seat=None) for code, one in STATE.verbaende.items()}
    assert (file.kind, file.snapshot.on, file.population_on) == ("GV-ISys", STATE.on, None)


def test_workbook_may_name_the_day_of_the_population_below_the_table():
    content = workbook(STATE, note="1) Bevölkerung am 31.12.2024 auf Grundlage des Zensus 2022")

    assert read_official_file(content, {"12"}).population_on == date(2024, 12, 31)


def test_workbook_takes_an_impossible_midpoint_for_unknown():
    content = workbook(with_entry(replace(ALONE, position=(0.0, 0.0))))

    assert read_official_file(content, {"12"}).snapshot.municipalities[ALONE.ags].position is None


@pytest.mark.parametrize("write", [lambda state: gv100ad(state).encode(), workbook])
def test_area_in_no_kreis_belongs_to_none(write):
    coast = replace(ALONE, ags="12000999", ars="120009999999", name="Küste", kind_code="66", population=0)
    state = with_entry(coast)
    verband = VerbandEntry("120009999", None, "Küste", "Verbandsfreie Gemeinde", "")
    file = read_official_file(write(replace(state, verbaende=state.verbaende | {verband.code: verband})), {"12"})

    assert file.snapshot.municipalities[coast.ags].kreis is None
    assert file.snapshot.verbaende[verband.code].kreis is None
    assert list(file.snapshot.kreise) == ["12001"]


# Refusing ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", "Die Datei ist leer."),
        (b" \r\n ", "Die Datei ist leer."),
        (b"x" * 50_000_001, "Die Datei ist mit 50 MB zu groß für ein Gemeindeverzeichnis."),
        (b"%PDF-1.7", "Die Datei ist weder GV100AD noch das Gemeindeverzeichnis als XLSX-Datei."),
        (b"ags;name\n12001001;Muster\n", "Die Datei ist weder GV100AD noch das Gemeindeverzeichnis als XLSX-Datei."),
        ("1020260331 Müstěr".encode("cp1250"), "Die Datei ist weder GV100AD in UTF-8 noch eine XLSX-Datei."),
        (b"PK\x03\x04 cut off", "Die XLSX-Datei ist beschädigt oder unvollständig."),
        (text_with("\r\n602026033112001002", "\r\n992026033112001002"), "Zeile 6 ist kein Satz im Format GV100AD."),
        (text_with("\r\n602026033112001002", "\r\n602026023112001002"), "Zeile 6 ist kein Satz im Format GV100AD."),
        (text_with("00000012345", "0000001234x"), "Zeile 6 ist kein Satz im Format GV100AD."),
        (text_with("00000012345", "-0000012345"), "Zeile 6: Fläche und Einwohnerzahl dürfen nicht negativ sein."),
        (text_with("01234", "0123 "), "Zeile 5: „0123“ ist kein Schlüssel mit 5 Ziffern."),
        (text_with("60202603311200100", "6020260331120010x"), "Zeile 5: „120010x1“ ist kein Schlüssel mit 8 Ziffern."),
        (text_with("602026033112001002", "602026033112001001"), "Zeile 6: Der Schlüssel 12001001 kommt zweimal vor."),
        (
            text_with("602026033112001002", "602026063012001002"),
            "Die Datei mischt Gebietsstände: 31.03.2026, 30.06.2026.",
        ),
        (gv100ad(STATE).encode()[:-100], "Zeile 6 ist abgeschnitten. Die Datei ist unvollständig."),
        (
            gv100ad(replace(STATE, verbaende={SINGLE.code: SINGLE})).encode(),
            "Die Datei ist unvollständig: Der Verband 120015001 von Muster/Müstěr (12001001) fehlt.",
        ),
        (gv100ad(replace(STATE, kreise={})).encode(), "Die Datei ist unvollständig: Der Kreis 12001 fehlt."),
        (
            gv100ad(replace(STATE, kreise=STATE.kreise | {"12002": KreisEntry("12002", "Leer", "Landkreis", "")})).encode(),
            "Die Datei ist unvollständig: Zum Kreis 12002 nennt sie keine Kommune.",
        ),
        (f"1020260331{'12':<12}{'Land':<50}{'':<138}\n".encode(), "Die Datei nennt keine Kommune."),
    ],
)
def test_file_is_refused_with_its_sentence(content, sentence):
    assert refusal_of(content) == sentence


def test_unknown_land_is_refused():
    assert refusal_of(gv100ad(STATE).encode(), laender=("13",)) == "Die Datei nennt ein unbekanntes Land: 12."


def test_missing_land_is_refused():
    assert refusal_of(gv100ad(STATE).encode(), laender=("12", "13", "16")) == (
        "Die Datei ist unvollständig: Zu diesen Ländern fehlen die Kommunen: 13, 16."
    )


def test_workbook_of_another_kind_is_refused():
    assert refusal_of(workbook(STATE, sheet="Tabelle1")) == (
        "Die XLSX-Datei hat kein Blatt „Onlineprodukt_Gemeinden…“ und ist kein Gemeindeverzeichnis."
    )


def test_workbook_without_a_day_is_refused():
    assert refusal_of(workbook(STATE, title="Gemeinden")) == (
        "In der XLSX-Datei steht kein Gebietsstand. Erwartet wird er im Titel: „… am 30.11.2025“."
    )


def test_workbook_with_an_impossible_day_is_refused():
    assert refusal_of(workbook(STATE, title="Gemeinden am 31.02.2026")) == "„am 31.02.2026“ ist kein Datum."


def test_workbook_with_other_columns_is_refused():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("Onlineprodukt_Gemeinden31032026").write_row(0, 0, ["Land", "Ort"])

    assert refusal_of(stream.getvalue()) == (
        "Dem Blatt Onlineprodukt_Gemeinden31032026 fehlen die Spalten Gem, Gemeindename: Der Aufbau ist nicht der bekannte."
    )


def test_workbook_that_was_cut_off_is_refused():
    assert refusal_of(workbook(STATE)[:-300]) == "Die XLSX-Datei ist beschädigt oder unvollständig."


def test_zip_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("GV100AD_31032026.txt", gv100ad(STATE))

    assert refusal_of(stream.getvalue()) == "Die XLSX-Datei ist beschädigt oder unvollständig."


@pytest.mark.parametrize(
    "entry, sentence",
    [
        (replace(ALONE, name="<b>"), "Zeile 12: „<b>“ ist kein Name."),
        (replace(ALONE, kind_code="68"), "Zeile 12: Das Kennzeichen „68“ ist unbekannt."),
        (replace(ALONE, postal_code="1234"), "Zeile 12: „1234“ ist kein Schlüssel mit 5 Ziffern."),
        (replace(ALONE, population=-2), "Zeile 12: „-2“ ist keine mögliche Zahl."),
        (replace(ALONE, position=("NaN", 13.4)), "Zeile 12: „NaN“ ist keine mögliche Zahl."),
        (replace(ALONE, position=("Infinity", 13.4)), "Zeile 12: „Infinity“ ist keine mögliche Zahl."),
        (replace(ALONE, position=("Nord", 13.4)), "Zeile 12: „Nord“ ist keine Zahl."),
    ],
)
def test_workbook_with_a_bad_row_is_refused(entry, sentence):
    assert refusal_of(workbook(with_entry(entry))) == sentence


def answer(content):
    """Return None for a file that was read, else the sentence."""
    try:
        read_official_file(content, {"12"})
    except FileRefused as refusal:
        return str(refusal)


def damaged(content, noise, position):
    return content[:position] + noise + content[position + len(noise) :]


@given(st.binary(max_size=400), st.integers(0, 1300))
def test_damaged_text_is_read_or_refused_but_never_breaks(noise, position):
    sentence = answer(damaged(gv100ad(STATE).encode(), noise, position))

    assert sentence is None or sentence.endswith(".")


@given(st.binary(min_size=1, max_size=20), st.integers(4, 6000))
def test_damaged_workbook_is_read_or_refused_but_never_breaks(noise, position):
    sentence = answer(damaged(WORKBOOK, noise, position))

    assert sentence is None or sentence.endswith(".")
