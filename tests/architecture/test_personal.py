"""Whatever holds personal data, or leads to a person, is declared: export, erasure and retention find it by that."""

import re
from importlib import import_module

import pytest
from django.apps import apps

from staffel.accounts.models import Person
from staffel.portal.privacy import _desks, categories

# A name, an address or a number of somebody, by the words that a field uses for it.
TELLING = re.compile(r"(^|_)(name|email|mail|phone|telephone|person|actor|address|motivation|by)(_|$)")

# Fields that only sound personal, each with the reason.
NOT_PERSONAL = {
    "accounts.Organisation.name": "a body, not a person",
    "base.Job.name": "the name of a kind of work",
    "admissions.Offer.answer_by": "a point in time",
    "cohorts.Cohort.name": "the name of a Staffel",
    "curriculum.Publisher.name": "an office that publishes",
    "cohorts.PilotSeat.name": "a municipality as it was published",
    "auth.Group.name": "unused: roles are memberships",
    "auth.Permission.name": "unused: permissions are functions",
    "socialaccount.SocialApp.name": "a provider of sign-in",
}
# Registers of places: every name in them is that of a place or a project.
PUBLIC_REGISTERS = {"municipalities"}


def declared() -> set[str]:
    """Return every declared field as ``app.Model.field``."""
    return {
        f"{model if '.' in model else f'{context}.{model}'}.{field}"
        for context, category in categories()
        for model, fields in category.fields.items()
        for field in fields
    }


def sounding() -> set[str]:
    """Return every field that leads to a person or sounds personal, as ``app.Model.field``."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if not field.concrete:
                continue
            leads = field.is_relation and field.related_model is Person
            if leads or (TELLING.search(field.name) and not field.is_relation):
                found.add(f"{model._meta.label}.{field.name}")
    return {name for name in found if name.split(".")[0] not in PUBLIC_REGISTERS}


def test_every_personal_field_is_declared():
    forgotten = sounding() - declared() - set(NOT_PERSONAL)

    assert sorted(forgotten) == [], (
        "declare each in CATEGORIES of its context's core/personal.py, or name the reason in NOT_PERSONAL of this file"
    )


def test_every_declared_field_exists():
    known = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
    }

    assert sorted(declared() - known) == []


def test_no_reason_is_left_over():
    assert sorted(set(NOT_PERSONAL) & declared()) == []
    assert sorted(set(NOT_PERSONAL) - sounding()) == []


def test_every_category_has_its_context_in_its_key_and_stands_once():
    keys = [(context, category.key) for context, category in categories()]

    assert [key for context, key in keys if not key.startswith(f"{context}.")] == []
    assert len({key for _context, key in keys}) == len(keys)


def test_every_context_with_personal_data_has_a_desk():
    with_data = {context for context, _category in categories()}
    desks = dict(_desks())

    assert sorted(with_data - set(desks)) == []
    wrong = [f"{context}.privacy.{name}" for context, desk in desks.items() for name in ACTS if not hasattr(desk, name)]
    assert wrong == []


ACTS = ("export", "erase", "expire")


@pytest.mark.parametrize("context", sorted({context for context, _category in categories()}))
def test_texts_of_categories_are_whole(context):
    module = import_module(f"staffel.{context}.core.personal")

    assert [one.key for one in module.CATEGORIES if not (one.title and one.purpose and one.basis and one.counted_from)] == []
    assert [one.key for one in module.CATEGORIES if not one.purpose.endswith(".")] == []
