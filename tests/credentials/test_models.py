import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from staffel.credentials.models import Award
from tests.cohorts.factories import make_pilot_cohort
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher

pytestmark = pytest.mark.django_db


def refused_by(name, change):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()


def test_a_place_has_one_valid_award():
    anke = make_finisher(make_finished_cohort())
    make_award(anke)

    refused_by("credentials_one_valid_award_each|credentials_award.enrolment_id", lambda: make_award(anke))
    Award.objects.update(revoked_at=timezone.now(), revocation_reason="Falsch.")

    assert make_award(anke).is_valid


def test_an_award_has_one_origin():
    award = make_award(make_finisher(make_finished_cohort()))
    pilot = make_pilot_cohort()

    refused_by("credentials_award_has_one_origin", lambda: Award.objects.update(pilot_cohort=pilot))
    refused_by("credentials_award_has_one_origin", lambda: Award.objects.update(enrolment=None))
    refused_by(
        "credentials_award_has_one_origin", lambda: Award.objects.filter(pk=award.pk).update(enrolment=None, pilot_cohort=pilot)
    )


def test_a_revoked_award_has_a_reason():
    make_award(make_finisher(make_finished_cohort()))

    refused_by("credentials_revoked_has_reason", lambda: Award.objects.update(revoked_at=timezone.now()))
