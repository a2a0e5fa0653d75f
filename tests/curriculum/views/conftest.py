import pytest
from django.test import Client

from staffel.accounts.core.roles import Role
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.curriculum.stage import make_stage


@pytest.fixture
def people(db):
    """Emil and Jonas work in the room, Karin runs the machine, Fremd leads another office, Anke takes part."""
    return {
        "Emil": make_emil(),
        "Jonas": make_person("Jonas", role=Role.EDITOR),
        "Karin": make_person("Karin", role=Role.OPERATOR),
        "Fremd": make_person("Fremd", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro")),
        "Anke": make_person("Anke"),
    }


@pytest.fixture
def signed_in(people):
    def client_of(name):
        client = Client()
        if name:
            client.force_login(people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


@pytest.fixture
def stage(people):
    return make_stage(people["Jonas"])
