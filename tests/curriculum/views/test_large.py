"""No page asks the database more often because a programme has more units."""

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.core.content import Whole
from staffel.curriculum.core.source_files import SourceFiles
from tests.curriculum.generated import generated

UNITS = (3, 12)


def loaded(whole, number, office):
    """Load a programme under a number, and with another title for its first unit if that is not the first one."""
    units = dict(whole.units)
    if number != "1.0.0":
        first = next(iter(units))
        units[first] = replace(units[first], title=f"Neu: {number}")
    changed = Whole(replace(whole.outline, version=number), units, whole.files)
    return load_programme(SourceFiles(changed), by="Test", organisation=office).version


def price(client, address):
    """Return how many queries a page takes that is not kept."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("units", UNITS)
def test_pages_cost_the_same_for_few_and_many_units(signed_in, people, units):
    office, jonas, stranger = people["Jonas"].acting.organisation, signed_in("Jonas"), signed_in("")
    whole = generated(units)
    release_by_command(loaded(whole, "1.0.0", office), by="Test")
    draft = loaded(whole, "2.0.0", office)
    public, ours = "/programme/erdachtes-programm/1.0.0/", f"/buero/programme/versionen/{draft.public_id}/"
    jonas.get(ours)
    stranger.get("/programme/")

    assert [price(stranger, f"{public}{end}") for end in ("", "kompetenzen/", "kompetenzen/kompetenz-1/")] == [15, 9, 11]
    assert [price(stranger, f"{public}einheiten/einheit-1/{end}") for end in ("", "leitfaden/")] == [13, 11]
    assert [price(jonas, f"{ours}{end}") for end in ("", "vergleich/", "nummer/", "freigeben/")] == [14, 9, 10, 4]
    assert price(stranger, "/programme/erdachtes-programm/") == 15
