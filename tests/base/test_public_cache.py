import brotli
import pytest
import zstandard
from django.http import HttpResponse, HttpResponseNotFound
from django.test import RequestFactory

from staffel.base import public_cache
from staffel.base.public_cache import kept_public


class Page:
    """A view that counts how often it is made, on data with a stamp."""

    def __init__(self):
        self.made = 0
        self.stamp = "1"
        self.view = kept_public(lambda: self.stamp, seconds=60)(self.make)

    def make(self, request):
        self.made += 1
        return HttpResponse(f"Seite {self.made} für {request.get_full_path()}")

    def get(self, path="/", **headers):
        return self.view(RequestFactory().get(path, headers=headers))


@pytest.fixture
def page():
    return Page()


def test_a_page_is_made_once_for_each_address(page):
    answers = [page.get("/a").content.decode(), page.get("/a").content.decode(), page.get("/a?x=1").content.decode()]

    assert answers == ["Seite 1 für /a", "Seite 1 für /a", "Seite 2 für /a?x=1"]


def test_a_page_is_made_anew_when_the_data_change(page):
    page.get()
    page.stamp = "2"

    assert page.get().content.decode() == "Seite 2 für /"


def test_a_page_is_made_anew_for_a_new_release(page, settings):
    page.get()
    settings.RELEASE = "99.0.0"

    assert page.get().content.decode() == "Seite 2 für /"


def test_a_browser_that_has_the_page_gets_304(page):
    first = page.get()
    second = page.get(**{"if-none-match": first["ETag"]})

    assert (second.status_code, second.content, second["ETag"]) == (304, b"", first["ETag"])
    assert first["Cache-Control"] == "public, max-age=60, must-revalidate"


def test_a_browser_with_another_content_gets_the_new_one(page, settings):
    first = page.get()
    settings.RELEASE = "99.0.0"
    second = page.get(**{"if-none-match": first["ETag"]})

    assert (second.status_code, second.content.decode()) == (200, "Seite 2 für /")


def test_the_answer_is_compressed_as_the_browser_likes(page):
    answer = page.get(**{"accept-encoding": "br"})

    assert answer["Content-Encoding"] == "br"
    assert brotli.decompress(answer.content).decode() == "Seite 1 für /"


def test_a_signed_in_person_gets_a_page_of_their_own(page, settings):
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "anke"
    page.view(request)
    answer = page.view(request)

    assert page.made == 2
    assert answer["Cache-Control"] == "private, no-store"


def test_a_refusal_is_not_kept():
    view = kept_public(lambda: "1")(lambda request: HttpResponseNotFound("fehlt"))
    view(RequestFactory().get("/"))

    assert public_cache.shelf.pages == {}


def test_the_pages_asked_for_last_are_kept(page, monkeypatch):
    page.get("/a")
    monkeypatch.setattr(public_cache, "KEPT_BYTES", 2 * next(iter(public_cache.shelf.pages.values())).size)
    for path in ("/b", "/a", "/c"):
        page.get(path)

    assert [key[0] for key in public_cache.shelf.pages] == ["/a", "/c"]


def test_what_is_counted_is_what_is_kept(page, monkeypatch):
    monkeypatch.setattr(public_cache, "KEPT_BYTES", 10 * public_cache.ENTRY_BYTES)
    for number in range(100):
        page.get(f"/{number}")

    assert len(public_cache.shelf.pages) == 9
    assert public_cache.shelf.bytes == sum(kept.size for kept in public_cache.shelf.pages.values())


def test_a_very_long_address_is_answered_but_not_kept(page):
    assert page.get("/?" + "x" * 400).status_code == 200
    assert public_cache.shelf.pages == {}


def test_a_page_is_kept_for_each_host_apart(page):
    page.get("/", host="127.0.0.1")

    assert page.get("/", host="localhost").content.decode() == "Seite 2 für /"


@pytest.mark.parametrize("encoding", ["", "br", "zstd"])
def test_every_encoding_tells_the_same(page, encoding):
    page.get()
    answer = page.get(**{"accept-encoding": encoding})

    plain = {"": bytes, "br": brotli.decompress, "zstd": zstandard.ZstdDecompressor().decompress}[encoding](answer.content)
    assert plain.decode() == "Seite 1 für /"
