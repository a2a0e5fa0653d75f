import re

import brotli
import pytest
import zstandard
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from staffel.base.middleware import Compression, accepted_encoding, compress


@pytest.mark.parametrize(
    "header, encoding",
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip", ""),
        ("", ""),
        ("zstd;q=0, br;q=0.5", "br"),
        ("zstd;q=0.0", ""),
        ("ZSTD", "zstd"),
    ],
)
def test_accepted_encoding_takes_the_best_that_is_allowed(header, encoding):
    assert accepted_encoding(header) == encoding


@given(st.binary(max_size=2000), st.booleans())
def test_compress_loses_nothing(content, thorough):
    assert zstandard.ZstdDecompressor().decompress(compress(content, "zstd", thorough=thorough)) == content
    assert brotli.decompress(compress(content, "br", thorough=thorough)) == content
    assert compress(content, "") == content


def answered(content, content_type="text/html", encoding="zstd"):
    middleware = Compression(lambda request: HttpResponse(content, content_type=content_type))
    return middleware(RequestFactory().get("/", headers={"accept-encoding": encoding}))


def test_long_text_is_sent_compressed():
    response = answered("Staffel " * 500)

    assert (response["Content-Encoding"], response["Vary"]) == ("zstd", "Accept-Encoding")
    assert response["Content-Length"] == str(len(response.content))
    assert zstandard.ZstdDecompressor().decompress(response.content) == b"Staffel " * 500


def test_short_text_and_pictures_are_sent_as_they_are():
    assert not answered("Staffel").has_header("Content-Encoding")
    assert not answered(b"\x89PNG" * 500, content_type="image/png").has_header("Content-Encoding")


@pytest.mark.django_db
def test_every_answer_carries_a_number_of_its_own(client):
    first, second = (client.get("/health/alive/")["X-Request-ID"] for _ in range(2))

    assert re.fullmatch(r"[0-9a-f]{12}", first)
    assert first != second


@pytest.mark.django_db
def test_the_log_names_view_and_number_but_no_query(client, caplog):
    response = client.get("/health/ready/?q=geheim")

    lines = [record.getMessage() for record in caplog.records if record.name == "staffel.request"]
    assert len(lines) == 1
    assert response["X-Request-ID"] in lines[0]
    assert "base:ready" in lines[0]
    assert "geheim" not in lines[0]


def test_the_token_of_a_link_stands_in_no_log(client, db, caplog):
    token = "abcdefghijklmnopqrstuv"
    with caplog.at_level("INFO"):
        client.get(f"/freigabe/{token}/")

    assert token not in caplog.text
    assert "'path': '/freigabe/TOKEN/'" in caplog.text
