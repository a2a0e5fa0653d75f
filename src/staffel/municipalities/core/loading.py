"""Our own tables of places as checked rows.

Text of a CSV file in, frozen dataclasses out. A bad row is refused with its file, line, column and value, so that the
person who made the table finds it. Pure: no Django, no files. ``data/SOURCE.md`` describes the tables and these dates.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from staffel.base.rules import N_
from staffel.municipalities.core.places import REGION_TYPES, URBANISATION

REGISTER_ON = date(2025, 11, 30)
POPULATION_ON = date(2024, 12, 31)
# The register prints area and population of the same day.
AREA_ON = date(2024, 12, 31)
# The midpoints are of 2024 and 2025 without saying which is which: the older day promises no more than is known.
POSITION_ON = date(2024, 12, 31)
URBANISATION_ON = REGISTER_ON
REGION_TYPE_ON = date(2021, 12, 31)
# The list of projects is closed since the third round was chosen; the sources were read with the register.
FUNDED_ON = REGISTER_ON

NOT_IN_A_VERBAND = "Verbandsfreie Gemeinde"

LEVELS = ("Gemeinde", "Kreis", "Gemeindeverband", "Regionalverband")
ROLES = {"lead": "lead", "partner": "partner", "verbandsmitglied": "association"}
"""Role in ``funded_projects.csv`` to the role that is stored."""

# Names come as a table of a foreign hand: a control character or an angle bracket in one is a broken file, never a name.
_UNFIT = re.compile(r"[\x00-\x1f\x7f<>]")


class BadRow(ValueError):
    """A table that cannot be taken: ``file``, ``line`` (the header is line 1), ``column``, ``value`` and the reason."""

    def __init__(self, file: str, line: int, column: str, value: str, reason: str):
        super().__init__(f"{file}, Zeile {line}, Spalte {column}: „{value[:60]}“ {reason}")
        self.file, self.line, self.column, self.value, self.reason = file, line, column, value, reason


@dataclass(frozen=True, slots=True)
class LandRow:
    """One Land."""

    code: str
    name: str
    iso: str
    capital: str
    population: int
    area_km2: Decimal


@dataclass(frozen=True, slots=True)
class KreisRow:
    """One Kreis or kreisfreie Stadt."""

    code: str
    land: str
    name: str
    official_name: str
    kind: str
    seat: str
    region_name: str
    nuts3: str
    population: int
    area_km2: Decimal
    latitude: float
    longitude: float
    deprivation_score: float | None
    deprivation_quintile: int | None


@dataclass(frozen=True, slots=True)
class VerbandRow:
    """One Verband of the register, the single ones that only say "no Verband" included."""

    code: str
    kreis: str | None
    name: str
    kind: str
    seat: str


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """One row of the register; ``verband`` is None where the register names no real Verband."""

    ags: str
    ars: str
    name: str
    short_name: str
    second_name: str
    kind: str
    kind_code: str
    counted: bool
    land: str
    kreis: str | None
    verband: str | None
    population: int
    area_km2: Decimal | None
    postal_code: str
    latitude: float | None
    longitude: float | None
    urbanisation: str
    region_type: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One body in a funded project. ``level`` is one of ``LEVELS``; ``body`` its key, or its name if it has none."""

    level: str
    body: str
    role: str
    name: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One funded project with its members in the order of the table, the lead first."""

    code: str
    round: int
    year: int
    name: str
    category: str
    source: str
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """All tables of places, checked against each other."""

    laender: tuple[LandRow, ...]
    kreise: tuple[KreisRow, ...]
    verbaende: tuple[VerbandRow, ...]
    municipalities: tuple[MunicipalityRow, ...]
    projects: tuple[ProjectRow, ...]


FILES = ("laender.csv", "kreise.csv", "verbaende.csv", "municipalities.csv", "funded_projects.csv")


class Line:
    """One line of a table, whose cells are read with a check each."""

    def __init__(self, file: str, position: int, cells: dict[str, str]):
        self.file, self.position, self._cells = file, position, cells

    def refuse(self, column: str, reason: str) -> BadRow:
        return BadRow(self.file, self.position, column, self._cells[column], reason)

    def words(self, column: str, longest: int, *, blank: bool = False) -> str:
        value = self._cells[column]
        if not value and not blank:
            raise self.refuse(column, N_("darf nicht leer sein."))
        if len(value) > longest or value != value.strip() or _UNFIT.search(value):
            raise self.refuse(column, f"ist kein Text von höchstens {longest} gewöhnlichen Zeichen ohne Rand.")
        return value

    def digits(self, column: str, length: int, *, blank: bool = False) -> str:
        value = self._cells[column]
        if not value and blank:
            return value
        if len(value) != length or not (value.isascii() and value.isdigit()):
            raise self.refuse(column, f"ist keine Folge von {length} Ziffern.")
        return value

    def number(self, column: str, least: int = 0, most: int = 999_999_999) -> int:
        value = self._cells[column]
        # The length first: Python refuses to read a number of 5,000 digits.
        if len(value) > 12 or not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
            raise self.refuse(column, f"ist keine ganze Zahl von {least} bis {most}.")
        return int(value)

    def area(self, column: str) -> Decimal:
        value = self._cells[column]
        try:
            area = Decimal(value).quantize(Decimal("0.01"))
        except InvalidOperation:
            raise self.refuse(column, N_("ist keine Zahl mit Dezimalpunkt.")) from None
        # Asked first: to compare with NaN is an error.
        if not area.is_finite() or not 0 <= area < 1_000_000:
            raise self.refuse(column, N_("ist keine Fläche in km²."))
        return area

    def real(self, column: str, least: float, most: float, *, blank: bool = False) -> float | None:
        value = self._cells[column]
        if not value and blank:
            return None
        try:
            number = float(value)
        except ValueError:
            raise self.refuse(column, N_("ist keine Zahl mit Dezimalpunkt.")) from None
        if not least <= number <= most:
            raise self.refuse(column, f"liegt nicht zwischen {least} und {most}.")
        return number

    def same(self, column: str, value: str) -> bool:
        return self._cells[column] == value

    def one_of(self, column: str, known: Collection[str], *, what: str) -> str:
        value = self._cells[column]
        if value not in known:
            raise self.refuse(column, f"ist kein bekannter Wert ({what}).")
        return value

    def address(self, column: str, longest: int = 400) -> str:
        value = self.words(column, longest)
        if not value.startswith("https://"):
            raise self.refuse(column, N_("ist keine Adresse mit https://."))
        return value


def read_lines(file: str, text: str, columns: tuple[str, ...]) -> Iterator[Line]:
    """Yield the lines of a CSV table under its header, which must name exactly ``columns``."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = tuple(next(reader, ()))
        if header != columns:
            raise BadRow(file, 1, columns[0], ",".join(header), f"ist nicht der erwartete Kopf ({','.join(columns)}).")
        for cells in reader:
            if len(cells) != len(columns):
                raise BadRow(file, reader.line_num, columns[0], ",".join(cells), f"hat nicht {len(columns)} Spalten.")
            yield Line(file, reader.line_num, dict(zip(columns, cells, strict=True)))
    except csv.Error as error:
        raise BadRow(file, reader.line_num, columns[0], "", f"ist kein CSV: {error}.") from error


