from dataclasses import replace
from datetime import date
from io import StringIO
from time import process_time

import pytest
from django.core.management import CommandError, call_command

from staffel.municipalities.models import Municipality
from staffel.municipalities.queries.register import current_register, loaded_on
from tests.municipalities.official_layout import gv100ad, later, workbook
from tests.municipalities.small_register import LOADED_ON, make_small_register

pytestmark = pytest.mark.django_db
HEAD = [
    "Gebietsstand 30.11.2025 → 31.03.2026",
    "Kreise: 0 neu, 0 aufgelöst, 0 geändert.",
    "Verbände: 0 neu, 0 aufgelöst, 0 geändert.",
]
NOTHING = "Nichts ist geändert. Zum Übernehmen wiederholen Sie den Befehl mit --apply."


@pytest.fixture
def register():
    make_small_register()
    return later(current_register(LOADED_ON))


@pytest.fixture
def official(tmp_path):
    """Return a function that writes a state as GV100AD and gives the path."""

    def write(state):
        path = tmp_path / "GV100AD.txt"
        path.write_bytes(gv100ad(state).encode())
        return path

    return write


def refresh(*arguments):
    out = StringIO()
    call_command("refresh_municipalities", *(str(one) for one in arguments), stdout=out)
    return out.getvalue().splitlines()


def refusal(*arguments):
    before = list(Municipality.objects.order_by("pk").values())
    with pytest.raises(CommandError) as refused:
        refresh(*arguments)
    assert list(Municipality.objects.order_by("pk").values()) == before
    return str(refused.value)


def without(state, *keys):
    return replace(state, municipalities={ags: one for ags, one in state.municipalities.items() if ags not in keys})


def test_dry_run_says_what_would_change_and_changes_nothing(register, official):
    renamed = replace(register.municipalities["12001001"], name="Groß Muster")
    state = replace(register, municipalities=register.municipalities | {"12001001": renamed})

    assert refresh(official(state), "--population-on", "2025-12-31") == [
        *HEAD,
        "Kommunen: 0 neu, 0 aufgelöst, 1 geändert.",
        "  umbenannt: Muster, Stadt (12001001): Muster, Stadt → Groß Muster",
        NOTHING,
    ]
    assert Municipality.objects.get(ags="12001001").name == "Muster, Stadt"
    assert loaded_on() == LOADED_ON


def test_dry_run_says_what_is_still_open(register, official):
    path = official(without(register, "12001003"))

    assert refresh(path, "--accept-many")[4:] == [
        "  aufgelöst: Allein, Stadt (12001003)",
        "Vor dem Übernehmen: Zu 1 aufgelösten Stellen fehlt die Nachfolgerin: Allein, Stadt (12001003). Bitte nennen Sie sie "
        "mit --successor ALT=NEU oder in der Datei zu --changes. (MUN-02)",
        "Vor dem Übernehmen: Die Datei nennt den Tag der Einwohnerzahlen nicht. Bitte geben Sie ihn an, zum Beispiel "
        "--population-on 2024-12-31; er steht in der Beschreibung zur Datei. (MUN-05)",
        NOTHING,
    ]


def test_dry_run_says_that_older_figures_stay_out(register, official):
    assert refresh(official(register), "--population-on", "2023-12-31")[-2:] == [
        "Einwohnerzahlen und Flächen der Datei sind älter als die geladenen und bleiben weg.",
        NOTHING,
    ]


def test_apply_with_a_changes_file_writes_the_days(register, official, tmp_path):
    changes = tmp_path / "changes.csv"
    changes.write_text("old,new,effective_on\n12001003,12001001,2026-01-01\n", "utf-8")
    path = official(without(register, "12001003"))

    lines = refresh(path, "--changes", changes, "--population-on", "2025-12-31", "--accept-many", "--apply")

    assert lines == [*HEAD, "Kommunen: 0 neu, 1 aufgelöst, 0 geändert.", "  aufgelöst: Allein, Stadt (12001003)", "Übernommen."]
    gone = Municipality.objects.get(ags="12001003")
    assert (gone.valid_to, gone.successor.ags, loaded_on()) == (date(2025, 12, 31), "12001001", date(2026, 3, 31))


