import pytest
from django.db import IntegrityError, connection, transaction

from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.models import Blob, BlobPart, Competency, Module, Publisher, Unit, Version
from tests.curriculum.factories import make_version
from tests.curriculum.small_programme import small_files

pytestmark = pytest.mark.django_db

FROZEN = "a released version never changes"


def refused(*statement, match=FROZEN):
    with pytest.raises(IntegrityError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(*statement)


@pytest.fixture
def released():
    return release_by_command(load_programme(small_files(), by="Test").version, by="Test")


@pytest.fixture
def draft():
    return load_programme(small_files("2.0.0"), by="Test").version


# What never changes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", [
    "UPDATE curriculum_version SET aim = 'Anderes'",
    "UPDATE curriculum_version SET state = 'draft', released_on = NULL",
    "UPDATE curriculum_version SET digest = digest",
    "DELETE FROM curriculum_version",
    "UPDATE curriculum_competency SET text = 'Anderes'",
    "DELETE FROM curriculum_competency",
    "UPDATE curriculum_module SET title = 'Anderes'",
    "DELETE FROM curriculum_module",
    "UPDATE curriculum_unit SET summary = 'Anderes'",
    "UPDATE curriculum_unit SET minutes = 1 WHERE position = 3",
    "DELETE FROM curriculum_unit",
    "UPDATE curriculum_unit_competencies SET competency_id = competency_id",
    "DELETE FROM curriculum_unit_competencies",
])  # fmt: skip
def test_database_refuses_to_change_a_released_version(released, statement):
    refused(statement)


def test_database_refuses_to_add_to_a_released_version(released):
    module, competency = released.modules.first(), released.competencies.first()
    unit = Unit.objects.get(position=3)
    row = {"key": "neu", "title": "Neu"}

    for make in (
        lambda: Competency.objects.create(version=released, position=9, field="F", text="T", **row),
        lambda: Module.objects.create(version=released, position=9, summary="S", **row),
        lambda: Unit.objects.create(module=module, position=9, minutes=1, objectives=[], summary="S", **row),
        lambda: unit.competencies.add(Competency.objects.exclude(pk__in=unit.competencies.all()).get()),
    ):
        with pytest.raises(IntegrityError, match=FROZEN), transaction.atomic():
            make()
    assert (released.modules.count(), released.competencies.count(), competency.units.count()) == (2, 2, 2)


def test_database_refuses_to_move_rows_of_a_draft_into_a_released_version(released, draft):
    module, unit = released.modules.first(), Unit.objects.get(module__version=released, position=3)

    refused(
        "UPDATE curriculum_module SET version_id = %s, position = 9, key = 'x' WHERE version_id = %s", [released.pk, draft.pk]
    )
    refused("UPDATE curriculum_competency SET version_id = %s, key = 'x' WHERE version_id = %s", [released.pk, draft.pk])
    refused(
        "UPDATE curriculum_unit SET module_id = %s, position = 9 WHERE module_id = %s",
        [module.pk, draft.modules.first().pk],
    )
    refused(
        "UPDATE curriculum_unit_competencies SET unit_id = %s WHERE unit_id = %s",
        [unit.pk, Unit.objects.get(module__version=draft, position=3).pk],
    )


def test_a_draft_beside_a_released_version_can_be_changed_and_deleted(released, draft):
    draft.modules.update(title="Anderes")
    Unit.objects.filter(module__version=draft).update(minutes=60)
    Unit.objects.get(module__version=draft, position=3).competencies.clear()
    draft.delete()

    assert (Version.objects.get(), Module.objects.count(), Unit.objects.count()) == (released, 2, 3)


def test_a_draft_becomes_released_and_stays_so():
    version = make_version()

    refused("UPDATE curriculum_version SET released_on = '2020-01-01' WHERE id = %s", [version.pk])
    assert version.is_released


