from datetime import date, timedelta

import pytest
from django.utils import timezone

from staffel.learning import privacy
from staffel.learning.models import Presentation
from tests.cohorts.factories import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db


def make_presentation(**facts):
    """Return the presentation of Anke."""
    return Presentation.objects.create(
        enrolment=make_enrolment(make_cohort(**facts)), held_on=date(2026, 9, 10), title="Leihräder"
    )


def test_export_tells_what_is_kept():
    row = make_presentation()

    assert privacy.export(row.enrolment.person) == {
        "Abschlusspräsentationen": [{"Staffel": "Staffel 4", "Gehalten am": "2026-09-10", "Thema": "Leihräder"}]
    }


def test_erase_takes_the_topic_and_keeps_the_proof():
    row = make_presentation()

    sentences = privacy.erase(row.enrolment.person, by=row.enrolment.person)

    row.refresh_from_db()
    assert (len(sentences), row.title) == (2, "")
    row.delete()
    assert privacy.erase(row.enrolment.person, by="x") == []


def test_expire_after_ten_years():
    make_presentation(starts=timezone.now() - timedelta(days=3660))

    assert privacy.expire(timezone.now() - timedelta(days=30)) == {"learning.presentation": 0}
    assert privacy.expire(timezone.now()) == {"learning.presentation": 1}
