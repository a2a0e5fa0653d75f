import re

import pytest

from staffel.accounts.models import Person
from staffel.credentials.models import Award
from tests.accounts.factories import make_person
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher
from tests.credentials.test_exports import needs_fonts

PEOPLE = ("", "Emil", "Zweitbüro", "Dilek", "Gül", "Frauke", "Anke", "Bert", "Cora")
EXPECTED = {
    "awards": (302, 200, 404, 200, 404, 403, 403, 403, 404),
    "issue": (302, 200, 404, 403, 404, 403, 403, 403, 404),
    "preview": (302, 200, 404, 403, 404, 403, 404, 403, 404),
    "revoke": (302, 200, 404, 403, 404, 404, 403, 404, 404),
    "paper": (302, 200, 404, 200, 404, 404, 200, 404, 404),
}


@needs_fonts
@pytest.mark.parametrize("name", EXPECTED)
def test_who_gets_through_which_door(stage, signed_in, name):
    address = stage.addresses()[name]

    found = tuple(signed_in(person).get(address).status_code for person in PEOPLE)

    assert dict(zip(PEOPLE, found, strict=True)) == dict(zip(PEOPLE, EXPECTED[name], strict=True))


@pytest.mark.parametrize("name", ["issue", "revoke"])
def test_only_the_office_acts(stage, signed_in, name):
    address, content = stage.addresses()[name], {"people": stage.bert.public_id, "reason": "Falsch."}

    found = {person: signed_in(person).post(address, content).status_code for person in PEOPLE if person != "Emil"}

    assert 302 not in {status for person, status in found.items() if person}
    assert list(Award.objects.values_list("code", "revoked_at")) == [(stage.award.code, None)]


@pytest.mark.parametrize("name", ["awards", "preview", "paper"])
def test_reading_pages_take_no_post(stage, signed_in, name):
    assert signed_in("Emil").post(stage.addresses()[name]).status_code == 405


# Pages ------------------------------------------------------------------------------------------------------------------


def rows_of(page):
    """Return the rows of the first table as lists of text."""
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL).group(1)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    return [[re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in row] for row in cells]


def test_awards_lists_everybody_with_state_and_reason(stage, signed_in):
    make_finisher(stage.cohort, "Cora", presented=False)

    page = signed_in("Emil").get(stage.addresses()["awards"]).content.decode()

    shown = f"{stage.award.code[:4]}-{stage.award.code[4:8]}-{stage.award.code[8:]}"
    assert rows_of(page) == [
        ["Anke Beispiel", "ausgestellt", shown, "Urkunde : Anke Beispiel"],
        ["Bert Beispiel", "bereit", "Alles erfüllt.", "Vorschau : Bert Beispiel"],
        ["Cora Beispiel", "noch nicht", "Noch offen: Präsentation.", "Vorschau : Cora Beispiel"],
    ]
    assert "Eine Urkunde kann ausgestellt werden." in page


def test_a_land_reads_its_own_people_and_acts_on_nothing(stage, signed_in):
    page = signed_in("Dilek").get(stage.addresses()["awards"]).content.decode()

    assert [row[0] for row in rows_of(page)] == ["Anke Beispiel", "Bert Beispiel"]
    assert ("ausstellen/" in page, "widerrufen/" in page, "vorschau/" in page) == (False, False, False)


def test_an_empty_cohort_says_how_people_come(stage, signed_in):
    empty = make_finished_cohort(name="Staffel 9")

    page = signed_in("Emil").get(f"/buero/staffeln/{empty.public_id}/zertifikate/").content.decode()

    assert ("Hier nimmt noch niemand teil." in page, "Noch ist nichts ausgestellt." in page) == (True, True)


