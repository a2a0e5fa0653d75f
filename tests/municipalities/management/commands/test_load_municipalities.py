import shutil
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Sum

from staffel.municipalities.core import loading
from staffel.municipalities.models import Dataset, FundedMember, FundedProject, Kreis, Land, Municipality, Verband
from staffel.municipalities.queries import funding

pytestmark = pytest.mark.django_db


def load():
    out = StringIO()
    call_command("load_municipalities", stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def data(tmp_path, settings):
    """Copy our tables to a folder where a test may change them."""
    for file in loading.FILES:
        shutil.copy(settings.DATA / file, tmp_path)
    settings.DATA = tmp_path
    return tmp_path


def test_our_tables_load_completely_and_only_once(django_assert_num_queries):
    assert load() == [
        "Länder: 16 Zeilen, 16 neu, 0 geändert.",
        "Kreise: 400 Zeilen, 400 neu, 0 geändert.",
        "Verbände: 4590 Zeilen, 4590 neu, 0 geändert.",
        "Kommunen: 10953 Zeilen, 10953 neu, 0 geändert.",
        "Geförderte Projekte: 73 Zeilen, 194 neu, 0 geändert.",
    ]
    assert (Land.objects.count(), Kreis.objects.count(), Municipality.objects.count()) == (16, 400, 10_953)
    assert (Municipality.objects.filter(counted=True).count(), Municipality.objects.filter(kreis=None).count()) == (10_753, 3)
    assert (Verband.objects.exclude(code=None).count(), Verband.objects.filter(code=None).count()) == (4590, 1)
    assert (FundedProject.objects.count(), FundedMember.objects.count(), Dataset.objects.count()) == (73, 121, 5)
    assert [model.objects.aggregate(all=Sum("population"))["all"] for model in (Land, Kreis, Municipality)] == [83_577_140] * 3
    assert sum(funding.count_funded(land)[0] for land in Land.objects.values_list("code", flat=True)) == 1534

    with django_assert_num_queries(1):
        assert load() == ["Kommunen und Förderung: unverändert."]


def test_a_bad_row_ends_with_its_place_and_nothing_loaded(data):
    path = data / "laender.csv"
    path.write_text(path.read_text("utf-8").replace("2959517", "viele"), "utf-8")

    with pytest.raises(CommandError) as refusal:
        load()

    assert str(refusal.value) == "laender.csv, Zeile 2, Spalte population: „viele“ ist keine ganze Zahl von 1 bis 999999999."
    assert not Land.objects.exists()


def test_our_tables_are_where_the_settings_say():
    assert {path.name for path in settings.DATA.glob("*.csv")} >= set(loading.FILES)
