from dataclasses import replace
from datetime import date

import pytest

from staffel.municipalities.actions.load import load_directory
from staffel.municipalities.core import loading
from staffel.municipalities.models import Dataset, FundedMember, FundedProject, Kreis, Land, Municipality, Verband
from staffel.municipalities.queries import places
from tests.municipalities.core.test_loading import ALONE, COAST, IN_AMT, MEMBER, OWN, UNION, read
from tests.municipalities.factories import make_dataset

pytestmark = pytest.mark.django_db
DIGESTS = dict.fromkeys(loading.FILES, "a")


def load(**tables):
    return [(one.title, one.rows, one.new, one.changed, one.vanished) for one in load_directory(read(**tables), DIGESTS)]


def test_load_directory_fills_an_empty_database():
    assert load() == [
        ("Länder", 1, 1, 0, ()),
        ("Kreise", 1, 1, 0, ()),
        ("Verbände", 3, 3, 0, ()),
        ("Kommunen", 3, 3, 0, ()),
        ("Geförderte Projekte", 2, 5, 0, ()),
    ]


def test_load_directory_gives_every_group_of_facts_its_day():
    load()

    place = Municipality.objects.get(ags="12001001")
    assert (place.land.code, place.kreis.code, place.verband.code) == ("12", "12001", "120015001")
    assert (place.register_on, place.population_on, place.area_on) == (date(2025, 11, 30), *[date(2024, 12, 31)] * 2)
    assert (place.position_on, place.urbanisation_on, place.region_type_on) == (
        date(2024, 12, 31),
        date(2025, 11, 30),
        date(2021, 12, 31),
    )
    assert (place.valid_from, place.valid_to, place.successor) == (None, None, None)
    coast = Municipality.objects.get(ags="12000999")
    assert (coast.kreis, coast.verband, coast.position_on, coast.urbanisation_on) == (None, None, None, None)


def test_load_directory_makes_a_body_without_key_a_verband():
    load()

    (union,) = Verband.objects.filter(code=None)
    lead, member = FundedMember.objects.filter(project__code="P-2").order_by("pk")
    assert (union.name, union.kind, union.kreis) == ("Verband Muster", "Regionalverband", None)
    assert (lead.verband, lead.role, lead.note) == (union, "lead", "Notiz")
    assert (member.kreis.code, member.role) == ("12001", "association")


def test_load_directory_again_changes_nothing():
    load()
    before = list(Municipality.objects.values()), list(FundedMember.objects.values()), list(Verband.objects.values())

    assert [report[2:] for report in load()] == [(0, 0, ())] * 5
    assert before == (list(Municipality.objects.values()), list(FundedMember.objects.values()), list(Verband.objects.values()))


def test_load_directory_updates_changed_rows_only():
    load()
    alone = Municipality.objects.filter(ags="12001002").values().get()

    reports = load(rows=IN_AMT.replace(",900,", ",901,") + ALONE + COAST, funded=OWN.replace("Eins", "Erstes") + UNION + MEMBER)

    assert reports[3] == ("Kommunen", 3, 0, 1, ())
    assert reports[4] == ("Geförderte Projekte", 2, 0, 1, ())
    assert Municipality.objects.get(ags="12001001").population == 901
    assert Municipality.objects.filter(ags="12001002").values().get() == alone
    assert FundedProject.objects.get(code="P-1").name == "Erstes"


def test_load_directory_reports_what_vanished_and_keeps_it():
    load()

    reports = load(rows=IN_AMT + COAST, funded=OWN + UNION)

    assert reports[3] == ("Kommunen", 3 - 1, 0, 0, ("12001002",))
    assert reports[4][4] == ("P-2: Muster",)
    assert Municipality.objects.count() == 3
    assert FundedMember.objects.count() == 3


def test_load_directory_keeps_facts_of_a_later_day():
    load()
    Municipality.objects.filter(ags="12001001").update(population=950, population_on=date(2025, 12, 31), name="Neu")
    make_dataset("register")
    Dataset.objects.filter(key="register").update(as_of=date(2026, 3, 31))

    load(rows=IN_AMT.replace(",900,9.5,", ",901,9.6,") + ALONE + COAST)

    place = Municipality.objects.get(ags="12001001")
    assert (place.population, place.name, str(place.area_km2)) == (950, "Neu", "9.60")


def test_load_directory_changes_the_stamp():
    load()
    before = places.stamp()

    load_directory(read(), DIGESTS | {"kreise.csv": "b"})

    assert places.stamp() != before
    assert places.digests() == {
        "laender": "a",
        "kreise": "b",
        "verbaende": "a",
        "municipalities": "a",
        "funded_projects": "a",
    }


def test_load_directory_is_all_or_nothing():
    directory = read()
    broken = replace(directory, municipalities=(replace(directory.municipalities[0], kreis="99999"),))

    with pytest.raises(KeyError):
        load_directory(broken, DIGESTS)

    assert (Land.objects.count(), Kreis.objects.count(), Dataset.objects.count()) == (0, 0, 0)


def test_report_names_at_most_ten_vanished_rows():
    from staffel.municipalities.actions.load import TableReport

    report = TableReport("Kommunen", 3, 1, 2, tuple(f"120010{number:02}" for number in range(12)))

    assert report.sentence == (
        "Kommunen: 3 Zeilen, 1 neu, 2 geändert. Nicht mehr in der Tabelle (12): "
        "12001000, 12001001, 12001002, 12001003, 12001004, 12001005, 12001006, 12001007, 12001008, 12001009 …."
    )
