from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.admissions.models import Call
from staffel.cohorts.models import Session
from tests.admissions.factories import make_call
from tests.municipalities.factories import make_dataset, make_land, make_municipality

pytestmark = pytest.mark.django_db
LIST = "/ausschreibungen/"


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_says_what_to_do_when_nothing_is_open(client):
    assert "Im Moment ist keine Bewerbung möglich" in text_of(client, LIST)


def test_the_list_shows_open_coming_and_past_calls_but_no_drafts(client):
    now = timezone.now()
    make_call("Offen", closes_at=now + timedelta(days=12))
    make_call("Kommend", opens_at=now + timedelta(days=3))
    make_call("Entschieden", state=Call.State.PUBLISHED)
    make_call("Abgesagt", state=Call.State.CANCELLED)
    make_call("Entwurf", state=Call.State.DRAFT)

    text = text_of(client, LIST)

    assert [title for title in ("Offen", "Kommend", "Entschieden", "Abgesagt", "Entwurf") if f">{title}</a>" in text] == [
        "Offen",
        "Kommend",
        "Entschieden",
        "Abgesagt",
    ]
    assert ("noch 12 Tage" in text, "beginnt in 3 Tagen" in text) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_three_queries(client, django_assert_num_queries, count):
    for number in range(count):
        make_call(f"Staffel {number}").laender.add(make_land())

    # The stamp, the calls, their Länder.
    with django_assert_num_queries(3):
        client.get(LIST)
    # Kept: only the stamp.
    with django_assert_num_queries(1):
        client.get(LIST)


def test_the_page_of_a_call_says_everything(client):
    call = make_call(text="Ein **guter** Text.", largest_population=20_000)
    call.laender.add(make_land())

    text = text_of(client, f"{LIST}{call.public_id}/")

    for words in (
        "<strong>guter</strong>",
        "2 Termine vom",
        "15 Plätze",
        "Zwei Kommunen können sich einen Platz teilen.",
        "Die Kommune liegt in einem dieser Länder: Brandenburg.",
        "Sie hat höchstens 20.000 Einwohner.",
        "ADM-22",
        "Einheit 2",
        "innerhalb von 14 Tagen",
        "Was Sie zur Hand haben sollten",
        'href="bewerben/"',
    ):
        assert words in text, words


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_call_costs_four_queries(client, django_assert_num_queries, count):
    call = make_call()
    Session.objects.filter(cohort=call.cohort, position__gt=count).delete()

    # The stamp, the call, its Länder, its sessions.
    with django_assert_num_queries(4):
        client.get(f"{LIST}{call.public_id}/")


def test_drafts_and_strangers_are_not_found(client):
    draft = make_call(state=Call.State.DRAFT)

    for below in ("", "bewerben/", "link/"):
        assert client.get(f"{LIST}{draft.public_id}/{below}").status_code == 404
        assert client.get(f"{LIST}000000000000/{below}").status_code == 404


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Call.State.CLOSED, "Die Bewerbungsfrist ist vorbei, die Auswahl läuft."),
        (Call.State.PUBLISHED, "Über die Plätze ist entschieden."),
        (Call.State.CANCELLED, "Diese Ausschreibung ist abgesagt."),
    ],
)
def test_a_call_that_takes_nothing_says_so(client, state, words):
    call = make_call(state=state)

    text = text_of(client, f"{LIST}{call.public_id}/")

    assert (words in text, 'href="bewerben/"' in text) == (True, False)


def test_the_kept_page_changes_when_the_deadline_passes(client, monkeypatch):
    call = make_call()
    path = f"{LIST}{call.public_id}/"
    assert 'href="bewerben/"' in text_of(client, path)

    later = call.closes_at + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert 'href="bewerben/"' not in text_of(client, path)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Neu"},
        {"text": "Neu"},
        {"state": Call.State.CLOSED},
        {"not_funded_only": False},
        {"largest_population": 5_000},
        {"release_days": 3},
        {"answer_days": 3},
    ],
)
def test_the_kept_page_changes_with_the_call(client, change):
    call = make_call()
    path = f"{LIST}{call.public_id}/"
    before = text_of(client, path)

    Call.objects.update(**change)

    assert text_of(client, path) != before


def test_the_kept_page_changes_when_a_session_moves(client):
    call = make_call()
    path = f"{LIST}{call.public_id}/"
    before = text_of(client, path)

    session = call.cohort.sessions.first()
    session.starts_at -= timedelta(days=7)
    session.changed_at = timezone.now()
    session.save()

    assert text_of(client, path) != before


def test_suggestions_are_municipalities_with_their_keys(client):
    make_municipality()
    make_municipality("12060024", "Ebersgrund", counted=False)
    make_dataset()

    text = text_of(client, f"{LIST}kommunen/?q=ebe")

    assert text.count('role="option"') == 1
    assert 'data-code="12060052"' in text
    assert "Kein Ort gefunden" in text_of(client, f"{LIST}kommunen/?q=xyz")


@pytest.mark.parametrize("path", ["", "kommunen/"])
def test_public_pages_refuse_to_write(client, path):
    assert client.post(f"{LIST}{path}").status_code == 405
