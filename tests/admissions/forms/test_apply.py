import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.admissions.core import consents
from staffel.admissions.core.steps import Step
from staffel.admissions.forms.apply import FORMS, LinkAgainForm, MotivationForm, ReleaseForm, SubmitForm
from staffel.admissions.models import Application


def test_every_step_has_a_form():
    assert tuple(FORMS) == tuple(Step)


@given(st.text(max_size=2_100))
@settings(max_examples=60, deadline=None)
def test_a_motivation_is_taken_as_people_count_it(text):
    form = MotivationForm({"motivation": text.replace("\n", "\r\n")}, application=Application())

    taken = form.is_valid()

    stripped = text.strip()
    if taken:
        assert len(form.cleaned_data["motivation"]) <= 2_000
    elif "\x00" not in text and "\r" not in text:
        assert not stripped or len(stripped) > 2_000


def test_the_agreements_are_all_asked_for():
    form = SubmitForm({"privacy": "on"})

    assert (form.is_valid(), list(form.errors)) == (False, ["selection"])
    assert list(form.fields) == [wording.key for wording in consents.CURRENT]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"answer": "yes"}, []),
        ({"answer": "no", "reason": "Zu wenig Leute."}, []),
        ({"answer": "no", "reason": "  "}, ["reason"]),
        ({"answer": "vielleicht"}, ["answer"]),
        ({"answer": "no", "reason": "a" * 1_001}, ["reason"]),
    ],
)
def test_an_answer_is_yes_or_no_with_a_reason(typed, wrong):
    form = ReleaseForm(typed)
    form.is_valid()

    assert list(form.errors) == wrong


def test_an_address_that_is_none_is_named():
    assert LinkAgainForm({"email": "anke"}).errors["email"] == [
        "Das ist keine E-Mail-Adresse. Ein Beispiel: anke@musterstadt.de"
    ]
