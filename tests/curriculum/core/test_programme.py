from dataclasses import replace
from datetime import date

from staffel.curriculum.core.programme import digest
from staffel.curriculum.core.reading import read_programme
from tests.curriculum.small_programme import HEAD, UNIT, small_programme


def test_digest_is_that_of_the_content_not_of_its_spelling():
    plain = digest(read_programme(small_programme()))
    lines = HEAD.splitlines()
    spelled = {
        "head": "\n".join([*lines[1:3], lines[0], "# ein Kommentar", *lines[3:]]),
        "unit": b"\xef\xbb\xbf" + UNIT.replace("\n", "\r\n").encode(),
        "later_unit": UNIT.replace("title: Aufbruch", "title: 'Weiter'") + "\n\n",
        "README.md": "Für Menschen.",
    }

    assert digest(read_programme(small_programme(**spelled))) == plain
    assert len(plain) == 64


def test_digest_changes_with_every_part():
    programme = read_programme(small_programme())
    module = programme.modules[0]
    others = [
        replace(programme, title="Anders"),
        replace(programme, released_on=date(2026, 3, 3)),
        replace(programme, fee=True),
        replace(programme, completion=replace(programme.completion, presentation=False)),
        replace(programme, competencies=programme.competencies[::-1]),
        replace(programme, modules=(replace(module, units=module.units[:1]), *programme.modules[1:])),
    ]

    assert len({digest(each) for each in [programme, *others]}) == 7


def test_digest_tells_composed_letters_from_nothing_else():
    composed, apart = "für", "fu\u0308r"
    of = [digest(read_programme(small_programme(unit=UNIT.replace("geht", word)))) for word in (composed, apart)]

    assert of[0] == of[1]
