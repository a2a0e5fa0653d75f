import pytest

from staffel.curriculum.actions.files import attach
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.core.files import InMemory, digest_of
from staffel.curriculum.core.writer import files_of
from staffel.curriculum.queries.files import (
    PART,
    has_files,
    language_of,
    material,
    programme_files,
    sides_in,
    source_of,
    stored_files,
    unit_content,
)
from tests.curriculum.factories import make_version
from tests.curriculum.generated import generated
from tests.curriculum.small_programme import HEAD, PNG, small_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return release_by_command(load_programme(small_files(), by="Test").version, by="Test")


def test_stored_files_are_sorted_by_bytes_and_know_digests_without_reading(django_assert_num_queries):
    version = make_version(released=False)
    attach(version, [(path, path.encode()) for path in ("b", "a/b", "a-b", "ä", "a", "B")])
    files = stored_files(version)

    with django_assert_num_queries(1):
        assert files.paths() == ("B", "a", "a-b", "a/b", "b", "ä")
        assert (files.size("ä"), files.sha256("a")[:8]) == (2, "ca978112")
    for path in ("x", "a/", ""):
        for ask in (files.size, files.sha256, files.open, lambda path: files.contents([path])):
            with pytest.raises(KeyError):
                ask(path)


@pytest.mark.parametrize("count, queries", [(1, 2), (64, 2), (200, 5)])
def test_files_that_are_read_one_after_the_other_come_together(count, queries, django_assert_num_queries):
    version = make_version(released=False)
    attach(version, [(f"{n:03}/x", b"%d" % n) for n in range(count)])
    files = stored_files(version)

    with django_assert_num_queries(queries):
        assert [files.open(path).read() for path in files.paths()] == [b"%d" % n for n in range(count)]


def test_large_files_are_read_in_parts(django_assert_num_queries):
    version, large = make_version(released=False), bytes(range(256)) * (PART // 64)
    attach(version, [("large", large), ("small", b"x")])
    files = stored_files(version)
    files.paths()

    with django_assert_num_queries(1), files.open("large") as stream:
        assert stream.read(10) == large[:10]
    with django_assert_num_queries(4):
        assert files.open("large").read() == large
    with django_assert_num_queries(1):
        assert files.contents(["large", "small"]) == {"large": large, "small": b"x"}


def test_a_small_programme_comes_at_once(version, django_assert_num_queries):
    with django_assert_num_queries(2):
        source = source_of(version)
        assert source.unit("aufbruch").summary == "Worum es **geht**."
        assert source.open("aufbruch", "punkt.png").read() == PNG
        source.unit_digest("schluss")
    with pytest.raises(KeyError):
        source.unit("nirgends")


def in_memory(whole):
    contents = dict(files_of(whole))
    return InMemory({path: each if isinstance(each, bytes) else each().read() for path, each in contents.items()})


def test_a_unit_of_a_large_one_costs_one_query(django_assert_num_queries):
    whole = generated(40)
    version = load_programme(in_memory(whole), by="Test").version

    with django_assert_num_queries(2):
        source = source_of(version)
    for key in whole.outline.units[30:]:
        with django_assert_num_queries(1):
            assert source.unit(key) == whole.unit(key)
    with django_assert_num_queries(0):
        assert len({source.unit_digest(key) for key in whole.outline.units}) == 40


def test_unit_content_costs_two_queries(version, django_assert_num_queries):
    with django_assert_num_queries(2):
        unit = unit_content(version, "aufbruch")
    with django_assert_num_queries(2):
        assert unit_content(version, "nirgends") is None

    assert (unit.title, unit.minutes, [each.file for each in unit.materials]) == ("Aufbruch", 240, ["punkt.png"])


def test_all_of_a_rich_unit_is_kept(django_assert_num_queries):
    whole = generated(3)
    files = in_memory(whole)
    version = load_programme(files, by="Test").version

    assert version.digest == digest_of(files) == digest_of(programme_files(version))
    assert source_of(version).outline == whole.outline
    for key in whole.outline.units:
        with django_assert_num_queries(2):
            assert unit_content(version, key) == whole.unit(key)


def test_material_gives_bytes_of_what_the_unit_names(version):
    known, stream = material(version, "aufbruch", "punkt.png")

    assert (known.alt, known.size, stream.read()) == ("Ein schwarzer Punkt", len(PNG), PNG)
    assert [material(version, *wrong) for wrong in (("aufbruch", "x.png"), ("aufbruch", ""), ("nirgends", "punkt.png"))] == [
        None,
        None,
        None,
    ]


def test_what_was_loaded_before_there_were_files_has_none():
    version = make_version()

    assert (has_files(version), source_of(version), unit_content(version, "einheit-1"), stored_files(version).paths()) == (
        False,
        None,
        None,
        (),
    )
    assert material(version, "einheit-1", "x.png") is None


def test_has_files(version):
    assert has_files(version) is True


@pytest.mark.parametrize("language", ["de", "en-GB", "no"])
def test_language_is_that_of_the_text(language, django_assert_num_queries):
    audience = "audience: |-\n  language: fr\n  Alle."
    head = HEAD.replace("language: de", f'language: "{language}"').replace("audience: Alle.", audience)
    version = load_programme(small_files(head=head), by="Test").version

    with django_assert_num_queries(2):
        assert language_of(version) == language


def test_language_without_files_is_german():
    assert language_of(make_version()) == "de"


def test_sides_of_the_pictures_of_a_unit_stand_at_their_beginning(version, django_assert_num_queries):
    unit = unit_content(version, "aufbruch")

    with django_assert_num_queries(1):
        assert sides_in(version, unit) == {"punkt.png": (1, 1)}
    with django_assert_num_queries(0):
        assert sides_in(version, None) == {}
