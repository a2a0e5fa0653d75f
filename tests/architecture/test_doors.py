"""Every URL has a guard."""

from django.test import RequestFactory

from staffel.accounts.urls import ALLAUTH
from staffel.base.guard import door_of
from staffel.portal.reference import doors


def test_every_url_is_guarded_or_public_by_reason():
    assert [f"{route} ({name})" for route, name, view in doors() if door_of(view) is None] == []


def test_every_url_has_a_name_in_a_namespace():
    """Four views of ours have a second name under which allauth looks for them."""
    allauth = {entry.name for entry in ALLAUTH}
    nameless = [(route, name) for route, name, view in doors() if ":" not in name or name.endswith(":None")]

    assert [name for route, name in nameless if name not in allauth] == []
    assert {route for route, name in nameless} <= {route for route, name, view in doors() if name.startswith("accounts:")}


def test_what_skips_the_csrf_check_refuses_to_write():
    """A view may leave out the check only because it answers 405 to every writing method."""
    open_to_writes = [
        f"{route} {method}"
        for route, name, view in doors()
        if getattr(view, "csrf_exempt", False)
        # The guard asks for the person, or for the link, before it lets anybody through; what counts stands behind it.
        for behind in [view if door_of(view).startswith("public") else view.staffel_behind]
        for method in ("POST", "PUT", "PATCH", "DELETE")
        if behind(RequestFactory().generic(method, "/")).status_code != 405
    ]

    assert open_to_writes == []


def test_every_public_view_skips_the_csrf_check_or_takes_forms():
    """Whatever public view takes a form stands here."""
    takes_forms: set[str] = {
        f"accounts:{name}" for name in ("sign_in", "sign_in_code", "resend_code", "second_proof", "passkey")
    }
    takes_forms |= {"accounts:provider_start", "accounts:provider_back", "accounts:sign_in_as"}
    takes_forms |= {"accounts:feedback"}
    takes_forms |= {"admissions:apply", "admissions:link_again"}
    takes_forms |= {entry.name for entry in ALLAUTH}
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
