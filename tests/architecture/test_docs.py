"""The documentation says what is there."""

import re
import tomllib

import pytest

from staffel.portal import reference
from tests.architecture.house import ROOT

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("name", reference.PAGES)
def test_reference_page_is_up_to_date(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == reference.PAGES[name](), "run `make docs`"


def test_every_setting_is_documented():
    page = (ROOT / "docs/operate/settings.md").read_text(encoding="utf-8")
    used = set(
        re.findall(r'"((?:STAFFEL_[A-Z_]+|PORT))"', (ROOT / "src/staffel/config/settings.py").read_text(encoding="utf-8"))
    )

    assert sorted(name for name in used if f"`{name}`" not in page) == []


def test_every_rule_is_tested():
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    constants = {
        value: name
        for path in (ROOT / "src/staffel").glob("*/core/rules.py")
        for name, value in re.findall(r'^([A-Z_]+) = Rule\(\s*"([A-Z]+-\d+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert [rule.id for rule in reference.rules() if rule.id not in tests and constants[rule.id] not in tests] == []


def test_links_between_pages_lead_somewhere():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_the_version_stands_in_the_changelog_only():
    assert "version" not in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "softwareVersion" not in (ROOT / "publiccode.yml").read_text(encoding="utf-8")
