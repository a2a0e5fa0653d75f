import pytest

from staffel.municipalities.models import FundedMember
from staffel.reporting.queries import layers
from staffel.reporting.queries.sheets import Entry
from tests.cohorts.factories import make_pilot_cohort, make_seat
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher
from tests.municipalities.factories import make_kreis, make_municipality, make_project, make_verband

pytestmark = pytest.mark.django_db


def make_pilots():
    """Return Eberswalde in Staffel 2 and 3, Bernau in 2."""
    eberswalde, bernau = make_municipality(), make_municipality("12060020", "Bernau bei Berlin", 45_000, latitude=52.68)
    second, third = make_pilot_cohort(2), make_pilot_cohort(3)
    make_seat(second, eberswalde)
    make_seat(second, bernau, position=2)
    make_seat(third, eberswalde)
    return eberswalde, bernau


def test_erreicht_joins_awards_and_pilot(django_assert_num_queries):
    eberswalde, _bernau = make_pilots()
    stuttgart = make_municipality("08111000", "Stuttgart", 633_000, latitude=48.77)
    cohort, example = make_finished_cohort(), make_finished_cohort(name="Beispielstaffel", is_example=True)
    make_award(make_finisher(cohort, "Anke", eberswalde))
    make_award(make_finisher(cohort, "Bert", stuttgart))
    make_award(make_finisher(example, "Cora", stuttgart))

    with django_assert_num_queries(2):
        layer = layers.erreicht("")

    assert layer.sentence == (
        "Erreicht in Deutschland: 3 Kommunen. Aus 2 davon haben Menschen eine Urkunde, auch erfundene der Demo."
    )
    assert [(spot.name, spot.note, spot.marks) for spot in layer.spots] == [
        ("Stuttgart", "2 Menschen mit Urkunde (davon 1 Beispiel)", ("1",)),
        ("Bernau bei Berlin", "Pilotphase, Staffel 2", ("2",)),
        ("Eberswalde", "1 Mensch mit Urkunde; Pilotphase, Staffel 2 und 3", ("1",)),
    ]
    assert layer.legend == (
        Entry("baton", "1", "Menschen mit Urkunde", "2 Kommunen"),
        Entry("baton", "2", "in der Pilotphase vertreten", "1 Kommune"),
    )
    assert [row[0].text for row in layer.table.rows] == ["Bernau bei Berlin", "Eberswalde", "Stuttgart"]


def test_erreicht_before_any_award_shows_the_pilot():
    make_pilots()

    assert layers.erreicht("").sentence == "Erreicht in Deutschland: 2 Kommunen, alle in der Pilotphase 2021 und 2022."
    assert layers.erreicht("10").sentence == "Noch ist keine Kommune im Saarland erreicht."


@pytest.mark.parametrize(
    ("people", "examples", "words"),
    [
        (1, 0, "1 Mensch mit Urkunde"),
        (2, 0, "2 Menschen mit Urkunde"),
        (2, 2, "2 Menschen mit Urkunde (Beispiel)"),
        (3, 1, "3 Menschen mit Urkunde (davon 1 Beispiel)"),
        (3, 2, "3 Menschen mit Urkunde (davon 2 Beispiele)"),
    ],
)
def test_people_in_words_tell_examples_apart(people, examples, words):
    assert layers.people_in_words(people, examples) == words


def test_staffeln_say_who_was_in_which(django_assert_num_queries):
    make_pilots()

    with django_assert_num_queries(1):
        layer = layers.staffeln("")

    assert layer.sentence == (
        "2 Kommunen in Brandenburg waren in den Staffeln der Pilotphase vertreten, 1 davon in zwei Staffeln."
    )
    assert [(spot.name, spot.note, spot.marks) for spot in layer.spots] == [
        ("Bernau bei Berlin", "Staffel 2", ("2",)),
        ("Eberswalde", "Staffel 2 und 3", ("2", "3")),
    ]
    assert layer.legend == (
        Entry("baton", "2", "Staffel 2", "2 Kommunen"),
        Entry("baton", "3", "Staffel 3", "1 Kommune"),
        Entry("baton", "two", "in zwei Staffeln", "1 Kommune"),
    )
    assert [(place.text, kreis.text, staffeln) for place, kreis, staffeln in layer.table.rows] == [
        ("Bernau bei Berlin", "Barnim", "Staffel 2"),
        ("Eberswalde", "Barnim", "Staffel 2 und 3"),
    ]
    assert layer.notes == {"12060": "2 Kommunen"}
    assert layer.hint == "12"


def test_staffeln_of_another_land_are_none():
    make_pilots()

    layer = layers.staffeln("10")

    assert layer.sentence == "Keine Kommune im Saarland war in den Staffeln der Pilotphase vertreten."
    assert (layer.spots, layer.table.rows, layer.hint) == ((), (), "")


