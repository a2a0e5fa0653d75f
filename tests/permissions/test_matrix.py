"""Every address × every persona × GET and POST, as written down in ``matrix.txt``."""

import pytest
from django.test import override_settings

from staffel.base.guard import door_of
from staffel.portal.reference import doors
from tests.permissions import matrix
from tests.permissions.world import EVERYBODY

ROUTES = matrix.routes()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROUTES)
def test_every_door_answers_as_written_down(name, world, writing):
    answers = matrix.lines(name, matrix.ask(world, name, ROUTES[name]))

    if writing:
        with matrix.PATH.open("a", encoding="utf-8") as file:
            file.write("\n".join(answers) + "\n")
    assert answers == (answers if writing else matrix.written().get(name))


def statuses(name, method):
    line = next(line for line in matrix.written()[name] if line.split()[1] == method)
    return dict(zip(EVERYBODY, map(int, line.split()[2:]), strict=True))


def guarded():
    return [name for _route, name, view in doors() if door_of(view).startswith("guard") and ":" in name]


def test_the_matrix_names_every_address_and_no_other():
    assert sorted(matrix.written()) == sorted(ROUTES)


@pytest.mark.parametrize("method", matrix.METHODS)
def test_nobody_without_an_account_comes_through_a_guard(method):
    """Sign-in comes before everything, also before the word that a method is wrong."""
    assert [name for name in guarded() if statuses(name, method)["niemand"] not in (302, 405)] == []


# What a sponsor, an editor and the head of another office may never get: anything about the people of our office.
ABOUT_PEOPLE = (
    "/buero/bewerbungen/",
    "/buero/ausschreibungen/<",
    "/buero/staffeln/<",
    "/staffeln/<",
    "/teilnahme/",
    "/urkunde/",
)


@pytest.mark.parametrize("who", ["cora", "fremd", "ines", "jonas", "karin"])
@pytest.mark.parametrize("method", matrix.METHODS)
def test_strangers_learn_nothing_about_people(who, method):
    let_in = [
        name
        for name, route in ROUTES.items()
        if route.replace("/^", "/").startswith(ABOUT_PEOPLE) and statuses(name, method)[who] not in (403, 404, 405)
    ]

    assert let_in == []


@pytest.mark.parametrize("who", ["anke", "bert", "cora", "frauke", "ines", "jonas"])
def test_the_office_is_closed_to_all_without_a_role_in_it(who):
    let_in = [
        name
        for name, route in ROUTES.items()
        if route.replace("/^", "/").startswith("/buero/") and statuses(name, "GET")[who] not in (403, 404, 405)
    ]
    own = {"ines": ["reporting:office_figures", "reporting:office_figures_export"]}
    editing = [name for name, route in ROUTES.items() if route.startswith("/buero/programme/")]

    assert [name for name in let_in if name not in own.get(who, ())] == (open_to_editors(editing) if who == "jonas" else [])


# The key that signs in the name of the house is with its coordinators.
KEYS = ("curriculum:key_rotate", "curriculum:key_revoke")


def open_to_editors(names):
    return [name for name in names if name not in KEYS and statuses(name, "GET")["emil"] not in (403, 404, 405)]


def test_a_land_reads_and_never_writes():
    written = [
        name
        for name, route in ROUTES.items()
        if route.replace("/^", "/").startswith(("/buero/", "/staffeln/<"))
        and statuses(name, "POST")["dilek"] not in (403, 404, 405)
    ]

    assert written == []


@override_settings(DEMO=True)
def test_nobody_ever_meets_a_server_error():
    assert [name for name in ROUTES for method in matrix.METHODS if max(statuses(name, method).values()) >= 500] == []
