"""Sign-ins are forgotten with their session."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError
from django.utils import timezone

from staffel.accounts.actions.sign_ins import forget_ended_sign_ins, note_sign_in
from staffel.accounts.models import CountedAttempt, SignIn
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db


def make_sign_in(key, *, days):
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days))
    return note_sign_in(make_person("Anke"), session=SessionStore(key), device="Firefox, Linux", way="Passkey")


def test_forget_ended_sign_ins_keeps_the_living():
    living = make_sign_in("a" * 32, days=1)
    make_sign_in("b" * 32, days=-1)
    make_sign_in("c" * 32, days=1)
    Session.objects.filter(session_key="c" * 32).delete()

    assert forget_ended_sign_ins() == 2
    assert list(SignIn.objects.all()) == [living]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["a" * 32]


def test_forget_ended_sign_ins_drops_old_counts():
    for key, days in (("old", -1), ("new", 1)):
        CountedAttempt.objects.create(cache_key=key, value="", expires=timezone.now() + timedelta(days=days))

    forget_ended_sign_ins()

    assert list(CountedAttempt.objects.values_list("cache_key", flat=True)) == ["new"]


def test_a_session_belongs_to_one_sign_in():
    make_sign_in("a" * 32, days=1)

    with pytest.raises(IntegrityError):
        note_sign_in(make_person("Cora"), session=SessionStore("a" * 32), device="", way="")
