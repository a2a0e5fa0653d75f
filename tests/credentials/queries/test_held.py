import pytest

from staffel.credentials import actions
from staffel.credentials.queries import awards_of, awards_of_cohort
from tests.accounts.factories import make_emil, make_person
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher

pytestmark = pytest.mark.django_db


def test_awards_of_tells_each_with_its_state():
    award = make_award(make_finisher(make_finished_cohort()))

    [line] = awards_of(make_person("Anke"))

    assert (line.title, line.cohort, line.issued, line.state, line.words) == (
        "Beispielprogramm", "Staffel 4", "05.09.2024", "valid", "gültig",
    )  # fmt: skip
    assert (line.paper, line.verify) == (f"/urkunde/{award.code}.pdf", f"/pruefen/{award.code}/")


def test_a_revoked_award_has_no_paper():
    award = make_award(make_finisher(make_finished_cohort()))
    actions.revoke_award(award, reason="Falsch.", by=make_emil())

    [line] = awards_of(make_person("Anke"))

    assert (line.state, line.reason, line.paper) == ("revoked", "Falsch.", "")


@pytest.mark.parametrize("count", [1, 3])
def test_awards_cost_one_query_each(count, django_assert_num_queries):
    cohort, emil = make_finished_cohort(), make_emil()
    for name in ("Anke", "Bert", "Cora")[:count]:
        make_award(make_finisher(cohort, name))
    anke = make_person("Anke")
    emil.acting  # noqa: B018 - asked once, by whoever comes first

    with django_assert_num_queries(1):
        assert len(awards_of(anke)) == 1
    with django_assert_num_queries(1):
        assert len(awards_of_cohort(cohort, emil)) == count
