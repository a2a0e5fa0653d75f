import pytest
from django.db import DatabaseError, connection

pytestmark = pytest.mark.django_db


def test_alive_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health/alive/")

    assert (response.status_code, response.content) == (200, b"alive\n")


def test_ready_says_release_and_database(client, settings):
    settings.RELEASE = "9.8.7"

    assert client.get("/health/ready/").json() == {"database": "reachable", "release": "9.8.7"}


def test_ready_says_so_when_the_database_is_gone(client, monkeypatch):
    def gone():
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", gone)

    response = client.get("/health/ready/")

    assert (response.status_code, response.json()) == (503, {"database": "unreachable"})


@pytest.mark.parametrize("path", ["/health/alive/", "/health/ready/", "/metrics/"])
def test_machines_only_read(client, path):
    assert client.post(path).status_code == 405


def test_metrics_are_off_without_a_token(client, settings):
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics/").status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer wrong", "Bearer für"])
def test_metrics_refuse_a_wrong_token(client, settings, sent):
    settings.METRICS_TOKEN = "right"

    response = client.get("/metrics/", headers={"authorization": sent.encode().decode("latin-1")})

    assert response.status_code == 403
    assert b"staffel_requests_total" not in response.content


def test_metrics_count_requests(client, settings):
    settings.METRICS_TOKEN = "right"
    client.get("/health/alive/")

    response = client.get("/metrics/", headers={"authorization": "Bearer right"})

    assert response.status_code == 200
    assert 'staffel_requests_total{method="GET",status="200",view="base:alive"}' in response.content.decode()
