import json

import pytest
from django.test import Client

from staffel.accounts.core.roles import Role
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher
from tests.municipalities.factories import make_land, make_municipality

pytestmark = pytest.mark.django_db
OFFICE = ("/buero/zahlen/", "/buero/zahlen/export.csv", "/buero/zahlen/export.xlsx", "/buero/zahlen/export.json")
PUBLIC = ("/zahlen/", "/zahlen/export.csv", "/zahlen/export.xlsx", "/zahlen/export.json")


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


def make_people():
    land = make_land("12")
    land.organisation = make_organisation("Land Brandenburg")
    land.save()
    make_emil()
    make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=land.organisation)
    make_person("Gül", role=Role.SPONSOR, organisation=make_organisation("Ministerium"))
    make_person("Editha", role=Role.EDITOR)
    make_person("Otto", role=Role.OPERATOR)
    for name in ("Anke", "Frauke"):
        make_person(name)


@pytest.mark.parametrize("path", OFFICE)
def test_who_sees_the_figures_of_the_office(path):
    make_people()
    make_award(make_finisher(make_finished_cohort(), "Bert", make_municipality()))

    people = ("Emil", "Dilek", "Gül", "Editha", "Otto", "Anke", "Frauke", "Bert")
    found = [signed_in(make_person(name)).get(path).status_code for name in people]

    assert found == [200, 200, 200, 403, 403, 403, 403, 403]
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("path", PUBLIC)
def test_public_figures_are_for_everybody_and_name_nobody(client, path):
    make_award(make_finisher(make_finished_cohort(), "Anke", make_municipality()))

    answer = client.get(path)

    assert answer.status_code == 200
    assert b"Anke" not in answer.content


@pytest.mark.parametrize("path", [*PUBLIC, *OFFICE])
def test_figures_are_only_read(path):
    assert signed_in(make_emil()).post(path).status_code == 405


@pytest.mark.parametrize("path", ["/zahlen/export.pdf", "/zahlen/export.", "/buero/zahlen/export.html"])
def test_other_files_do_not_exist(path):
    assert signed_in(make_emil()).get(path).status_code == 404


def test_public_page_says_what_to_see(client):
    make_award(make_finisher(make_finished_cohort(), "Anke", make_municipality()))

    page = client.get("/zahlen/").content.decode()

    assert "1 von 1 Menschen mit Urkunde kommen aus Kommunen in Brandenburg." in page
    assert (" %" in page, "Prozent" in page.replace("nicht in Prozent um", ""), "Beispiele" in page) == (False, False, False)


def test_public_page_before_the_first_award_says_what_comes(client):
    assert "Noch hat niemand das Programm abgeschlossen." in client.get("/zahlen/").content.decode()


def test_examples_are_told_apart(client):
    make_award(make_finisher(make_finished_cohort(is_example=True), "Anke", make_municipality()))

    assert "Diese Zahlen enthalten erfundene Beispiele." in client.get("/zahlen/").content.decode()
    assert "Diese Zahlen enthalten erfundene Beispiele." in signed_in(make_emil()).get("/buero/zahlen/").content.decode()
    assert json.loads(client.get("/zahlen/export.json").content)["remark"].endswith("Enthält erfundene Beispiele.")


def test_public_page_changes_with_an_award_and_is_kept_until_then(client, django_assert_num_queries):
    first = client.get("/zahlen/")
    with django_assert_num_queries(1):
        assert client.get("/zahlen/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    make_award(make_finisher(make_finished_cohort(), "Anke", make_municipality()))

    assert client.get("/zahlen/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_office_page_without_anything_says_what_comes_first():
    assert "Noch gibt es nichts zu zählen." in signed_in(make_emil()).get("/buero/zahlen/").content.decode()


def test_files_of_the_office_are_not_kept_by_anybody():
    answer = signed_in(make_emil()).get("/buero/zahlen/export.csv")

    assert (answer["Cache-Control"], answer["Content-Disposition"]) == (
        "private, no-store",
        'attachment; filename="programmzahlen.csv"',
    )
