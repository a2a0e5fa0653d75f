"""What the asset build leaves: every custom property that a rule takes without a fallback must still be set somewhere."""

import re

import pytest

from tests.architecture.house import ROOT

STYLES = ROOT / "build" / "assets" / "staffel.css"


@pytest.mark.skipif(not STYLES.exists(), reason="assets are not built: run `make assets`")
def test_every_property_that_is_taken_is_set():
    css = STYLES.read_text(encoding="utf-8")
    taken = set(re.findall(r"var\((--[\w-]+)\)", css))

    assert sorted(name for name in taken if f"{name}:" not in css) == []


@pytest.mark.skipif(not STYLES.exists(), reason="assets are not built: run `make assets`")
def test_our_rules_outlive_the_purge():
    css = STYLES.read_text(encoding="utf-8")

    assert ":where(a,button,input,select,textarea,summary,[tabindex]):focus-visible{" in css
    assert ".st-chip{" in css
