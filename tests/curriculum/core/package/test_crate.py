import hashlib
import json
import re
import urllib.parse
from dataclasses import replace

from staffel.curriculum.core.content import Material
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.package import crate, licences
from staffel.curriculum.core.package.crate import Crate, Described
from staffel.curriculum.core.package.licences import Right
from staffel.curriculum.core.package.provenance import Publisher
from tests.curriculum.core.package.samples import FINGERPRINT, entries, small_package
from tests.curriculum.generated import generated


def graph(files):
    document = json.loads(files["ro-crate-metadata.json"])
    assert list(document) == ["@context", "@graph"]
    assert document["@context"] == "https://w3id.org/ro/crate/1.2/context"
    return {entity["@id"]: entity for entity in document["@graph"]}


def references(value):
    if isinstance(value, dict):
        return [value["@id"]] if set(value) == {"@id"} else [one for inner in value.values() for one in references(inner)]
    return [one for inner in value for one in references(inner)] if isinstance(value, list) else []


def test_the_root_has_what_ro_crate_1_2_asks_for():
    entities = graph(small_package())
    outline = generated(2).outline

    assert entities["ro-crate-metadata.json"] == {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
        "about": {"@id": "./"},
    }
    root = entities["./"]
    assert (root["name"], root["description"]) == (f"{outline.title} 1.0.0", outline.summary)
    assert (root["datePublished"], root["version"], root["inLanguage"]) == ("2026-11-25T15:00:00Z", "1.0.0", "de")
    assert entities[root["license"]["@id"]] == {
        "@id": "https://spdx.org/licenses/CC-BY-4.0",
        "@type": "CreativeWork",
        "name": "CC-BY-4.0",
        "identifier": "CC-BY-4.0",
    }
    assert entities[root["author"]["@id"]]["name"] == "Staffel"
    publisher = entities[root["publisher"]["@id"]]
    assert (publisher["name"], publisher["identifier"]) == ("Land Brandenburg", FINGERPRINT)


def test_it_is_flat_and_every_reference_leads_to_an_entity():
    entities = graph(small_package())

    named = [one for entity in entities.values() for value in entity.values() for one in references(value)]

    assert set(named) - set(entities) == {"https://w3id.org/ro/crate/1.2"}
    assert set(entities) - set(named) == {"ro-crate-metadata.json"}
    assert all(not isinstance(value, dict) or set(value) == {"@id"} for one in entities.values() for value in one.values())


def test_every_file_is_described_and_a_part_of_the_root():
    files = small_package()
    entities = graph(files)

    def parts(name):
        found = [one["@id"] for one in entities[name].get("hasPart", [])]
        return found + [inner for one in found if one.endswith("/") for inner in parts(one)]

    of_files = {name for name in parts("./") if not name.endswith("/")}
    assert of_files == set(files) - {"ro-crate-metadata.json", "manifest-sha256.txt", "manifest-sha256.sig"}
    for name in of_files:
        entity = entities[name]
        assert entity["@type"] == "File"
        assert (entity["contentSize"], entity["sha256"]) == (str(len(files[name])), hashlib.sha256(files[name]).hexdigest())
        assert {"encodingFormat", "license", "author", "name"} <= set(entity)
    drawing = entities["programme/units/einheit-1/files/stufen.svg"]
    material = generated(2).units["einheit-1"].materials[0]
    assert (drawing["name"], drawing["description"]) == (material.title, material.alt)
    assert drawing["encodingFormat"] == "image/svg+xml"


def test_units_are_parts_with_their_place_and_time():
    entity = graph(small_package())["programme/units/einheit-2/"]
    unit = generated(2).units["einheit-2"]

    assert (entity["name"], entity["position"], entity["timeRequired"]) == (unit.title, 2, f"PT{unit.minutes}M")
    assert entity["subjectOf"] == {"@id": "metadata/amb/einheit-2.json"}


def test_addresses_of_odd_names_are_escaped():
    describe = Crate(generated(2).outline, Publisher("Land", ""))
    odd = 'a/Ein Bild 50% "ä" [1] #2?.png'

    entity = json.loads(describe.file(Described(odd, 1, "0" * 64, Right("CC0-1.0", "Land"))))

    assert entity["@id"] == "a/Ein%20Bild%2050%25%20%22ä%22%20%5B1%5D%20%232%3F.png"
    assert urllib.parse.unquote(entity["@id"]) == odd


def test_a_document_without_entities_is_none():
    text = b"".join(crate.document(['{"@id": "a"}', '{"@id": "b"}']))

    assert [one["@id"] for one in json.loads(text)["@graph"]] == ["a", "b"]
    with InMemory({"a": text}).open("a") as stream:
        crate.check(stream)


def test_licences_name_every_file_of_the_programme():
    whole = generated(2)
    unit = whole.units["einheit-1"]
    materials = (replace(unit.materials[0], licence="CC0-1.0", author="Bauamt „Mitte“"), *unit.materials[1:])
    whole = replace(whole, units=dict(whole.units) | {"einheit-1": replace(unit, materials=materials)})

    files = entries(whole)

    found = json.loads(files["licences.json"])
    assert list(found) == [path for path in files if path.startswith("programme/")]
    assert found["programme/programme.yaml"] == {"licence": "CC-BY-4.0", "author": "Staffel"}
    assert found["programme/units/einheit-1/files/stufen.svg"] == {"licence": "CC0-1.0", "author": "Bauamt „Mitte“"}
    rights = {one["@id"]: one["license"]["@id"] for one in graph(files).values() if one["@type"] == "File"}
    assert rights["programme/units/einheit-1/files/stufen.svg"] == "https://spdx.org/licenses/CC0-1.0"


def test_links_have_no_file_to_be_licensed():
    link = Material("Titel", "Bund", "CC0-1.0", "de", link="https://a.example/")
    file = Material("Titel", "Bund", "CC0-1.0", "de", file="a.txt")

    unit = replace(generated(2).units["einheit-1"], materials=(link, file))

    assert licences.rights_of_files(unit) == {"a.txt": Right("CC0-1.0", "Bund")}


def test_addresses_of_licences():
    names = ["CC-BY-4.0", "CC-BY-NC-SA-3.0", "CC0-1.0", "MIT", "LicenseRef-eigene", "CC-BY-4.0 OR MIT"]

    assert [licences.creative_commons(name) for name in names] == [
        "https://creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by-nc-sa/3.0/",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "",
        "",
        "",
    ]
    assert [licences.address(name) for name in names[3:]] == ["https://spdx.org/licenses/MIT", "", ""]
    assert all(re.match("https://spdx.org/licenses/CC", licences.address(name)) for name in names[:3])
