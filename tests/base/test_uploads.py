import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db
ADDRESS = "/feedback/"


def client_with_token():
    client = Client(enforce_csrf_checks=True)
    client.get(ADDRESS)
    return client


def sent(client, size):
    token = client.cookies["csrf"].value
    file = SimpleUploadedFile("gross.zip", b"0" * size)
    return client.post(ADDRESS, {"csrfmiddlewaretoken": token, "file": file}).status_code


def test_strangers_send_no_large_files(settings):
    settings.LARGEST_REQUEST_OF_STRANGERS = 10_000

    assert sent(client_with_token(), 20_000) == 400
    assert sent(client_with_token(), 1_000) == 200


def test_whoever_is_signed_in_may_send_more(settings):
    settings.LARGEST_REQUEST_OF_STRANGERS, settings.LARGEST_REQUEST = 1_000, 30_000
    client = client_with_token()
    client.force_login(make_person("Anke"), backend="django.contrib.auth.backends.ModelBackend")
    client.get(ADDRESS)

    assert (sent(client, 20_000), sent(client, 40_000)) == (200, 400)
