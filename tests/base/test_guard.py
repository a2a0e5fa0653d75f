"""The door itself, on views made for the test; the doors of all real views are walked in ``architecture``."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from staffel.accounts.models import Organisation, Person
from staffel.base.actions import close_links, issue_link
from staffel.base.core import rules
from staffel.base.guard import door_of, guard, guard_link, public
from staffel.base.models import Link
from staffel.base.rules import RuleBroken


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


@guard_link("test.open", of=Organisation.objects.all)
def page_by_link(request, organisation, token):
    return HttpResponse(f"{organisation.name} {token}")


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


# Links ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def row():
    return Organisation.objects.create(name="Programmbüro")


def in_days(days):
    return timezone.now() + timedelta(days=days)


def refused(token):
    with pytest.raises(RuleBroken) as refusal:
        page_by_link(RequestFactory().get("/"), token=token)
    return refusal.value.rule


@pytest.mark.django_db
def test_guard_link_hands_row_and_token_to_the_view(row, django_assert_num_queries):
    token = issue_link("test.open", row.public_id, until=in_days(1))

    with django_assert_num_queries(2):
        answer = page_by_link(RequestFactory().get("/"), token=token)

    assert answer.content.decode() == f"Programmbüro {token}"
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "Zk3_x-9aBcDeFgHiJkLmNo", "' OR 1=1", "ä" * 5000])
def test_guard_link_refuses_an_unknown_token(row, token):
    issue_link("test.open", row.public_id, until=in_days(1))

    assert refused(token) is rules.LINK_OPEN


@pytest.mark.django_db
def test_guard_link_refuses_an_expired_link(row):
    assert refused(issue_link("test.open", row.public_id, until=timezone.now())) is rules.LINK_OPEN


@pytest.mark.django_db
def test_guard_link_refuses_a_closed_link(row):
    tokens = [issue_link("test.open", row.public_id, until=in_days(1)) for _ in range(2)]

    assert close_links("test.open", row.public_id) == 2
    assert close_links("test.open", row.public_id) == 0
    assert [refused(token) for token in tokens] == [rules.LINK_OPEN] * 2


@pytest.mark.django_db
def test_guard_link_refuses_a_link_for_something_else(row):
    assert refused(issue_link("test.other", row.public_id, until=in_days(1))) is rules.LINK_OPEN


@pytest.mark.django_db
def test_guard_link_says_404_when_the_row_is_gone(row):
    token = issue_link("test.open", row.public_id, until=in_days(1))
    row.delete()

    with pytest.raises(Http404):
        page_by_link(RequestFactory().get("/"), token=token)


@pytest.mark.django_db
def test_close_links_leaves_other_rows_and_purposes_alone(row):
    other = issue_link("test.open", "ANDERE000000", until=in_days(1))
    elsewhere = issue_link("test.other", row.public_id, until=in_days(1))
    close_links("test.open", row.public_id)

    assert Link.objects.filter(closed_at=None).count() == 2
    assert other != elsewhere


@pytest.mark.django_db
def test_a_token_is_kept_nowhere(row):
    token = issue_link("test.open", row.public_id, until=in_days(1))

    assert (len(token), token in str(Link.objects.values().get())) == (22, False)


@pytest.mark.django_db
def test_two_links_with_one_digest_are_refused_by_the_database(row):
    issue_link("test.open", row.public_id, until=in_days(1))
    digest = Link.objects.get().digest

    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(purpose="test.open", target=row.public_id, digest=digest, expires_at=in_days(1))


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
    assert (door_of(page_by_link), page_by_link.login_required) == ("link: test.open", False)
    assert door_of(seen_by) is None


def test_a_view_without_public_sends_strangers_to_sign_in(client, settings):
    from django.contrib.auth.middleware import LoginRequiredMiddleware

    request = RequestFactory().get("/buero/")
    request.user = AnonymousUser()
    answer = LoginRequiredMiddleware(lambda request: None).process_view(request, office, (), {})

    assert (answer.status_code, answer["Location"]) == (302, "/anmelden/?next=/buero/")
