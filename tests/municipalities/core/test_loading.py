import pytest

from staffel.municipalities.core import loading
from staffel.municipalities.core.loading import BadRow

LAND = "land_code,land_name,iso,capital,population,area_km2\n12,Brandenburg,DE-BB,Potsdam,2500000,29654.43\n"
KREIS = (
    "kreis_code,kreis_name,kreis_name_official,kreis_type,seat,land_code,regbez_name,nuts3,population,area_km2,lat,lon,"
    "gisd_score_2021,gisd_quintile_2021\n"
    "12001,Musterkreis,Musterkreis,Landkreis,Musterstadt,12,,DE401,1000,10,52.5,13.5,0.5,3\n"
)
VERBAND = (
    "gv_code,gv_name,gv_type,gv_seat,kreis_code\n"
    "120015001,Amt Muster,Amt,Musterstadt,12001\n"
    "120010002,Allein,Verbandsfreie Gemeinde,,12001\n"
    "120009999,Küste,Verbandsfreie Gemeinde,,12000\n"
)
HEAD = (
    "ags,ars,name,name_short,name_second,type,type_code,counted,land_code,kreis_code,gv_code,population,area_km2,plz,lat,lon,"
    "degurba_code,regiostar7_code\n"
)
IN_AMT = '12001001,120015001001,"Muster, Stadt",Muster,,Stadt,63,1,12,12001,120015001,900,9.5,01234,52.5,13.5,02,76\n'
ALONE = "12001002,120010002002,Allein,Allein,,Gemeinde,64,1,12,12001,120010002,100,0.5,01235,52.4,13.4,03,77\n"
COAST = "12000999,120009999999,Küste,Küste,,Gemeindefreies Gebiet (unbewohnt),66,0,12,12000,120009999,0,6.2,,0.0,0.0,,\n"
FUNDED = (
    "project_id,round,year,project,category,member_role,member_level,member_name,ags,gv_code,kreis_code,land_code,source_list,"
    "source_members,note\n"
)
OWN = "P-1,1,2019,Eins,Kleinstadt,lead,Gemeinde,Muster,12001001,,12001,12,https://example.org/l,https://example.org/m,\n"
UNION = (
    'P-2,2,2020,"Zwei, viele",,lead,Regionalverband,Verband Muster,,,,12,https://example.org/l,https://example.org/m,Notiz\n'
)
MEMBER = 'P-2,2,2020,"Zwei, viele",,verbandsmitglied,Kreis,Muster,,,12001,12,https://example.org/l,https://example.org/m,\n'


TOO_LONG = IN_AMT.replace('"', "").replace("\n", ",zu viel")


def read(rows=IN_AMT + ALONE + COAST, funded=OWN + UNION + MEMBER, **files):
    texts = {
        "laender.csv": LAND,
        "kreise.csv": KREIS,
        "verbaende.csv": VERBAND,
        "municipalities.csv": HEAD + rows,
        "funded_projects.csv": FUNDED + funded,
    }
    return loading.read_directory(texts | files)


def test_read_directory_returns_every_table():
    directory = read()

    assert [land.code for land in directory.laender] == ["12"]
    assert [kreis.code for kreis in directory.kreise] == ["12001"]
    assert [verband.code for verband in directory.verbaende] == ["120015001", "120010002", "120009999"]
    assert [municipality.ags for municipality in directory.municipalities] == ["12001001", "12001002", "12000999"]


def test_municipality_of_an_amt_points_at_it_and_a_single_one_at_none():
    amt, alone, _ = read().municipalities

    assert (amt.verband, alone.verband) == ("120015001", None)


def test_area_in_no_kreis_has_none_and_no_midpoint_at_zero():
    coast = read().municipalities[2]

    assert (coast.kreis, coast.counted, coast.latitude, coast.longitude) == (None, False, None, None)


def test_projects_keep_commas_in_names_and_their_members_in_order():
    one, two = read().projects

    assert (one.name, [member.body for member in one.members]) == ("Eins", ["12001001"])
    assert two.name == "Zwei, viele"
    assert [(member.level, member.body, member.role) for member in two.members] == [
        ("Regionalverband", "Verband Muster", "lead"),
        ("Kreis", "12001", "association"),
    ]


