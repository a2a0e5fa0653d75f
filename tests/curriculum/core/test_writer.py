from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from staffel.curriculum.core.content import ItemKind
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.reader import FromFiles, NotAProgramme, read_programme
from staffel.curriculum.core.writer import files_of, write_outline, write_unit
from tests.curriculum.generated import Generated, generated, small_files, wholes


def small():
    return read_programme(InMemory(small_files()))


def test_write_outline_and_write_unit_give_the_files_by_path():
    files = small_files()
    whole = small()

    assert write_outline(whole.outline) == {path: files[path] for path in files if "/" not in path}
    names = ("unit.yaml", "summary.md", "handout.md", "guide.md", "slides.md", "exercises.yaml", "quiz.yaml", "task.yaml")
    assert write_unit(whole.units["aufbruch"]) == {f"units/aufbruch/{name}": files[f"units/aufbruch/{name}"] for name in names}


def test_what_is_empty_is_left_out():
    unit = replace(small().units["aufbruch"], handout="", guide="", slides="", reading_minutes=0, exercises=(),
                   quiz=(), task=None, plan=(), sources=(), materials=(), note="")  # fmt: skip

    assert write_unit(unit) == {
        "units/aufbruch/unit.yaml": (
            b"title: Aufbruch\nkind: session\nminutes: 240\nobjectives:\n"
            b"  - text: Sie planen den Anfang.\n    verb: planen\n    level: create\n    competency: planen\n    reaches: 3\n"
            b"  - text: Sie reden dar\xc3\xbcber.\n    verb: reden\n"
            b"    level: understand\n    competency: reden\n    reaches: 1\n"
        ),
        "units/aufbruch/summary.md": b"Worum es **geht**.\n",
    }
    assert b"synchronous_percent: 0\n" in write_outline(replace(small().outline, synchronous_percent=0))["programme.yaml"]


def test_an_answer_that_is_always_right_and_is_said_to_be_wrong_is_not_lost_silently():
    whole = small()
    unit = whole.units["aufbruch"]
    item = next(item for item in unit.quiz if item.kind is ItemKind.GAP)
    wrong = replace(item, answers=(replace(item.answers[0], right=False),))
    files = small_files() | write_unit(replace(unit, quiz=(wrong,)))

    with pytest.raises(NotAProgramme) as refusal:
        read_programme(InMemory(files))

    assert [str(mistake) for mistake in refusal.value.mistakes] == [
        "units/aufbruch/quiz.yaml, Zeile 8: Bei „gap“ ist jede Antwort richtig. Bitte streichen Sie „right“."
    ]


def test_files_of_gives_all_files_sorted_and_opens_materials_when_asked():
    whole = small()
    found = dict(files_of(whole))

    assert list(found) == sorted(small_files(), key=str.encode)
    assert [path for path, content in found.items() if callable(content)] == [
        "units/aufbruch/files/bild.svg", "units/aufbruch/files/liste.txt",
    ]  # fmt: skip
    assert found["units/aufbruch/files/liste.txt"]().read() == b"Eins\nZwei\n"


def test_paths_are_sorted_by_their_bytes_though_a_hyphen_is_before_a_slash():
    whole = generated(12, rich=False)
    keys = {old: f"a{'-b' * n}" for n, old in enumerate(whole.outline.units)}
    modules = tuple(replace(module, units=tuple(keys[key] for key in module.units)) for module in whole.outline.modules)
    renamed = replace(
        whole,
        outline=replace(whole.outline, modules=modules),
        units={keys[key]: replace(unit, key=keys[key]) for key, unit in whole.units.items()},
        files={(keys[key], name): content for (key, name), content in whole.files.items()},
    )
    paths = [path for path, _ in files_of(renamed)]

    assert paths == sorted(paths, key=str.encode)


def test_generated_programmes_are_the_same_each_time_and_of_real_size():
    def bytes_of(source):
        return {path: content if isinstance(content, bytes) else content().read() for path, content in files_of(source)}

    files = bytes_of(generated(3, seed=7))

    assert files == bytes_of(generated(3, seed=7)) == bytes_of(Generated(3, seed=7))
    assert files != bytes_of(generated(3, seed=8))
    assert 10_000 < len(files["units/einheit-1/handout.md"]) < 16_000
    with pytest.raises(ValueError, match="at least 2 units"):
        generated(1)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(wholes())
def test_writing_twice_is_writing_once(whole):
    files = {path: content if isinstance(content, bytes) else content().read() for path, content in files_of(whole)}
    source = FromFiles(InMemory(files))

    assert write_outline(source.outline) == write_outline(whole.outline)
    for key in whole.outline.units:
        assert write_unit(source.unit(key)) == write_unit(whole.units[key])
