from dataclasses import replace

import pytest

from staffel.curriculum.core.content import Completion, Whole
from staffel.curriculum.core.files import InMemory, digest_of
from staffel.curriculum.core.merging import merge
from staffel.curriculum.core.reader import read_programme
from staffel.curriculum.core.source_files import SourceFiles, mistakes_after
from staffel.curriculum.core.writer import files_of
from tests.curriculum.generated import generated


def stored(source):
    found = {}
    for path, content in files_of(source):
        if isinstance(content, bytes):
            found[path] = content
            continue
        with content() as stream:
            found[path] = stream.read()
    return InMemory(found)


def test_source_files_are_the_canonical_ones():
    whole = generated(3)
    files, expected = SourceFiles(whole), stored(whole)

    assert files.paths() == expected.paths()
    assert [(files.size(path), files.sha256(path)) for path in files.paths()] == [
        (expected.size(path), expected.sha256(path)) for path in expected.paths()
    ]
    assert digest_of(files) == digest_of(expected)
    assert read_programme(files) == whole


def test_source_files_of_some_units_only():
    whole = generated(3)
    key = whole.outline.units[1]

    paths = SourceFiles(whole, [key]).paths()

    assert {path.split("/")[1] for path in paths if "/" in path} == {key}


@pytest.mark.parametrize("path", ["units/gibt-es-nicht/unit.yaml", "anders.txt"])
def test_an_unknown_path_is_a_key_error(path):
    with pytest.raises(KeyError):
        SourceFiles(generated(2)).open(path)


def changed(whole, key, **facts):
    return Whole(whole.outline, {**whole.units, key: replace(whole.units[key], **facts)}, whole.files)


def test_mistakes_after_finds_minutes_that_no_longer_add_up():
    base = generated(2)
    unit = next(unit for unit in base.units.values() if len(unit.plan) > 2)
    first, second, *rest = unit.plan
    other = replace(unit.plan[-1], minutes=unit.plan[-1].minutes + 1)
    ours = changed(base, unit.key, plan=(replace(first, minutes=first.minutes + 1), second, *rest), minutes=unit.minutes + 1)
    theirs = changed(base, unit.key, plan=(*unit.plan[:-1], other), minutes=unit.minutes + 1)

    merged = merge(base, ours, theirs)
    found = mistakes_after(merged, (base, ours, theirs))

    assert merged.conflicts == ()
    assert [(mistake.file, str(unit.minutes + 2) in mistake.sentence) for mistake in found] == [
        (f"units/{unit.key}/unit.yaml", True)
    ]


def test_mistakes_after_looks_at_every_unit_once_a_competency_is_gone():
    base = generated(2)
    gone = base.outline.competencies[0].key
    left = tuple(each for each in base.outline.competencies if each.key != gone)
    theirs = Whole(replace(base.outline, competencies=left), base.units, base.files)

    found = mistakes_after(merge(base, base, theirs), (base, base, theirs))

    assert {gone in mistake.sentence for mistake in found} == {True}


def test_mistakes_after_looks_at_every_unit_once_a_method_is_gone():
    base = generated(2)
    gone = base.units["einheit-1"].plan[3].card
    left = tuple(each for each in base.outline.methods if each.key != gone)
    theirs = Whole(replace(base.outline, methods=left), base.units, base.files)

    found = mistakes_after(merge(base, base, theirs), (base, base, theirs))

    assert [(mistake.file, mistake.sentence) for mistake in found] == [
        ("units/einheit-1/unit.yaml", f"Die Methode „{gone}“ steht nicht in methods.yaml.")
    ]


def test_mistakes_after_is_empty_for_what_fits():
    base = generated(2)
    theirs = Whole(replace(base.outline, completion=Completion(70, True)), base.units, base.files)

    assert mistakes_after(merge(base, base, theirs), (base, base, theirs)) == ()