@pytest.mark.parametrize(
    "old, new, complaint",
    [
        ("12001001,", "1200100,", "ags: „1200100“ ist keine Folge von 8 Ziffern."),
        (",900,", ",9x0,", "population: „9x0“ ist keine ganze Zahl von 0 bis 999999999."),
        (",9.5,", ',"9,5",', "area_km2: „9,5“ ist keine Zahl mit Dezimalpunkt."),
        (",900,", f",{'9' * 5000},", f"population: „{'9' * 60}“ ist keine ganze Zahl von 0 bis 999999999."),
        (",9.5,", ",NaN,", "area_km2: „NaN“ ist keine Fläche in km²."),
        (",9.5,", ",sNaN,", "area_km2: „sNaN“ ist keine Zahl mit Dezimalpunkt."),
        (",9.5,", ",Infinity,", "area_km2: „Infinity“ ist keine Zahl mit Dezimalpunkt."),
        (",9.5,", ",-1,", "area_km2: „-1“ ist keine Fläche in km²."),
        (",52.5,", ",91,", "lat: „91“ liegt nicht zwischen 47 und 56."),
        (",52.5,", ",nan,", "lat: „nan“ liegt nicht zwischen 47 und 56."),
        (",52.5,", ",,", "lat: „“ steht allein: Breite und Länge gehören zusammen."),
        (",02,76", ",09,76", "degurba_code: „09“ ist kein bekannter Wert (Grad der Verstädterung)."),
        (",02,76", ",02,70", "regiostar7_code: „70“ ist kein bekannter Wert (RegioStaR 7)."),
        (",12001,120015001", ",12002,120015001", "kreis_code: „12002“ ist kein bekannter Wert (Kreis)."),
        (",12001,120015001", ",12001,120015009", "gv_code: „120015009“ ist kein bekannter Wert (Verband)."),
        (",12,12001,", ",13,12001,", "land_code: „13“ ist kein bekannter Wert (Land 12)."),
        (",Muster,,", ",,,", "name_short: „“ darf nicht leer sein."),
        (",Muster,,", ",<b>,,", "name_short: „<b>“ ist kein Text von höchstens 100 gewöhnlichen Zeichen ohne Rand."),
        ("120015001001", "120015001002", "ars: „120015001002“ passt nicht zum Gemeindeschlüssel 12001001."),
        (",76\n", ",76,zu viel\n", f"ags: „{TOO_LONG[:60]}“ hat nicht 18 Spalten."),
    ],
)
def test_bad_row_is_refused_with_file_line_column_and_value(old, new, complaint):
    with pytest.raises(BadRow) as refusal:
        read(IN_AMT.replace(old, new, 1))

    assert str(refusal.value) == f"municipalities.csv, Zeile 2, Spalte {complaint}"


def test_counted_municipality_without_kreis_is_refused():
    with pytest.raises(BadRow) as refusal:
        read(COAST.replace(",66,0,", ",66,1,"))

    assert (refusal.value.column, refusal.value.value) == ("kreis_code", "12000")


def test_key_twice_is_refused_at_the_second():
    with pytest.raises(BadRow) as refusal:
        read(IN_AMT + IN_AMT)

    assert (refusal.value.line, refusal.value.column, refusal.value.reason) == (3, "ags", "kommt zweimal vor.")


def test_wrong_header_is_refused():
    with pytest.raises(BadRow) as refusal:
        read(**{"laender.csv": "a,b\n1,2\n"})

    assert (refusal.value.file, refusal.value.line, refusal.value.value) == ("laender.csv", 1, "a,b")


def test_broken_quotes_are_refused():
    with pytest.raises(BadRow) as refusal:
        read('"12001001"x,\n')

    assert refusal.value.reason.startswith("ist kein CSV")


@pytest.mark.parametrize("header", ['"land_code"x,land_name\n', "x" * 131_073 + "\n", '"land_code'])
def test_broken_header_is_refused(header):
    with pytest.raises(BadRow) as refusal:
        read(**{"laender.csv": header})

    assert (refusal.value.file, refusal.value.column) == ("laender.csv", "land_code")
    assert refusal.value.reason.startswith("ist kein CSV")


@pytest.mark.parametrize(
    "funded, column, value",
    [
        (OWN.replace("12001001", "12009999"), "ags", "12009999"),
        (OWN.replace(",lead,", ",chef,"), "member_role", "chef"),
        (OWN.replace("Gemeinde", "Dorf"), "member_level", "Dorf"),
        (OWN.replace("https://example.org/l", "http://example.org/l"), "source_list", "http://example.org/l"),
        (OWN + OWN, "ags", "12001001"),
        (UNION + MEMBER.replace("2,2020", "3,2020"), "project_id", "P-2"),
    ],
)
def test_bad_project_is_refused(funded, column, value):
    with pytest.raises(BadRow) as refusal:
        read(funded=funded)

    assert (refusal.value.file, refusal.value.column, refusal.value.value) == ("funded_projects.csv", column, value)
