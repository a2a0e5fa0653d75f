"""What was loaded and released by the code of before stays as it was, forwards and backwards."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from staffel.curriculum.models import Version
from staffel.curriculum.queries import versions
from staffel.curriculum.queries.files import source_of

BEFORE, NOW = ("curriculum", "0003_versions_keep_their_title"), ("curriculum", "0004_packages_and_trust")
VERSION = {
    "licence": "CC-BY-4.0",
    "aim": "Ein Ziel.",
    "audience": "Alle.",
    "completion": {"attendance_percent": 80, "presentation": True},
    "timetable": {"weekdays": [1, 3], "starts": "09:00", "minutes": 240},
    "synchronous_percent": 100,
    "digest": "a" * 64,
    "title": "Beispielprogramm",
    "summary": "Zum Ausprobieren.",
}
REFUSED = (
    "UPDATE curriculum_version SET aim = 'Anderes' WHERE number = '1.0.0'",
    "DELETE FROM curriculum_unit",
    "UPDATE curriculum_unit_competencies SET competency_id = competency_id",
)


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


@pytest.fixture
def before(transactional_db):
    """Yield the models of before; whatever happens, the tables of today are there afterwards."""
    try:
        yield migrate(BEFORE)
    finally:
        migrate(NOW)


def fill(apps):
    programme = apps.get_model("curriculum", "Programme").objects.create(key="beispiel", title="Beispiel", summary="Kurz.")
    model = apps.get_model("curriculum", "Version")
    version = model.objects.create(programme=programme, number="1.0.0", **VERSION)
    competency = apps.get_model("curriculum", "Competency").objects.create(
        version=version, position=1, key="planen", field="Strategie", title="Planen", text="Sie planen."
    )
    module = apps.get_model("curriculum", "Module").objects.create(
        version=version, position=1, key="grundlagen", title="Grundlagen", summary="Der Anfang."
    )
    unit = apps.get_model("curriculum", "Unit").objects.create(
        module=module, position=1, key="aufbruch", title="Aufbruch", minutes=240, objectives=["Sie planen."], summary="Kurz."
    )
    unit.competencies.add(competency)
    version.state, version.released_on = "released", date(2026, 3, 2)
    version.save()
    return version.pk


def refuse():
    for statement in REFUSED:
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_version_of_before_is_shown_and_has_no_files(before):
    pk = fill(before)
    migrate(NOW)
    version, facts = Version.objects.get(pk=pk), versions.find_version("beispiel", "1.0.0")

    assert (version.state, version.publisher, version.manifest_digest, version.digest) == ("released", None, "", "a" * 64)
    assert [(unit.title, unit.competencies) for unit in facts.units] == [("Aufbruch", ("planen",))]
    assert [line.number for line in versions.released_versions()] == ["1.0.0"]
    assert (source_of(version), version.modules.get().units.get().kind) == (None, "session")
    refuse()


def test_backwards_leaves_what_was_released(before):
    pk = fill(before)
    migrate(NOW)
    old = migrate(BEFORE)

    version = old.get_model("curriculum", "Version").objects.get(pk=pk)
    assert (version.state, version.number, version.digest) == ("released", "1.0.0", "a" * 64)
    assert old.get_model("curriculum", "Unit").objects.get().title == "Aufbruch"
    refuse()
    migrate(NOW)
    refuse()