# Constraints ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("facts, name", [
    ({"state": "released"}, "curriculum_released_has_day"),
    ({"synchronous_percent": 101}, "curriculum_synchronous_at_most_100"),
])  # fmt: skip
def test_database_refuses_a_wrong_version(facts, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_version(released=False, **facts)


# SQLite names the columns of a unique constraint, PostgreSQL its name.
@pytest.mark.parametrize("statement, name", [
    ("UPDATE curriculum_version SET submitted_by_id = 1", "curriculum_submitter_only_in_review"),
    ("UPDATE curriculum_version SET state = 'received', released_on = '2026-03-02'", "curriculum_received_has_publisher"),
    ("UPDATE curriculum_versionfile SET path = 'x'", "curriculum_file_once|curriculum_versionfile.path"),
    ("UPDATE curriculum_blobpart SET number = 0, blob_id = (SELECT MIN(id) FROM curriculum_blob)",
     "curriculum_blob_part_once|curriculum_blobpart.number"),
    ("UPDATE curriculum_competency SET key = 'x'", "curriculum_competency_once|curriculum_competency.key"),
    ("UPDATE curriculum_module SET position = 7", "curriculum_module_position_once|curriculum_module.position"),
    ("UPDATE curriculum_module SET key = 'x'", "curriculum_module_key_once|curriculum_module.key"),
    ("UPDATE curriculum_unit SET position = 7", "curriculum_unit_position_once|curriculum_unit.position"),
    ("UPDATE curriculum_unit SET minutes = 0", "curriculum_unit_takes_time"),
])  # fmt: skip
def test_database_refuses_what_contradicts_in_a_draft(draft, statement, name):
    refused(statement, match=name)


def test_a_number_is_there_once_among_own_versions(released, draft):
    refused(
        "UPDATE curriculum_version SET number = '1.0.0' WHERE id = %s",
        [draft.pk],
        match="curriculum_version_once|curriculum_version.number",
    )


@pytest.mark.parametrize("states", [("draft", "draft"), ("draft", "review")])
def test_a_programme_has_one_draft(states):
    make_version("1.0.0", released=False, state=states[0])

    with pytest.raises(IntegrityError, match=r"curriculum_one_draft|curriculum_version\.programme_id"), transaction.atomic():
        make_version("1.1.0", released=False, state=states[1])


def test_a_publisher_has_a_number_once():
    first, second = (Publisher.objects.create(name=name) for name in ("Land Bayern", "Land Brandenburg"))
    facts = {"released": False, "state": "arriving"}
    make_version("1.0.0", publisher=first, **facts)
    make_version("1.0.0", publisher=second, **facts)
    make_version("1.0.0")

    with pytest.raises(IntegrityError, match=r"curriculum_received_once|curriculum_version\.number"), transaction.atomic():
        make_version("1.0.0", publisher=first, **facts)


@pytest.mark.parametrize("state", ["draft", "review", "released"])
def test_a_version_of_our_own_has_no_publisher(state):
    publisher = Publisher.objects.create(name="Land Bayern")

    with pytest.raises(IntegrityError, match="curriculum_received_has_publisher"), transaction.atomic():
        make_version(released=False, state=state, publisher=publisher, released_on="2026-03-02")


def test_a_received_version_has_a_day():
    publisher = Publisher.objects.create(name="Land Bayern")

    with pytest.raises(IntegrityError, match="curriculum_released_has_day"), transaction.atomic():
        make_version(released=False, state="received", publisher=publisher)


def test_no_bytes_come_into_a_file_of_a_released_version(released, draft):
    fixed, other = released.files.first(), draft.files.exclude(blob__in=released.files.values("blob")).first()

    for act in (
        lambda: BlobPart.objects.filter(blob=other.blob).update(blob=fixed.blob, number=1),
        lambda: BlobPart.objects.create(blob=fixed.blob, number=1, content=b"x"),
        lambda: Blob.objects.filter(pk=fixed.blob_id)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match=FROZEN), transaction.atomic():
            act()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows")
@pytest.mark.parametrize("table", ["curriculum_version", "curriculum_versionfile", "curriculum_blobpart", "curriculum_blob"])
def test_nothing_fixed_is_replaced(released, table):
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
