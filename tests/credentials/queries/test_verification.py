import pytest
from django.utils import timezone

from staffel.credentials import actions
from staffel.credentials.models import Award
from staffel.credentials.queries import Outcome, verify
from tests.accounts.factories import make_emil
from tests.cohorts.factories import make_pilot_cohort
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher

pytestmark = pytest.mark.django_db


def test_verify_shows_what_stands_on_the_paper_and_no_more():
    award = make_award(make_finisher(make_finished_cohort()))

    found = verify(award.code)

    assert found.outcome is Outcome.VALID
    assert [(fact.label, fact.value) for fact in found.facts] == [
        ("Name", "Anke Beispiel"),
        ("Art", "Zertifikat"),
        ("Programm", "Beispielprogramm, Version 1.0.0"),
        ("Inhalte", "Grundlagen"),
        ("Teilnahme", "7,5 von 8 Stunden"),
        ("Zeitraum", "2. September 2024 bis 3. September 2024"),
        ("Ausgestellt von", "Programmbüro"),
        ("Ausgestellt am", "5. September 2024"),
    ]


def test_verify_tells_an_example():
    award = make_award(make_finisher(make_finished_cohort(is_example=True)))

    assert verify(award.code).outcome is Outcome.EXAMPLE


def test_verify_tells_a_revoked_one_without_its_reason():
    award = make_award(make_finisher(make_finished_cohort()))
    actions.revoke_award(award, reason="Falsch.", by=make_emil())

    found = verify(award.code)

    assert (found.outcome, found.revoked) == (Outcome.REVOKED, f"{timezone.localdate():%d.%m.%Y}")


def test_verify_tells_a_reconstruction():
    make_pilot_cohort(qualified_total=1)
    actions.reconstruct_pilot_awards("Test")

    found = verify(Award.objects.get().code)

    assert (found.outcome, found.facts) == (Outcome.RECONSTRUCTION, ())


@pytest.mark.parametrize(
    ("typed", "outcome", "shown"),
    [
        ("7K2M-9QXW-4T1BJ", Outcome.UNKNOWN, "7K2M-9QXW-4T1BJ"),
        ("7K2M-9QWX-4T1BJ", Outcome.MISTYPED, ""),
        ("7K2M", Outcome.NOT_A_CODE, ""),
    ],
)
def test_verify_tells_three_kinds_of_no(typed, outcome, shown):
    found = verify(typed)

    assert (found.outcome, found.shown, found.found) == (outcome, shown, False)


@pytest.mark.parametrize(("typed", "queries"), [("7K2M-9QXW-4T1BJ", 1), ("7K2M-9QWX-4T1BJ", 0), ("7K2M", 0)])
def test_verify_costs_one_query_at_most(typed, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        verify(typed)
