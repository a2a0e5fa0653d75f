"""``publiccode.yml`` can be read by the catalogues of the public sector. Source: publiccode.yml 0.4, core schema."""

import pytest
import yaml

from tests.architecture.house import ROOT

PUBLICCODE = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

MANDATORY = [
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "categories",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
]
DEVELOPMENT_STATUS = ["concept", "development", "beta", "stable", "obsolete"]
# The part of the official list that fits a platform for courses, calls and maps.
CATEGORIES = [
    "applicant-tracking",
    "collaboration",
    "data-visualization",
    "event-management",
    "geographic-information-systems",
    "knowledge-management",
    "learning-management-system",
    "project-management",
    "survey",
]


def test_mandatory_keys_are_there():
    assert [key for key in MANDATORY if not PUBLICCODE.get(key)] == []


def test_values_come_from_the_lists_of_the_standard():
    assert PUBLICCODE["publiccodeYmlVersion"] == "0.4"
    assert PUBLICCODE["developmentStatus"] in DEVELOPMENT_STATUS
    assert PUBLICCODE["softwareType"] == "standalone/web"
    assert [category for category in PUBLICCODE["categories"] if category not in CATEGORIES] == []


def test_it_is_described_in_german_and_english():
    assert sorted(PUBLICCODE["description"]) == ["de", "en"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_descriptions_keep_the_lengths_of_the_standard(language):
    text = PUBLICCODE["description"][language]

    assert len(text["shortDescription"]) <= 150
    assert 150 <= len(text["longDescription"]) <= 10_000
    assert text["features"] != []


def test_community_maintenance_names_a_contact():
    assert PUBLICCODE["maintenance"]["type"] == "community"
    assert [contact["name"] for contact in PUBLICCODE["maintenance"]["contacts"]] != []


def test_licence_is_the_one_of_the_package():
    assert PUBLICCODE["legal"]["license"] == "EUPL-1.2"
    assert (ROOT / "LICENSE").read_bytes() == (ROOT / "LICENSES/EUPL-1.2.txt").read_bytes()