def test_foerderung_tells_own_members_from_those_through_a_verband(django_assert_num_queries):
    amt = make_verband()
    make_municipality("12060012", "Britz", 2_000, verband=amt)
    project = make_project(name="Smart am Kanal", municipality=make_municipality())
    FundedMember.objects.create(project=project, role="partner", name="Amt", verband=amt, source="https://example.org")
    region = make_project("MPSC-2021-23", "Region", kreis=make_kreis("07338", "Rhein-Pfalz-Kreis"), year=2021)
    mannheim = make_municipality("08222000", "Mannheim", 315_000, latitude=49.49, longitude=8.47)
    FundedMember.objects.create(
        project=region, role="association", name="Mannheim", municipality=mannheim, source="https://example.org"
    )

    with django_assert_num_queries(2):
        layer = layers.foerderung("")

    assert [(spot.name, spot.note, spot.marks) for spot in layer.spots] == [
        ("Eberswalde", "Smart am Kanal", ("own",)),
        ("Britz", "Smart am Kanal", ("through",)),
        ("Mannheim", "Region", ("through",)),
    ]
    assert layer.tones == {"07338": "funded"}
    assert [entry.count for entry in layer.legend] == ["1", "2", "1", "0"]
    assert [(title, year, [(member.text, member.note) for member in members]) for title, year, members in layer.table.rows] == [
        ("Smart am Kanal", 2019, [("Eberswalde", ""), ("Britz-Chorin-Oderberg", "1 Kommune")]),
        ("Region", 2021, [("Rhein-Pfalz-Kreis", ""), ("Mannheim", "")]),
    ]
    assert layer.table.count == "2 Projekte"


def test_foerderung_of_one_land_leaves_out_the_rest():
    make_project(municipality=make_municipality())

    assert layers.foerderung("12").table.count == "1 Projekt"
    assert layers.foerderung("10").sentence == "Keines der Modellprojekte liegt im Saarland."


def test_groesse_cuts_exactly_at_the_class_borders(django_assert_num_queries):
    for number, population in enumerate((100_000, 99_999, 20_000, 19_999, 5_000, 4_999, 0)):
        make_municipality(f"1206000{number}", f"Ort {number}", population)

    with django_assert_num_queries(2):
        layer = layers.groesse("")

    assert [(entry.tone, entry.count) for entry in layer.legend] == [
        ("grossstadt", "1"),
        ("mittelstadt", "2"),
        ("kleinstadt", "2"),
    ]
    assert [spot.name for spot in layer.spots] == ["Ort 0"]
    assert {kind: len(at) for kind, at in layer.crowds.items()} == {"kleinstadt": 2, "mittelstadt": 2}
    [(land, numbers, total)] = layer.table.rows
    assert (land.text, [number for _word, number in numbers], total) == ("Brandenburg", ["1", "2", "2", "2"], "7")
    assert [spot.name for spot in layers.groesse("12").spots] == ["Ort 0", "Ort 1", "Ort 2"]
    assert [row[0].text for row in layers.groesse("12").table.rows] == ["Barnim"]


def test_groesse_draws_villages_in_a_land_and_says_so_on_germany():
    make_municipality("12060001", "Dorf", 900)
    make_municipality("12060002", "Stadt", 30_000)

    germany, land = layers.groesse(""), layers.groesse("12")

    assert germany.sentence == (
        "1 von 2 Kommunen in Deutschland haben weniger als 5.000 Einwohnerinnen und Einwohner; dort leben 3 von 100 Menschen. "
        "Hier gezeichnet sind die größeren; die Landgemeinden zeigt die Karte eines Landes."
    )
    assert "Hier gezeichnet" not in land.sentence
    assert (len(germany.crowds.get("landgemeinde", ())), len(land.crowds["landgemeinde"])) == (0, 1)
    assert [entry.count for entry in land.legend] == ["0", "1", "0", "1"]


def test_groesse_without_data_says_so():
    layer = layers.groesse("")

    assert layer.sentence == "Noch sind keine Kommunen geladen."
    assert layer.credits == ()


def test_deprivation_fills_kreise_and_counts_by_land(django_assert_num_queries):
    make_kreis(deprivation_quintile=4)
    make_kreis("12052", "Cottbus", deprivation_quintile=5)
    make_kreis("09162", "München", deprivation_quintile=1)
    make_kreis("09184", "München")

    with django_assert_num_queries(1):
        layer = layers.deprivation("")

    assert layer.tones == {"09162": "q1", "12052": "q5", "12060": "q4"}
    assert [(kreis.text, land, number) for kreis, land, number, _words in layer.table.rows] == [
        ("München (Stadt)", "Bayern", 1),
        ("Barnim", "Brandenburg", 4),
        ("Cottbus", "Brandenburg", 5),
    ]
    assert [(land.text, numbers) for land, numbers in layer.table.summary] == [
        ("Bayern", (1, 0, 0, 0, 0)),
        ("Brandenburg", (0, 0, 0, 1, 1)),
    ]
    assert [entry.count for entry in layer.legend] == ["1 Kreis", "0 Kreise", "0 Kreise", "1 Kreis", "1 Kreis"]


def test_deprivation_of_one_land_needs_no_summary():
    make_kreis(deprivation_quintile=4)

    layer = layers.deprivation("12")

    assert layer.table.summary == ()
    assert layer.figures == {"12060": "4"}
