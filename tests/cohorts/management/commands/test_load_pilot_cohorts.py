from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from staffel.cohorts import queries
from staffel.cohorts.models import PilotCohort, PilotSeat

pytestmark = pytest.mark.django_db


def load():
    out = StringIO()
    call_command("load_pilot_cohorts", stdout=out)
    return out.getvalue().splitlines()


def test_the_three_published_lists_load_completely_and_only_once(django_assert_num_queries):
    call_command("load_municipalities", stdout=StringIO())

    assert load() == [
        "Staffeln der Pilotphase: 3 Zeilen, 3 neu, 0 geändert.",
        "Plätze der Pilotphase: 46 Zeilen, 46 neu, 0 geändert.",
    ]
    assert PilotSeat.municipalities.through.objects.count() == 47
    assert queries.pilot_figures() == queries.PilotFigures(staffeln=3, people=45, seats=46, shared_seats=1, municipalities=36)
    assert [(one.number, one.qualified, len(one.seats), one.municipalities) for one in queries.pilot_cohorts()] == [
        (1, 15, 15, 16),
        (2, 14, 15, 15),
        (3, 16, 16, 16),
    ]
    returned = [place for place in queries.pilot_municipalities() if len(place.staffeln) == 2]
    assert (len(queries.pilot_municipalities()), len(returned)) == (36, 11)

    with django_assert_num_queries(1):
        assert load() == ["Staffeln der Pilotphase: unverändert."]


def test_lists_before_the_municipalities_are_refused():
    with pytest.raises(CommandError) as refusal:
        load()

    assert str(refusal.value) == ("Es sind noch keine Kommunen geladen. Bitte laden Sie zuerst: manage.py load_municipalities.")
    assert not PilotCohort.objects.exists()