def test_apply_of_a_workbook_takes_the_day_from_its_note(register, tmp_path):
    path = tmp_path / "AuszugGV.xlsx"
    path.write_bytes(workbook(register, note="Bevölkerung am 31.12.2025"))

    assert refresh(path, "--apply")[-1] == "Übernommen."
    assert Municipality.objects.get(ags="12001001").population_on == date(2025, 12, 31)


@pytest.mark.parametrize("flags", [[], ["--apply"]])
def test_population_of_a_day_after_the_file_is_refused_typed_or_read(register, tmp_path, flags):
    path = tmp_path / "AuszugGV.xlsx"
    path.write_bytes(workbook(register, note="Bevölkerung am 31.12.2026"))
    sentence = (
        "Die Einwohnerzahlen sollen vom {} sein, die Datei zeigt aber den Gebietsstand 31.03.2026. "
        "Möglich ist ein Tag bis zum Gebietsstand. (MUN-07)"
    )

    assert refusal(path, *flags) == sentence.format("31.12.2026")
    assert refusal(path, "--population-on", "2999-01-01", *flags) == sentence.format("01.01.2999")


def test_apply_with_a_successor_on_the_command_line(register, official):
    path = official(without(register, "12001003"))

    refresh(path, "--successor", "12001003=12001002", "--population-on", "2025-12-31", "--accept-many", "--apply")

    assert Municipality.objects.get(ags="12001003").successor.ags == "12001002"


def test_apply_without_the_successor_is_refused(register, official):
    path = official(without(register, "12001003"))

    assert refusal(path, "--population-on", "2025-12-31", "--accept-many", "--apply").endswith("(MUN-02)")


@pytest.mark.parametrize("flags", [[], ["--apply"]])
def test_older_file_is_refused(register, official, flags):
    path = official(later(register, date(2025, 9, 30)))

    assert refusal(path, *flags) == (
        "Die Datei zeigt den Gebietsstand 30.09.2025, geladen ist 30.11.2025. Übernommen wird nur ein neuerer Stand. (MUN-01)"
    )


@pytest.mark.parametrize("flags", [[], ["--apply"]])
def test_absurd_shrinkage_is_refused(register, official, flags):
    path = official(without(register, "12001003"))

    assert refusal(path, "--successor", "12001003=12001001", "--population-on", "2025-12-31", *flags) == (
        "In der Datei fehlen 1 von 3 Kommunen (33,3 %). Das ist ungewöhnlich viel; wenn es stimmt, wiederholen Sie den "
        "Befehl mit --accept-many. (MUN-04)"
    )


def test_file_that_is_none_is_refused(register, tmp_path):
    path = tmp_path / "nothing.txt"
    path.write_bytes(b"")

    assert refusal(path) == "Die Datei ist leer."
    assert refusal(tmp_path / "absent.txt").startswith("Die Datei ")


def test_changes_file_with_a_bad_line_is_refused(register, official, tmp_path):
    changes = tmp_path / "changes.csv"
    changes.write_text("old,new,effective_on\n1,2,morgen\n", "utf-8")

    assert refusal(official(register), "--changes", changes) == (
        "changes.csv, Zeile 2, Spalte effective_on: „morgen“ ist kein Tag wie 2026-01-01."
    )


def test_changes_file_that_is_no_text_is_refused(register, official, tmp_path):
    changes = tmp_path / "changes.csv"
    changes.write_bytes(b"\xff\xfe\x00")

    assert refusal(official(register), "--changes", changes) == "Die Datei zu --changes ist kein Text in UTF-8."


@pytest.mark.parametrize("pair", ["12001003", "=12001001", "12001003="])
def test_successor_that_is_no_pair_is_refused(register, official, pair):
    assert refusal(official(register), f"--successor={pair}") == (
        f"--successor erwartet ALT=NEU mit zwei Schlüsseln, nicht „{pair}“."
    )


def test_refresh_before_the_first_load_is_refused(tmp_path):
    assert refusal(tmp_path / "absent.txt") == (
        "Es sind noch keine Kommunen geladen. Bitte laden Sie zuerst: manage.py load_municipalities."
    )


def test_dry_run_of_the_whole_country_is_quick(official):
    call_command("load_municipalities", stdout=StringIO())
    path = official(later(current_register(LOADED_ON)))

    begun = process_time()
    lines = refresh(path)

    assert lines[:4] == [*HEAD, "Kommunen: 0 neu, 0 aufgelöst, 0 geändert."]
    # Measured 0.6 s; the promise is 10.
    assert process_time() - begun < 10