def _kreis(line: Line, kreise: Collection[str]) -> str | None:
    """Return the Kreis of a line, None for the few areas that lie in a Land and in no Kreis (key of the Land and 000)."""
    value = line.digits("kreis_code", 5)
    if value not in kreise and value.endswith("000") and any(code.startswith(value[:2]) for code in kreise):
        return None
    return line.one_of("kreis_code", kreise, what="Kreis")


def _position(line: Line) -> tuple[float | None, float | None]:
    # The source writes 0.0, 0.0 where it knows no midpoint.
    if line.same("lat", "0.0") and line.same("lon", "0.0"):
        return None, None
    latitude = line.real("lat", 47, 56, blank=True)
    longitude = line.real("lon", 5, 16, blank=True)
    if (latitude is None) != (longitude is None):
        raise line.refuse("lat", N_("steht allein: Breite und Länge gehören zusammen."))
    return latitude, longitude


def _once(line: Line, column: str, key: str, seen: set[str]) -> str:
    if key in seen:
        raise line.refuse(column, N_("kommt zweimal vor."))
    seen.add(key)
    return key


_LAENDER = "land_code land_name iso capital population area_km2"
_KREISE = (
    "kreis_code kreis_name kreis_name_official kreis_type seat land_code regbez_name nuts3 population area_km2 lat lon"
    " gisd_score_2021 gisd_quintile_2021"
)
_VERBAENDE = "gv_code gv_name gv_type gv_seat kreis_code"
_MUNICIPALITIES = (
    "ags ars name name_short name_second type type_code counted land_code kreis_code gv_code population area_km2 plz lat lon"
    " degurba_code regiostar7_code"
)
_FUNDED = (
    "project_id round year project category member_role member_level member_name ags gv_code kreis_code land_code source_list"
    " source_members note"
)


