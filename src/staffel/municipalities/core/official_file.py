"""The two official files of the register as a checked ``Snapshot``: GV100AD (text) and GV-ISys (XLSX).

Both come from the Statistisches Bundesamt, licence dl-de/by-2-0. Bytes in, frozen values out; whatever is odd about a file is
refused with a German sentence, and nothing is guessed.

GV100AD: lines of fixed width in UTF-8, record types 10 Land, 20 Regierungsbezirk, 30 Region, 40 Kreis, 50 Verband,
60 Gemeinde; read by ``gv100ad-py``. It gives area in hectares and population, no midpoint and not the day of the population.

GV-ISys XLSX ("Alle politisch selbständigen Gemeinden mit ausgewählten Merkmalen"): one sheet whose name begins with
``Onlineprodukt_Gemeinden``, a title with the day in row 1, headers down to row 6, and from row 7 these columns, for which see
``COLUMNS``; notes stand below the table. Codes are text, coordinates text with a decimal comma.
"""

import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

import gv100ad
from python_calamine import CalamineError, CalamineWorkbook

from staffel.municipalities.core.archive import FileRefused, checked_workbook
from staffel.municipalities.core.credits import german
from staffel.municipalities.core.loading import NOT_IN_A_VERBAND
from staffel.municipalities.core.places import URBANISATION
from staffel.municipalities.core.register import Entry, KreisEntry, Snapshot, VerbandEntry

# The real files have 4 and 2 MB.
MOST_BYTES = 50_000_000

COLUMNS = (
    "Satzart", "Textkennzeichen", "Land", "RB", "Kreis", "VB", "Gem", "Gemeindename", "Fläche km²", "Bevölkerung insgesamt",
    "männlich", "weiblich", "je km²", "Postleitzahl", "Längengrad", "Breitengrad", "Reisegebiet: Schlüssel",
    "Reisegebiet: Bezeichnung", "Grad der Verstädterung: Schlüssel", "Grad der Verstädterung: Bezeichnung",
)  # fmt: skip
"""The columns A to T of the XLSX file. Row 6 or above names the first eight; checked are Satzart, Land, Gem and the name."""
SHEET = "Onlineprodukt_Gemeinden"
HEADER_ROWS = 6

KREIS_KINDS = {"41": "Kreisfreie Stadt", "42": "Stadtkreis", "43": "Kreis", "44": "Landkreis", "45": "Regionalverband"}
VERBAND_KINDS = {
    "50": NOT_IN_A_VERBAND,
    "51": "Amt",
    "52": "Samtgemeinde",
    "53": "Verbandsgemeinde",
    "54": "Verwaltungsgemeinschaft",
    "55": "Kirchspielslandgemeinde",
    "56": "Verwaltungsverband",
    "57": "VG Trägermodell",
    "58": "Erfüllende Gemeinde",
}
MUNICIPALITY_KINDS = {
    "60": "Markt",
    "61": "Kreisfreie Stadt",
    "62": "Stadtkreis",
    "63": "Stadt",
    "64": "Gemeinde",
    "65": "Gemeindefreies Gebiet (bewohnt)",
    "66": "Gemeindefreies Gebiet (unbewohnt)",
    "67": "Große Kreisstadt",
}

# Positions of the last character that a record must have: shorter means cut off. GV100AD, Datensatzbeschreibung.
_LEAST_WIDTH = {"10": 23, "20": 23, "30": 23, "40": 124, "50": 124, "60": 161}


@dataclass(frozen=True)
class OfficialFile:
    """What a file says: the state of the register, and the day of its population figures where it names one."""

    kind: str
    snapshot: Snapshot
    population_on: date | None


@dataclass
class _Collected:
    """Rows as they are read, before they are checked against each other."""

    laender: set[str] = field(default_factory=set)
    kreise: dict[str, KreisEntry] = field(default_factory=dict)
    verbaende: dict[str, VerbandEntry] = field(default_factory=dict)
    municipalities: dict[str, Entry] = field(default_factory=dict)

    def add(self, level: dict, entry, where: str) -> None:
        if entry.key in level:
            raise FileRefused(f"{where}: Der Schlüssel {entry.key} kommt zweimal vor.")
        level[entry.key] = entry


