"""The demo's Postausgang: everything can be read, every link works. Production does not have it."""

import pytest

from tests.accounts.factories import make_letter
from tests.config.test_settings import PRODUCTION, python

TOKEN = "Zk3_x-9aBcDeFgHiJkLmNo"
LINK = f"http://127.0.0.1:8000/freigabe/{TOKEN}/"

RESOLVES = """
import django; django.setup()
from django.urls import Resolver404, resolve
for path in ("/postausgang/", "/postausgang/ABCDEFGHJKMN/", "/postausgang/ABCDEFGHJKMN/ansicht/", "/anmelden-als/"):
    try:
        print(resolve(path).view_name)
    except Resolver404:
        print("nowhere")
"""


@pytest.mark.parametrize(
    "environment, places",
    [
        ({}, ["accounts:outbox", "accounts:outbox_letter", "accounts:outbox_frame", "accounts:examples"]),
        (PRODUCTION, ["nowhere"] * 4),
    ],
    ids=["demo", "production"],
)
def test_only_the_demo_has_it(tmp_path, environment, places):
    assert python(RESOLVES, tmp_path=tmp_path, **environment).stdout.split() == places


@pytest.mark.django_db
def test_the_list_has_the_newest_first_and_is_narrowed_by_recipient(client):
    make_letter("Der erste")
    make_letter("Der zweite", to="guel@example.org", name="Gül Beispiel")
    make_letter("Der dritte")

    everything = [line.subject for line in client.get("/postausgang/").context["page"].lines]
    hers = [line.subject for line in client.get("/postausgang/", {"an": "GUEL@example.org"}).context["page"].lines]
    found = [line.subject for line in client.get("/postausgang/", {"q": "dritte"}).context["page"].lines]

    assert (everything, hers, found) == (["Der dritte", "Der zweite", "Der erste"], ["Der zweite"], ["Der dritte"])


@pytest.mark.django_db
def test_a_letter_keeps_its_links_and_lets_them_lead_out_of_the_frame(client):
    letter = make_letter(button=("Antworten", LINK), confidential=True)

    page = client.get(f"/postausgang/{letter.public_id}/")
    frame = client.get(f"/postausgang/{letter.public_id}/ansicht/")

    assert f'<a href="{LINK}" rel="nofollow">{LINK}</a>' in page.content.decode()
    assert '<base target="_top">' in frame.content.decode()
    assert frame.content.decode().count(f'href="{LINK}"') == 2
    assert "sandbox allow-top-navigation-by-user-activation;" in frame["Content-Security-Policy"] + ";"
    assert (frame["X-Frame-Options"], page["X-Frame-Options"]) == ("SAMEORIGIN", "DENY")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "{}/", "{}/ansicht/"])
def test_pages_are_read_by_everybody_and_take_no_form(client, path):
    address = "/postausgang/" + path.format(make_letter().public_id)

    assert (client.get(address).status_code, client.post(address).status_code) == (200, 405)


@pytest.mark.django_db
def test_what_does_not_exist_is_404(client):
    assert client.get("/postausgang/GIBTESNICHT0/").status_code == 404
    assert client.get("/postausgang/GIBTESNICHT0/ansicht/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_three_queries(client, count, django_assert_num_queries):
    for _ in range(count):
        make_letter()

    with django_assert_num_queries(3):
        assert client.get("/postausgang/").status_code == 200


@pytest.mark.django_db
def test_an_empty_outbox_says_how_to_fill_it(client):
    assert "Bewerben Sie sich zum Beispiel" in client.get("/postausgang/").content.decode()