def read_laender(text: str, file: str = "laender.csv") -> tuple[LandRow, ...]:
    """Return the Länder in ``text``. Raises BadRow."""
    seen: set[str] = set()
    return tuple(
        LandRow(
            code=_once(line, "land_code", line.digits("land_code", 2), seen),
            name=line.words("land_name", 60),
            iso=line.words("iso", 5),
            capital=line.words("capital", 60),
            population=line.number("population", 1),
            area_km2=line.area("area_km2"),
        )
        for line in read_lines(file, text, tuple(_LAENDER.split()))
    )


def read_kreise(text: str, laender: Collection[str], file: str = "kreise.csv") -> tuple[KreisRow, ...]:
    """Return the Kreise in ``text``; ``laender`` are the known Land keys. Raises BadRow."""
    seen: set[str] = set()
    rows = []
    for line in read_lines(file, text, tuple(_KREISE.split())):
        code = _once(line, "kreis_code", line.digits("kreis_code", 5), seen)
        land = line.one_of("land_code", laender, what="Land")
        if not code.startswith(land):
            raise line.refuse("kreis_code", f"liegt nicht im Land {land}.")
        rows.append(
            KreisRow(
                code=code,
                land=land,
                name=line.words("kreis_name", 100),
                official_name=line.words("kreis_name_official", 120),
                kind=line.words("kreis_type", 40),
                seat=line.words("seat", 100, blank=True),
                region_name=line.words("regbez_name", 60, blank=True),
                nuts3=line.words("nuts3", 5),
                population=line.number("population", 1),
                area_km2=line.area("area_km2"),
                latitude=line.real("lat", 47, 56),
                longitude=line.real("lon", 5, 16),
                deprivation_score=line.real("gisd_score_2021", 0, 1),
                deprivation_quintile=line.number("gisd_quintile_2021", 1, 5),
            )
        )
    return tuple(rows)


def read_verbaende(text: str, kreise: Collection[str], file: str = "verbaende.csv") -> tuple[VerbandRow, ...]:
    """Return the Verbände in ``text``; ``kreise`` are the known Kreis keys. Raises BadRow."""
    seen: set[str] = set()
    return tuple(
        VerbandRow(
            code=_once(line, "gv_code", line.digits("gv_code", 9), seen),
            kreis=_kreis(line, kreise),
            name=line.words("gv_name", 150),
            kind=line.words("gv_type", 40),
            seat=line.words("gv_seat", 100, blank=True),
        )
        for line in read_lines(file, text, tuple(_VERBAENDE.split()))
    )