def test_issue_names_everybody_first_and_then_issues_in_one_act(stage, signed_in):
    emil, address = signed_in("Emil"), stage.addresses()["issue"]

    page = emil.get(address).content.decode()
    answer = emil.post(address, {"people": [stage.bert.public_id]}, follow=True)

    assert ("Bert Beispiel" in page, "Anke Beispiel" in page) == (True, False)
    assert answer.redirect_chain == [(stage.addresses()["awards"], 302)]
    assert "Eine Urkunde ist ausgestellt. Die Person bekommt einen Brief." in answer.content.decode()
    assert Award.objects.get(enrolment=stage.bert).issued_by == Person.objects.get(email="emil@example.org")


def test_issue_with_nobody_or_somebody_else_says_so(stage, signed_in):
    emil, address = signed_in("Emil"), stage.addresses()["issue"]

    nobody = emil.post(address, {})
    somebody_else = emil.post(address, {"people": [stage.award.enrolment.public_id]})

    assert (nobody.status_code, somebody_else.status_code) == (422, 422)
    assert "Bitte wählen Sie mindestens eine Person aus." in nobody.content.decode()
    assert Award.objects.count() == 1


def test_issue_with_nothing_left_says_so(stage, signed_in):
    make_award(stage.bert)

    page = signed_in("Emil").get(stage.addresses()["issue"]).content.decode()

    assert "Im Moment kann nichts ausgestellt werden." in page


def test_revoke_asks_for_a_reason_and_says_what_is_lost(stage, signed_in):
    emil, address = signed_in("Emil"), stage.addresses()["revoke"]

    page = emil.get(address).content.decode()
    without = emil.post(address, {"reason": " "})
    answer = emil.post(address, {"reason": "Der Name war falsch."}, follow=True)

    assert "Ein Widerruf gilt für immer." in page
    assert without.status_code == 422
    assert "Die Urkunde ist widerrufen." in answer.content.decode()
    assert Award.objects.get(pk=stage.award.pk).revocation_reason == "Der Name war falsch."
    assert emil.post(address, {"reason": "Noch einmal."}).status_code == 409


# Papers -----------------------------------------------------------------------------------------------------------------


@needs_fonts
def test_paper_is_a_pdf_that_nobody_else_keeps(stage, signed_in):
    answer = signed_in("Anke").get(stage.addresses()["paper"])

    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert answer["Content-Disposition"] == f'inline; filename="urkunde-{stage.award.code}.pdf"'
    assert answer.content.startswith(b"%PDF-")


@needs_fonts
def test_preview_issues_nothing(stage, signed_in):
    answer = signed_in("Emil").get(stage.addresses()["preview"])

    assert (answer.content[:5], Award.objects.count()) == (b"%PDF-", 1)


def test_the_paper_of_a_revoked_award_is_gone_and_the_page_says_why(stage, signed_in):
    signed_in("Emil").post(stage.addresses()["revoke"], {"reason": "Der Name war falsch."})

    answer = signed_in("Anke").get(stage.addresses()["paper"])

    assert (answer.status_code, answer["Content-Type"]) == (410, "text/html; charset=utf-8")
    assert "Der Grund: Der Name war falsch." in answer.content.decode()


def test_the_paper_of_an_unknown_code_is_not_found(stage, signed_in):
    assert signed_in("Anke").get("/urkunde/7K2M9QXW4T1BJ.pdf").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_awards_page_costs_the_same_for_one_and_three(stage, signed_in, count, django_assert_num_queries):
    cohort = make_finished_cohort(name="Staffel 9")
    for number in range(count):
        make_award(make_finisher(cohort, f"Mensch{number}"))
    emil = signed_in("Emil")

    with django_assert_num_queries(10):
        emil.get(f"/buero/staffeln/{cohort.public_id}/zertifikate/")


@needs_fonts
def test_a_paper_costs_four_queries(stage, signed_in, django_assert_num_queries):
    anke = signed_in("Anke")
    make_person("Anke")

    with django_assert_num_queries(4):
        anke.get(stage.addresses()["paper"])