def read_official_file(content: bytes, laender: Collection[str]) -> OfficialFile:
    """Return what an official file says; ``laender`` are the keys of all Länder. Raises FileRefused."""
    if not content.strip():
        raise FileRefused("Die Datei ist leer.")
    if len(content) > MOST_BYTES:
        raise FileRefused(f"Die Datei ist mit {len(content) // 1_000_000} MB zu groß für ein Gemeindeverzeichnis.")
    if content.startswith(b"PK\x03\x04"):
        return _read_workbook(content, laender)
    return _read_text(content, laender)


# GV100AD ----------------------------------------------------------------------------------------------------------------


class _Lines:
    """A text stream that counts and checks lines: the library names none in its errors and takes a line that was cut off."""

    def __init__(self, text: str):
        self._stream = io.StringIO(text)
        self.number = 0

    def readline(self) -> str:
        line = self._stream.readline()
        self.number += bool(line)
        record = line.rstrip("\r\n")
        if record.strip() and len(record) < _LEAST_WIDTH.get(record[:2], 0):
            raise FileRefused(f"Zeile {self.number} ist abgeschnitten. Die Datei ist unvollständig.")
        return line


def _read_text(content: bytes, laender: Collection[str]) -> OfficialFile:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("Die Datei ist weder GV100AD in UTF-8 noch eine XLSX-Datei.") from None
    if not re.match(r"[1-6]0\d{8}", text):
        raise FileRefused("Die Datei ist weder GV100AD noch das Gemeindeverzeichnis als XLSX-Datei.")
    lines = _Lines(text)
    rows = _Collected()
    days = set()
    records = gv100ad.GV100ADReader(lines).read()
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            days.add(record.timestamp)
            _add_record(rows, record, f"Zeile {lines.number}")
        except FileRefused:
            raise
        except (ValueError, IndexError) as error:
            raise FileRefused(f"Zeile {lines.number} ist kein Satz im Format GV100AD.") from error
    if len(days) != 1:
        raise FileRefused(f"Die Datei mischt Gebietsstände: {', '.join(german(day) for day in sorted(days))}.")
    return OfficialFile("GV100AD", _checked(rows, days.pop(), laender), None)


def _add_record(rows: _Collected, record, where: str) -> None:
    if isinstance(record, gv100ad.FederalState):
        rows.laender.add(_digits(record.regional_code, 2, where))
    elif isinstance(record, gv100ad.District):
        code = _digits(record.regional_code, 5, where)
        kind = _kind(str(record.type.value), KREIS_KINDS, where)
        rows.add(rows.kreise, KreisEntry(code, _name(record.name, where), kind, record.administrative_headquarters), where)
    elif isinstance(record, gv100ad.MunicipalAssociation):
        kreis = _digits(record.regional_code, 5, where)
        code = kreis + _digits(record.association, 4, where)
        kind = _kind(str(record.type.value), VERBAND_KINDS, where)
        seat = record.administrative_headquarters
        rows.add(rows.verbaende, VerbandEntry(code, kreis, _name(record.name, where), kind, seat), where)
    elif isinstance(record, gv100ad.Municipality):
        ags = _digits(record.regional_code, 8, where)
        verband = _digits(record.association, 4, where)
        kind = str(record.type.value)
        _kind(kind, MUNICIPALITY_KINDS, where)
        if record.area < 0 or record.inhabitants < 0:
            raise FileRefused(f"{where}: Fläche und Einwohnerzahl dürfen nicht negativ sein.")
        entry = Entry(
            ags=ags,
            ars=ags[:5] + verband + ags[5:],
            name=_name(record.name, where),
            kind_code=kind,
            kreis=ags[:5],
            verband=ags[:5] + verband,
            population=record.inhabitants,
            area_km2=(Decimal(record.area) / 100).quantize(Decimal("0.01")),
            postal_code=_digits(record.postal_code, 5, where) if record.postal_code else "",
            position=None,
            urbanisation=None,
        )
        rows.add(rows.municipalities, entry, where)


