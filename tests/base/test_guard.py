"""The door itself, on views made for the test; the doors of all real views are walked in ``architecture``."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from staffel.accounts.models import Organisation, Person
from staffel.base.guard import door_of, guard, public


def may_enter(person):
    return person.name == "Emil"


def may_open(person, organisation):
    return organisation.name == "Programmbüro"


def seen_by(person):
    return Organisation.objects.filter(name__startswith=person.name[0]) if person.name == "Cora" else Organisation.objects.all()


@guard(may_enter)
def office(request):
    return HttpResponse("office")


@guard(may_open, of=seen_by)
def organisation_page(request, organisation):
    return HttpResponse(organisation.name)


def asked_by(name):
    request = RequestFactory().get("/")
    request.user = Person(name=name)
    return request


def test_guard_lets_in_who_may():
    assert office(asked_by("Emil")).content == b"office"


def test_guard_refuses_who_may_not():
    with pytest.raises(PermissionDenied):
        office(asked_by("Anke"))


@pytest.mark.django_db
def test_guard_hands_the_row_to_the_view():
    row = Organisation.objects.create(name="Programmbüro")

    assert organisation_page(asked_by("Emil"), public_id=row.public_id).content.decode() == "Programmbüro"


@pytest.mark.django_db
def test_guard_hides_what_a_stranger_cannot_see():
    row = Organisation.objects.create(name="Programmbüro")

    with pytest.raises(Http404):
        organisation_page(asked_by("Cora"), public_id=row.public_id)


@pytest.mark.django_db
def test_guard_refuses_to_act_on_what_is_only_seen():
    row = Organisation.objects.create(name="Stadt Musterau")

    with pytest.raises(PermissionDenied):
        organisation_page(asked_by("Emil"), public_id=row.public_id)


def test_public_needs_a_reason():
    with pytest.raises(ValueError, match="a public view needs a reason"):
        public("")


def test_doors_say_how_they_are_guarded():
    @public("everybody may read it")
    def page(request):
        return HttpResponse()

    assert door_of(page) == "public: everybody may read it"
    assert page.login_required is False
    assert door_of(office) == "guard: tests.base.test_guard.may_enter"
    assert door_of(seen_by) is None


def test_a_view_without_public_sends_strangers_to_sign_in(client, settings):
    from django.contrib.auth.middleware import LoginRequiredMiddleware

    request = RequestFactory().get("/buero/")
    request.user = AnonymousUser()
    answer = LoginRequiredMiddleware(lambda request: None).process_view(request, office, (), {})

    assert (answer.status_code, answer["Location"]) == (302, "/anmelden/?next=/buero/")
