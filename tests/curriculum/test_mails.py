import pytest

from staffel.accounts.core.roles import Role
from staffel.accounts.models import Letter
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import submit, withdraw
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.curriculum.small_programme import small_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def emil():
    return make_emil()


@pytest.fixture
def jonas():
    return make_person("Jonas", role=Role.EDITOR)


@pytest.fixture
def draft(emil):
    return load_programme(small_files(), by="Test", organisation=emil.acting.organisation).version


def letters():
    return [(letter.kind, letter.to_email) for letter in Letter.objects.order_by("pk")]


def test_who_may_release_is_told_that_a_version_waits(emil, jonas, draft):
    gone = make_person("Gerda", role=Role.EDITOR)
    gone.is_active = False
    gone.save()
    make_person("Karin", role=Role.OPERATOR)
    make_person("Fremd", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro"))

    submit(draft, by=jonas)

    assert letters() == [("curriculum.version_submitted", "emil@example.org")]
    letter = Letter.objects.get()
    assert letter.subject == "Bitte prüfen: Kleines Programm 1.0.0"
    assert "Jonas Beispiel hat Version 1.0.0 von „Kleines Programm“ zur Prüfung gegeben." in letter.text
    assert "Sie dürfen für „Programmbüro“ freigeben. Freigeben kann nur jemand anderes als Jonas Beispiel." in letter.text
    assert f"/buero/programme/versionen/{draft.public_id}/" in letter.text
    assert "Version prüfen" in letter.html


def test_who_submitted_is_told_why_a_version_came_back(emil, jonas, draft):
    submit(draft, by=jonas)

    withdraw(draft, by=emil, reason=" Im zweiten Modul fehlt die Lizenz. ")

    assert letters()[1:] == [("curriculum.version_withdrawn", "jonas@example.org")]
    letter = Letter.objects.last()
    assert letter.subject == "Zurück in den Entwurf: Kleines Programm 1.0.0"
    assert "Emil Beispiel hat Version 1.0.0 von „Kleines Programm“ aus der Prüfung zurückgegeben." in letter.text
    assert "Der Grund: Im zweiten Modul fehlt die Lizenz." in letter.text
    assert ("Zum Entwurf" in letter.html, f"/buero/programme/versionen/{draft.public_id}/" in letter.html) == (True, True)


def test_nobody_is_written_to_by_themselves(emil, jonas, draft):
    submit(draft, by=jonas)
    withdraw(draft, by=jonas, reason="Zu früh.")

    assert letters() == [("curriculum.version_submitted", "emil@example.org")]


def test_each_submission_has_its_own_letter(emil, jonas, draft):
    for _ in range(2):
        submit(draft, by=jonas)
        withdraw(draft, by=emil, reason="Noch einmal.")

    assert [kind for kind, _to in letters()] == ["curriculum.version_submitted", "curriculum.version_withdrawn"] * 2
