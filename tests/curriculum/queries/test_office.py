import pytest

from staffel.accounts.core.roles import Role
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.queries.office import base_of, others_who_release, proposal_for
from tests.accounts.factories import make_emil, make_person
from tests.curriculum.small_programme import UNIT, small_files

pytestmark = pytest.mark.django_db


def draft(number, **changes):
    return load_programme(small_files(number, **changes), by="Test").version


def test_a_draft_is_compared_with_the_highest_own_release():
    release_by_command(draft("1.9.0"), by="Test")
    second = release_by_command(draft("1.10.0"), by="Test")
    version = draft("1.10.1", unit=UNIT.replace("title: Aufbruch", "title: Anfang"))

    assert base_of(version) == second
    assert (proposal_for(version).since, proposal_for(version).number, proposal_for(version).kind) == (
        "1.10.0",
        "1.10.1",
        "patch",
    )


def test_who_else_may_release_works_here_as_editor_or_coordinator():
    emil = make_emil()
    jonas = make_person("Jonas", role=Role.EDITOR)
    make_person("Jonas", role=Role.COORDINATOR)
    make_person("Karin", role=Role.OPERATOR)
    make_person("Anke")

    assert list(others_who_release(emil)) == [jonas]
    assert list(others_who_release(jonas)) == [emil]
