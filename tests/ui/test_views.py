import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import include, path

from staffel.base.guard import public
from staffel.base.rules import Rule, RuleBroken
from staffel.ui import views

RULE = Rule("BSP-02", "Bis %(day)s sind höchstens %(places)s Plätze frei.", "Beispielordnung, Abschnitt 4")


def raising(error):
    @public("test")
    def view(request):
        raise error

    return view


urlpatterns = [
    path("kaputt/", raising(ZeroDivisionError("secret-detail"))),
    path("verboten/", raising(PermissionDenied())),
    path("seltsam/", raising(SuspiciousOperation())),
    path("regel/", raising(RuleBroken(RULE, "seen 3", day="<b>Montag</b>", places=2))),
    path("api/v1/regel/", raising(RuleBroken(RULE, "seen 3", day="Montag", places=2))),
    path("", include("staffel.ui.urls")),
]
handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def words(response) -> str:
    """Return the text of a page's main part, in one line."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize(
    "address, status, sentences",
    [
        (
            "/seltsam/",
            400,
            "Diese Anfrage verstehen wir nicht Etwas an der Adresse oder an den gesendeten Angaben ist "
            "unvollständig. Gehen Sie bitte "
            "eine Seite zurück und versuchen Sie es noch einmal. Hilft das nicht, beginnen Sie auf der "
            "Startseite. Zur Startseite",
        ),
        (
            "/verboten/",
            403,
            "Diese Seite ist nicht für Sie freigegeben Ihr Zugang reicht für das, was Sie tun wollten, nicht "
            "aus. Vielleicht sind Sie "
            "mit einem anderen Zugang angemeldet als sonst. Wer die Seite freigeben kann, ist Ihre "
            "Programmkoordination. Zur Startseite",
        ),
        (
            "/nirgends/",
            404,
            "Diese Seite gibt es nicht Vielleicht ist die Adresse vertippt, oder die Seite ist umgezogen. "
            "Prüfen Sie bitte die Adresse, "
            "oder beginnen Sie auf der Startseite. Zur Startseite",
        ),
    ],
)
def test_error_page_says_what_is_the_case_and_what_to_do(visitor, address, status, sentences):
    response = visitor.get(address)

    assert response.status_code == status
    assert words(response) == sentences


def test_server_error_shows_its_number_and_nothing_of_the_error(visitor, caplog):
    response = visitor.get("/kaputt/")

    assert response.status_code == 500
    assert words(response) == (
        "Hier ist uns ein Fehler passiert Es liegt nicht an Ihnen. Was vor diesem Schritt gespeichert war, "
        "ist noch da. Versuchen Sie "
        "es bitte in ein paar Minuten noch einmal. Bleibt der Fehler, nennen Sie dem Betrieb diese Nummer: Fehlernummer "
        f"{response['X-Request-ID']} Zur Startseite"
    )
    assert "secret-detail" not in response.content.decode()


def test_server_error_needs_no_middleware_and_no_database(strict_variables):
    # Without the pytest mark "django_db" any query would fail this test.
    response = views.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Fehlernummer" not in response.content.decode()


def test_a_form_from_a_stale_page_is_explained():
    response = views.csrf_refused(RequestFactory().post("/"))

    assert response.status_code == 403
    assert words(response) == (
        "Diese Seite war zu lange offen Zu Ihrem Schutz nehmen wir Angaben nur von einer frisch geladenen "
        "Seite an. Gespeichert wurde "
        "noch nichts. Gehen Sie bitte eine Seite zurück, laden Sie sie neu und senden Sie Ihre Angaben noch "
        "einmal. Ihr Browser muss "
        "dafür Cookies erlauben. Zur Startseite"
    )


def test_a_broken_rule_becomes_its_sentence(visitor):
    response = visitor.get("/regel/", headers={"Referer": "http://testserver/kommunen/"})

    assert response.status_code == 409
    assert words(response) == (
        "Das geht so nicht Bis &lt;b&gt;Montag&lt;/b&gt; sind höchstens 2 Plätze frei. Warum? Regel BSP-02 "
        "Grundlage: Beispielordnung, "
        "Abschnitt 4 Es wurde nichts geändert. Zurück"
    )
    assert 'href="http://testserver/kommunen/"' in response.content.decode()


def test_the_way_back_never_leads_to_another_site(visitor):
    response = visitor.get("/regel/", headers={"Referer": "https://fremd.example/"})

    assert "fremd.example" not in response.content.decode()


def test_a_broken_rule_is_json_for_the_api(visitor):
    response = visitor.get("/api/v1/regel/")

    assert response.status_code == 409
    assert response.json() == {"rule": "BSP-02", "message": "Bis Montag sind höchstens 2 Plätze frei."}


def test_gallery_asks_for_nothing_that_is_not_there(visitor, strict_variables):
    visitor.raise_request_exception = True

    response = visitor.get("/bausteine/")

    assert response.status_code == 200


def test_gallery_suggestions_are_a_fragment(visitor):
    response = visitor.get("/bausteine/vorschlaege/?q=dorf")

    assert " ".join(response.content.decode().split()) == (
        '<li role="option" id="ort-1" data-href="#suche" data-value="Musterdorf">Musterdorf '
        '<span class="st-muted st-small">erfunden</span></li>'
    )
