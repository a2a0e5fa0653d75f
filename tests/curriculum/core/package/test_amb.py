import json
from dataclasses import replace

import pytest

from staffel.curriculum.core.package import amb
from tests.curriculum.core.package.samples import small_package
from tests.curriculum.generated import generated


def written(unit, outline=None):
    outline = outline or generated(2).outline
    return json.loads(amb.write(outline, outline.modules[0], unit, publisher="Land", day="2026-11-25"))


def test_a_unit_is_described_with_the_words_of_amb():
    found = json.loads(small_package()["metadata/amb/einheit-1.json"])
    whole = generated(2)
    unit, outline = whole.units["einheit-1"], whole.outline
    taught = [one for one in outline.competencies if one.key in unit.competencies]

    assert list(found) == [
        "@context",
        "id",
        "type",
        "name",
        "description",
        "inLanguage",
        "creator",
        "publisher",
        "datePublished",
        "license",
        "learningResourceType",
        "keywords",
        "teaches",
        "isAccessibleForFree",
        "isPartOf",
    ]
    assert found["@context"] == ["https://w3id.org/kim/amb/context.jsonld", {"@language": "de"}]
    assert (found["id"], found["type"]) == ("urn:staffel:erdachtes-programm:einheit-1", ["LearningResource"])
    assert (found["name"], found["inLanguage"], found["datePublished"]) == (unit.title, ["de"], "2026-11-25")
    assert found["creator"] == [{"type": "Organization", "name": "Staffel"}]
    assert found["publisher"] == [{"type": "Organization", "name": "Land Brandenburg"}]
    assert found["license"] == {"id": "https://creativecommons.org/licenses/by/4.0/"}
    assert [one["id"].rpartition("/")[2] for one in found["learningResourceType"]] == [
        "lesson_plan",
        "text",
        "worksheet",
        "assessment",
    ]
    assert {one["prefLabel"]["de"] for one in found["teaches"] if "prefLabel" in one} == {one.title for one in taught}
    assert {one["id"] for one in found["teaches"] if "prefLabel" not in one} == {link for one in taught for link in one.esco}
    assert found["isPartOf"][0]["name"] == outline.title


def test_a_unit_that_is_only_read_is_a_text_and_a_licence_that_amb_does_not_know_is_left_out():
    whole = generated(2)
    unit = replace(whole.units["einheit-1"], plan=(), handout="", exercises=(), quiz=(), task=None)

    found = written(unit, replace(whole.outline, licence="EUPL-1.2", fee=True))

    assert [one["prefLabel"] for one in found["learningResourceType"]] == [{"de": "Textdokument"}]
    assert "license" not in found
    assert found["isAccessibleForFree"] is False


@pytest.mark.parametrize(
    "prose, text",
    [
        ("Ein *kurzer* **Text** mit [Verweis](https://a.example/) und `Wort`.", "Ein kurzer Text mit Verweis und Wort."),
        ("# Titel\n\n:::hint Achtung\nDas zählt.\n:::\n\n- eins\n- zwei\n1. drei", "Titel Das zählt. eins zwei drei"),
        ("> Zitat\n\n| a | b |\n|---|---|\n| 1 | 2 |", "Zitat a b 1 2"),
        ("Wort " * 300, "Wort " * 199 + "Wort …"),
    ],
)
def test_plain_leaves_the_words(prose, text):
    assert amb.plain(prose) == text
