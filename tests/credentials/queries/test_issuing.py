import pytest
from django.utils import timezone

from staffel.cohorts.models import Enrolment
from staffel.credentials.queries import candidates
from staffel.credentials.queries.issuing import is_over
from tests.accounts.factories import make_emil, make_person
from tests.cohorts.factories import make_cohort, make_enrolment
from tests.credentials.factories import LONG_AGO, make_award, make_finished_cohort, make_finisher

pytestmark = pytest.mark.django_db


def test_candidates_say_who_can_get_an_award_and_why_not():
    cohort = make_finished_cohort()
    award = make_award(make_finisher(cohort))
    make_finisher(cohort, "Bert")
    make_finisher(cohort, "Cora", presented=False)
    make_finisher(cohort, "Dilek", minutes=120)
    make_finisher(cohort, "王")
    make_enrolment(cohort, make_person("Gül"), state=Enrolment.State.LEFT, left_at=timezone.now())

    found = {one.name: (one.state, one.obstacles, one.code) for one in candidates(cohort, make_emil())}

    assert found == {
        "Anke Beispiel": ("issued", (), award.code),
        "Bert Beispiel": ("ready", (), ""),
        "Cora Beispiel": ("not_ready", ("Noch offen: Präsentation.",), ""),
        "Dilek Beispiel": ("not_ready", found["Dilek Beispiel"][1], ""),
        "王 Beispiel": ("not_ready", ("Im Namen stehen Zeichen, die nicht gedruckt werden können: 王.",), ""),
    }
    assert found["Dilek Beispiel"][1][0].startswith("Noch offen: ")


def test_candidates_wait_for_the_last_session():
    cohort = make_finished_cohort()
    make_finisher(cohort)

    [one] = candidates(cohort, make_emil(), now=LONG_AGO)

    assert (one.state, one.obstacles) == ("not_ready", ("Der letzte Termin ist noch nicht vorbei.",))


def test_a_cohort_without_dates_is_not_over():
    cohort = make_cohort()
    cohort.sessions.all().delete()

    assert is_over(cohort, timezone.now()) is False


@pytest.mark.parametrize("count", [1, 3])
def test_candidates_cost_seven_queries(count, django_assert_num_queries):
    cohort, emil = make_finished_cohort(), make_emil()
    for name in ("Anke", "Bert", "Cora")[:count]:
        make_finisher(cohort, name)

    with django_assert_num_queries(7):
        assert len(candidates(cohort, emil)) == count