def read_municipalities(
    text: str, kreise: Collection[str], verbaende: dict[str, str], file: str = "municipalities.csv"
) -> tuple[MunicipalityRow, ...]:
    """Return the municipalities in ``text``; ``verbaende`` maps the known Verband keys to their kind. Raises BadRow."""
    seen: set[str] = set()
    rows = []
    for line in read_lines(file, text, tuple(_MUNICIPALITIES.split())):
        ags = _once(line, "ags", line.digits("ags", 8), seen)
        ars = line.digits("ars", 12)
        if ars[:5] + ars[9:] != ags:
            raise line.refuse("ars", f"passt nicht zum Gemeindeschlüssel {ags}.")
        kreis = _kreis(line, kreise)
        counted = line.one_of("counted", ("0", "1"), what="0 oder 1") == "1"
        if not ags.startswith(kreis or ags[:2] + "000") or (counted and kreis is None):
            raise line.refuse("kreis_code", f"passt nicht zum Gemeindeschlüssel {ags}.")
        verband = line.one_of("gv_code", verbaende, what="Verband")
        latitude, longitude = _position(line)
        rows.append(
            MunicipalityRow(
                ags=ags,
                ars=ars,
                name=line.words("name", 120),
                short_name=line.words("name_short", 100),
                second_name=line.words("name_second", 100, blank=True),
                kind=line.words("type", 40),
                kind_code=line.digits("type_code", 2),
                counted=counted,
                land=line.one_of("land_code", (ags[:2],), what=f"Land {ags[:2]}"),
                kreis=kreis,
                verband=None if verbaende[verband] == NOT_IN_A_VERBAND else verband,
                population=line.number("population"),
                area_km2=line.area("area_km2"),
                postal_code=line.digits("plz", 5, blank=True),
                latitude=latitude,
                longitude=longitude,
                urbanisation=line.one_of("degurba_code", ("", *URBANISATION), what="Grad der Verstädterung"),
                region_type=line.one_of("regiostar7_code", ("", *REGION_TYPES), what="RegioStaR 7"),
            )
        )
    return tuple(rows)


def read_funded_projects(
    text: str,
    municipalities: Collection[str],
    kreise: Collection[str],
    verbaende: Collection[str],
    file: str = "funded_projects.csv",
) -> tuple[ProjectRow, ...]:
    """Return the projects in ``text`` with their members; the collections are the known keys. Raises BadRow."""
    known = {"Gemeinde": municipalities, "Kreis": kreise, "Gemeindeverband": verbaende}
    heads: dict[str, tuple] = {}
    members: dict[str, list[MemberRow]] = {}
    bodies: set[str] = set()
    for line in read_lines(file, text, tuple(_FUNDED.split())):
        code = line.words("project_id", 12)
        head = (
            line.number("round", 1, 9),
            line.number("year", 2019, 2100),
            line.words("project", 200),
            line.words("category", 80, blank=True),
            line.address("source_list"),
        )
        if heads.setdefault(code, head) != head:
            raise line.refuse("project_id", N_("steht in zwei Zeilen mit verschiedenen Angaben zum Projekt."))
        level = line.one_of("member_level", LEVELS, what="Ebene")
        column = {"Gemeinde": "ags", "Kreis": "kreis_code", "Gemeindeverband": "gv_code", "Regionalverband": "member_name"}[
            level
        ]
        body = line.words(column, 150)
        if level in known:
            line.one_of(column, known[level], what=level)
        _once(line, column, f"{code} {level} {body}", bodies)
        members.setdefault(code, []).append(
            MemberRow(
                level=level,
                body=body,
                role=ROLES[line.one_of("member_role", ROLES, what="Rolle")],
                name=line.words("member_name", 150),
                source=line.address("source_members"),
                note=line.words("note", 400, blank=True),
            )
        )
    return tuple(ProjectRow(code, *head, members=tuple(members[code])) for code, head in heads.items())


def read_directory(texts: Mapping[str, str]) -> Directory:
    """Return the tables in ``texts``, which maps each of ``FILES`` to its text. Raises BadRow."""
    laender = read_laender(texts["laender.csv"])
    kreise = read_kreise(texts["kreise.csv"], {row.code for row in laender})
    kreis_codes = {row.code for row in kreise}
    verbaende = read_verbaende(texts["verbaende.csv"], kreis_codes)
    kinds = {row.code: row.kind for row in verbaende}
    municipalities = read_municipalities(texts["municipalities.csv"], kreis_codes, kinds)
    projects = read_funded_projects(texts["funded_projects.csv"], {row.ags for row in municipalities}, kreis_codes, kinds)
    return Directory(laender, kreise, verbaende, municipalities, projects)
