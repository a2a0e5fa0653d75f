import re

import pytest
from django.test import Client

from staffel.credentials import actions
from staffel.credentials.models import Award
from tests.accounts.factories import make_emil
from tests.cohorts.factories import make_pilot_cohort
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher

pytestmark = pytest.mark.django_db


def heading_of(answer):
    return re.search(r"<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL).group(1).strip()


@pytest.fixture
def award():
    return make_award(make_finisher(make_finished_cohort()))


def test_the_form_leads_to_the_answer(client, award):
    page = client.get("/pruefen/")
    answer = client.get("/pruefen/", {"code": f" {award.code[:4].lower()}-{award.code[4:]}"})

    assert (page.status_code, heading_of(page)) == (200, "Zertifikat prüfen")
    assert (answer.status_code, answer["Location"]) == (302, f"/pruefen/{award.code}/")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("7K2M-9QWX-4T1BJ", "Das Prüfzeichen passt nicht"),
        ("7K2M", "Ein Prüfcode hat 13 Zeichen"),
        ("<script>", "Ein Prüfcode hat 13 Zeichen"),
        ("\x00", "Ein Prüfcode hat 13 Zeichen"),
    ],
)
def test_a_typing_error_is_told_at_the_form_with_what_was_typed(client, typed, sentence):
    answer = client.get("/pruefen/", {"code": typed})

    assert (answer.status_code, sentence in answer.content.decode()) == (200, True)
    assert "<script>" not in answer.content.decode()


def test_blanks_are_no_code(client):
    assert heading_of(client.get("/pruefen/?code=+")) == "Zertifikat prüfen"


def test_a_valid_award_shows_the_paper(client, award):
    answer = client.get(f"/pruefen/{award.code}/")
    page = answer.content.decode()

    assert (answer.status_code, heading_of(answer)) == (200, "Diese Urkunde ist gültig")
    assert ("Anke Beispiel" in page, "anke@example.org" in page, "Ein Leitbild" in page) == (True, False, False)


def test_the_code_may_be_written_as_on_the_paper(client, award):
    shown = f"{award.code[:4]}-{award.code[4:8]}-{award.code[8:]}".lower()

    assert heading_of(client.get(f"/pruefen/{shown}/")) == "Diese Urkunde ist gültig"


def test_a_revoked_award_shows_the_day_but_neither_reason_nor_name(client, award):
    actions.revoke_award(award, reason="Der Grund bleibt hier.", by=make_emil())

    answer = client.get(f"/pruefen/{award.code}/")
    page = answer.content.decode()

    assert heading_of(answer) == "Diese Urkunde ist widerrufen"
    assert ("Der Grund bleibt hier." in page, "Anke" in page) == (False, False)


def test_an_example_is_told(client):
    award = make_award(make_finisher(make_finished_cohort(is_example=True)))

    assert heading_of(client.get(f"/pruefen/{award.code}/")) == "Diese Urkunde ist ein Beispiel"


def test_a_reconstruction_is_told(client):
    make_pilot_cohort(qualified_total=1)
    actions.reconstruct_pilot_awards("Test")

    answer = client.get(f"/pruefen/{Award.objects.get().code}/")

    assert (answer.status_code, heading_of(answer)) == (200, "Rekonstruktion, kein echtes Zertifikat")


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("7K2M9QXW4T1BJ", "Diesen Prüfcode kennen wir nicht"),
        ("7K2M9QWX4T1BJ", "Da hat sich wohl ein Tippfehler eingeschlichen"),
        ("7K2M", "Da hat sich wohl ein Tippfehler eingeschlichen"),
    ],
)
def test_what_is_not_there_is_not_found(client, code, heading):
    answer = client.get(f"/pruefen/{code}/")

    assert (answer.status_code, heading_of(answer)) == (404, heading)


def test_nobody_keeps_or_indexes_an_answer(client, award):
    for path in ("/pruefen/", f"/pruefen/{award.code}/", "/pruefen/7K2M/"):
        answer = client.get(path)

        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_a_post_is_refused(award):
    assert [Client().post(path).status_code for path in ("/pruefen/", f"/pruefen/{award.code}/")] == [405, 405]


@pytest.mark.parametrize("count", [1, 3])
def test_verification_costs_one_query(client, count, django_assert_num_queries):
    cohort = make_finished_cohort()
    awards = [make_award(make_finisher(cohort, f"Mensch{number}")) for number in range(count)]

    with django_assert_num_queries(1):
        client.get(f"/pruefen/{awards[0].code}/")
    with django_assert_num_queries(0):
        client.get("/pruefen/")
