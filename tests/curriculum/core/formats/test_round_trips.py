"""What goes out comes back: quizzes of the kinds that a format carries, texts with their directives."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from staffel.curriculum.core.content import ItemKind
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.formats import cartridge, qti
from staffel.curriculum.core.formats.reading import read_foreign
from staffel.curriculum.core.reader import read_programme
from staffel.curriculum.core.stand_ins import COMPETENCY
from staffel.curriculum.core.writer import files_of
from tests.curriculum.core.formats.samples import files_in, html
from tests.curriculum.generated import generated, wholes

CARTRIDGES = {"1.1": cartridge.V1_1, "1.3": cartridge.V1_3}
QTIS = {"2.1": qti.V2_1, "3.0": qti.V3_0}
NOT_IN_CARTRIDGES = (ItemKind.ORDER, ItemKind.MATCH)


def there_and_back(entries):
    """Return what is read from the files of a writer, after it went through our own text."""
    whole, losses = read_foreign(InMemory(files_in(entries)))
    assert read_programme(InMemory(files_in(files_of(whole)))) == whole
    return whole, losses


def expected(quiz, *, without=()):
    return tuple(replace(item, competency=COMPETENCY.key) for item in quiz if item.kind not in without)


@pytest.mark.parametrize("version", CARTRIDGES.values(), ids=CARTRIDGES)
def test_a_cartridge_comes_back(version):
    source = generated(3)

    back, losses = there_and_back(cartridge.files(source, html, version))

    assert [(m.key, m.title, m.summary, m.units) for m in back.outline.modules] == [
        (m.key, m.title, m.summary, m.units) for m in source.outline.modules
    ]
    assert (back.outline.title, back.outline.summary) == (source.outline.title, source.outline.summary)
    assert (back.outline.aim, back.outline.audience) == (source.outline.aim, source.outline.audience)
    assert back.files == source.files
    for key, unit in source.units.items():
        found = back.units[key]
        assert (found.title, found.kind, found.minutes, found.summary) == (unit.title, unit.kind, unit.minutes, unit.summary)
        assert found.quiz == expected(unit.quiz, without=NOT_IN_CARTRIDGES)
        assert found.handout.startswith(unit.handout + f"\n\n## Übungen: {unit.title}\n\n")
        assert found.guide.endswith(f"{unit.guide.replace('### ', '## ')}\n\n## Folien\n\n{unit.slides.replace('## ', '### ')}")
        assert [(m.title, m.file, m.link, m.sha256) for m in found.materials] == [
            (m.title, m.file, m.link, m.sha256) for m in unit.materials
        ]
    assert losses == (
        "Lernziele, Materialliste und Quellen auf den Seiten „Überblick“ wurden nicht zurückgelesen.",
        "Das Paket sagt zu Rechten: „Staffel, CC-BY-4.0, Fassung 1.0.0“. Bitte tragen Sie Urheber und Lizenz danach ein.",
        "Kompetenzen und Lernziele kennt das Format nicht. Alles ist der Kompetenz „Noch zuzuordnen“ zugeordnet, und jede "
        "Einheit hat ein Lernziel als Platzhalter.",
        "Abschlussregel, Terminvorlage, Ziel, Zielgruppe, Urheber und Lizenz müssen Sie prüfen und ergänzen.",
        "Zu Dateien und Links (9) fehlen Urheber und Lizenz. Eingetragen ist „Unbekannt“ und „NOASSERTION“.",
    )


@pytest.mark.parametrize("version", QTIS.values(), ids=QTIS)
def test_qti_comes_back_with_all_five_kinds(version):
    source = generated(3)

    back, losses = there_and_back(qti.files(source, html, version))

    assert {item.kind for unit in source.units.values() for item in unit.quiz} == set(ItemKind)
    assert back.outline.title == source.outline.title
    assert {key: unit.title for key, unit in back.units.items()} == {key: unit.title for key, unit in source.units.items()}
    for key, unit in source.units.items():
        assert back.units[key].quiz == expected(unit.quiz)
    assert losses == (
        "Kompetenzen und Lernziele kennt das Format nicht. Alles ist der Kompetenz „Noch zuzuordnen“ zugeordnet, und jede "
        "Einheit hat ein Lernziel als Platzhalter.",
        "Abschlussregel, Terminvorlage, Ziel, Zielgruppe, Urheber und Lizenz müssen Sie prüfen und ergänzen.",
        "Einheiten ohne Dauer, für die 60 Minuten angenommen sind: 3.",
    )


@pytest.mark.parametrize("version", [*CARTRIDGES.values(), *QTIS.values()], ids=[*CARTRIDGES, *QTIS])
@settings(max_examples=25, deadline=None)
@given(wholes())
def test_any_programme_goes_out_and_comes_back_as_something_right(version, source):
    writer = cartridge if isinstance(version, cartridge.Version) else qti
    if writer is qti and not any(unit.quiz for unit in source.units.values()):
        return

    back, _losses = there_and_back(writer.files(source, html, version))

    for key, unit in back.units.items():
        kinds = [item.kind for item in source.units[key].quiz if writer is qti or item.kind not in NOT_IN_CARTRIDGES]
        assert [item.kind for item in unit.quiz] == kinds
