import pytest

from staffel.base.version import read_version


def test_version_is_the_first_heading(tmp_path):
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changelog\n\n## 0.2.0 – unreleased\n\n## 0.1.0 – 2026-11-23\n", encoding="utf-8")

    assert read_version(changelog) == "0.2.0"


def test_changelog_without_a_version_is_refused(tmp_path):
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changelog\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"has no heading like '## 0\.1\.0'"):
        read_version(changelog)