# GV-ISys XLSX -----------------------------------------------------------------------------------------------------------


def _read_workbook(content: bytes, laender: Collection[str]) -> OfficialFile:
    table = _table(content)
    rows = _Collected()
    others = [cell for row in table[:HEADER_ROWS] for cell in row]
    for number, row in enumerate(table[HEADER_ROWS:], start=HEADER_ROWS + 1):
        cells = [_text(cell) for cell in row] + [""] * (len(COLUMNS) - len(row))
        if cells[0] in ("10", "20", "30", "40", "50", "60"):
            _add_cells(rows, cells, f"Zeile {number}")
        else:
            others += cells
    notes = " ".join(_text(cell) for cell in others if cell != "")
    day = _day(re.search(r"am\s+(\d\d)\.(\d\d)\.(\d{4})", notes))
    if day is None:
        raise FileRefused("In der XLSX-Datei steht kein Gebietsstand. Erwartet wird er im Titel: „… am 30.11.2025“.")
    population_on = _day(re.search(r"Bevölkerung[^.;]{0,60}?(\d\d)\.(\d\d)\.(\d{4})", notes))
    return OfficialFile("GV-ISys", _checked(rows, day, laender), population_on)


def _table(content: bytes) -> list[list]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(checked_workbook(content)))
        sheet = next((name for name in book.sheet_names if name.startswith(SHEET)), None)
        if sheet is None:
            raise FileRefused(f"Die XLSX-Datei hat kein Blatt „{SHEET}…“ und ist kein Gemeindeverzeichnis.")
        table = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise FileRefused("Die XLSX-Datei ist beschädigt oder unvollständig.") from error
    heads = {_text(cell) for row in table[:HEADER_ROWS] for cell in row}
    if absent := [word for word in ("Land", "Gem", "Gemeindename") if word not in heads]:
        raise FileRefused(f"Dem Blatt {sheet} fehlen die Spalten {', '.join(absent)}: Der Aufbau ist nicht der bekannte.")
    return table


def _add_cells(rows: _Collected, cells: list[str], where: str) -> None:
    record, kind, land, region, kreis, verband, municipality, name = cells[:8]
    land = _digits(land, 2, where)
    if record == "10":
        rows.laender.add(land)
        return
    if record in ("20", "30"):
        return
    code = land + _digits(region, 1, where) + _digits(kreis, 2, where)
    if record == "40":
        rows.add(rows.kreise, KreisEntry(code, _name(name, where), _kind(kind, KREIS_KINDS, where), None), where)
        return
    verband = code + _digits(verband, 4, where)
    if record == "50":
        entry = VerbandEntry(verband, code, _name(name, where), _kind(kind, VERBAND_KINDS, where), None)
        rows.add(rows.verbaende, entry, where)
        return
    _kind(kind, MUNICIPALITY_KINDS, where)
    ags = code + _digits(municipality, 3, where)
    entry = Entry(
        ags=ags,
        ars=verband + ags[5:],
        name=_name(name, where),
        kind_code=kind,
        kreis=code,
        verband=verband,
        population=int(_number(cells[9], where)),
        area_km2=_number(cells[8], where).quantize(Decimal("0.01")),
        postal_code=_digits(cells[13], 5, where) if cells[13] else "",
        position=_position(cells[15], cells[14], where),
        urbanisation=cells[18].zfill(2) if cells[18].zfill(2) in URBANISATION else None,
    )
    rows.add(rows.municipalities, entry, where)


def _text(cell) -> str:
    # A code that a spreadsheet turned into a number comes as 60.0.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _position(latitude: str, longitude: str, where: str) -> tuple[float, float] | None:
    if not latitude or not longitude:
        return None
    north, east = float(_number(latitude, where)), float(_number(longitude, where))
    # 0, 0 stands for unknown.
    return (north, east) if 47 <= north <= 56 and 5 <= east <= 16 else None


