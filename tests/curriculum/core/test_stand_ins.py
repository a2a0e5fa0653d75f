from dataclasses import replace

from staffel.curriculum.core import stand_ins
from staffel.curriculum.core.content import Whole
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.writer import files_of
from tests.curriculum.core.formats.samples import files_in
from tests.curriculum.generated import generated


def left(whole):
    files = InMemory(files_in(files_of(whole)))
    return stand_ins.left_in(files, whole.outline)


def test_what_somebody_wrote_has_none():
    assert left(generated(2)) == ()


def test_every_kind_is_found_and_counted():
    whole = generated(2)
    outline = replace(whole.outline, licence=stand_ins.LICENCE)
    first, second = outline.units
    units = dict(whole.units)
    pictures = tuple(replace(each, licence=stand_ins.LICENCE, alt=stand_ins.PICTURE_TEXT if each.alt else "")
                     for each in units[first].materials)  # fmt: skip
    units[first] = replace(units[first], materials=pictures)
    for key in (first, second):
        objective = replace(stand_ins.OBJECTIVE, competency=units[key].objectives[0].competency)
        units[key] = replace(units[key], objectives=(*units[key].objectives, objective))

    assert left(Whole(outline, units, whole.files)) == (
        "die Lizenz des Programms",
        "die Lizenz in 1 Einheit",
        "die Lernziele in 2 Einheiten",
        "die Bildbeschreibung in 1 Einheit",
    )
