"""Every URL has a guard."""

from staffel.base.guard import door_of
from tests.architecture.house import doors


def test_every_url_is_guarded_or_public_by_reason():
    assert [f"{route} ({name})" for route, name, view in doors() if door_of(view) is None] == []


def test_every_url_has_a_name_in_a_namespace():
    assert [route for route, name, view in doors() if ":" not in name or name.endswith(":None")] == []


def test_german_paths_and_english_names():
    english = {"base", "ui"}
    routes = [route for route, name, view in doors() if name.split(":")[0] not in english]

    assert [route for route in routes if "/municipalit" in route and not route.startswith("/api/")] == []
