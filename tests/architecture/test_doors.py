"""Every URL has a guard."""

from django.test import RequestFactory

from staffel.base.guard import door_of
from staffel.portal.reference import doors


def test_every_url_is_guarded_or_public_by_reason():
    assert [f"{route} ({name})" for route, name, view in doors() if door_of(view) is None] == []


def test_every_url_has_a_name_in_a_namespace():
    assert [route for route, name, view in doors() if ":" not in name or name.endswith(":None")] == []


def test_what_skips_the_csrf_check_refuses_to_write():
    """A view may leave out the check only because it answers 405 to every writing method."""
    open_to_writes = [
        f"{route} {method}"
        for route, name, view in doors()
        if getattr(view, "csrf_exempt", False)
        for method in ("POST", "PUT", "PATCH", "DELETE")
        if view(RequestFactory().generic(method, "/")).status_code != 405
    ]

    assert open_to_writes == []


def test_every_public_view_skips_the_csrf_check_or_takes_forms():
    """Nothing public takes a form yet; the first one that does gets a line here."""
    takes_forms: set[str] = set()
    checked = {
        name for route, name, view in doors() if door_of(view).startswith("public") and not getattr(view, "csrf_exempt", False)
    }

    assert checked == takes_forms


def test_german_paths_and_english_names():
    """An address speaks German to people; machines get English below /api/, /health/ and /metrics/."""
    german = {"", "bausteine", "barrierefreiheit", "daten", "datenschutz", "foerderung", "gebaerdensprache", "impressum"}
    german |= {"karte", "kommunen", "kreise", "laender", "leichte-sprache", "staffeln"}
    german |= {"abmelden", "anmelden", "anmelden-als", "ausschreibungen", "bewerbung", "buero", "feedback", "freigabe"}
    german |= {"kalender", "konto", "mein-bereich", "postausgang", "programme", "pruefen", "rolle", "teilnahme", "urkunde"}
    german |= {"wer-darf-was", "zahlen", "zusage"}
    first_words = {route.replace("^", "").split("/")[1] for route, name, view in doors()}

    assert first_words - german == {"api", "health", "metrics"}