def _day(found: re.Match | None) -> date | None:
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise FileRefused(f"„{found[0]}“ ist kein Datum.") from None


# Checks -----------------------------------------------------------------------------------------------------------------


def _digits(value: str, length: int, where: str) -> str:
    value = value.strip()
    if len(value) != length or not (value.isascii() and value.isdigit()):
        raise FileRefused(f"{where}: „{value}“ ist kein Schlüssel mit {length} Ziffern.")
    return value


def _name(value: str, where: str) -> str:
    value = value.strip()
    if not value or len(value) > 120 or re.search(r"[\x00-\x1f<>]", value):
        raise FileRefused(f"{where}: „{value[:40]}“ ist kein Name.")
    return value


def _kind(code: str, known: dict[str, str], where: str) -> str:
    if code not in known:
        raise FileRefused(f"{where}: Das Kennzeichen „{code}“ ist unbekannt.")
    return known[code]


def _number(value: str, where: str) -> Decimal:
    try:
        number = Decimal(re.sub(r"[\s\u00a0]", "", value).replace(",", "."))
    except InvalidOperation:
        raise FileRefused(f"{where}: „{value[:40]}“ ist keine Zahl.") from None
    # Asked first: to compare with NaN is an error.
    if not number.is_finite() or not 0 <= number < 1_000_000_000:
        raise FileRefused(f"{where}: „{value[:40]}“ ist keine mögliche Zahl.")
    return number


def _checked(rows: _Collected, day: date, laender: Collection[str]) -> Snapshot:
    """Return the rows as a snapshot, once they fit together. Raises FileRefused."""
    if not rows.municipalities:
        raise FileRefused("Die Datei nennt keine Kommune.")
    named = rows.laender | {key[:2] for level in (rows.kreise, rows.verbaende, rows.municipalities) for key in level}
    if unknown := sorted(named - set(laender)):
        raise FileRefused(f"Die Datei nennt ein unbekanntes Land: {', '.join(unknown)}.")
    if absent := sorted(set(laender) - {ags[:2] for ags in rows.municipalities}):
        raise FileRefused(f"Die Datei ist unvollständig: Zu diesen Ländern fehlen die Kommunen: {', '.join(absent)}.")
    # Kreise without a municipality are Land and 000: coastal waters and the condominium with Luxembourg.
    real = {entry.kreis for entry in rows.municipalities.values() if entry.kind_code != "66"}
    kreise = {code: entry for code, entry in rows.kreise.items() if code in real or not code.endswith("000")}
    if bare := sorted(kreise.keys() - real):
        raise FileRefused(f"Die Datei ist unvollständig: Zum Kreis {bare[0]} nennt sie keine Kommune.")
    if lost := sorted(real - kreise.keys()):
        raise FileRefused(f"Die Datei ist unvollständig: Der Kreis {lost[0]} fehlt.")
    verbaende = {
        code: entry if entry.kreis in kreise else VerbandEntry(code, None, entry.name, entry.kind, entry.seat)
        for code, entry in rows.verbaende.items()
    }
    municipalities = dict(_placed(rows, kreise, verbaende))
    return Snapshot(day, kreise, verbaende, municipalities)


def _placed(rows: _Collected, kreise: dict, verbaende: dict) -> Iterator[tuple[str, Entry]]:
    for ags, entry in rows.municipalities.items():
        verband = verbaende.get(entry.verband)
        if verband is None:
            raise FileRefused(f"Die Datei ist unvollständig: Der Verband {entry.verband} von {entry.name} ({ags}) fehlt.")
        yield (
            ags,
            replace(
                entry,
                kreis=entry.kreis if entry.kreis in kreise else None,
                verband=None if verband.kind == NOT_IN_A_VERBAND else entry.verband,
            ),
        )
