import hashlib
import io
import zipfile

import pytest

from staffel.accounts.models import Organisation
from staffel.curriculum.actions import downloads
from staffel.curriculum.core.package import signing
from staffel.curriculum.exports import packages
from staffel.curriculum.models import Download
from staffel.curriculum.queries import releases
from tests.curriculum.factories import make_version
from tests.curriculum.taught import FILES, SVG, released, taught_files

pytestmark = pytest.mark.django_db

VERSION = "/programme/kleines-programm/1.0.0/"
OLD = "/programme/beispielprogramm/1.0.0/"
FOLDER = f"{VERSION}einheiten/aufbruch/dateien/"
ADDRESSES = [f"{VERSION}paket/", f"{VERSION}ordner/", f"{VERSION}publisher.pem", f"{FOLDER}stufen.svg"]
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@pytest.fixture
def version():
    return released(taught_files(), organisation=Organisation.objects.create(name="Büro", runs_instance=True))


def body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_picture_is_shown_in_a_sandbox(client, version):
    response = client.get(f"{FOLDER}stufen.svg")

    assert body(response) == SVG
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"] == 'inline; filename="stufen.svg"'
    assert response["Content-Security-Policy"] == SANDBOX
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(len(SVG))
    assert response["ETag"] == f'"{hashlib.sha256(SVG).hexdigest()}"'


def test_everything_else_is_fetched(client, version):
    response = client.get(f"{FOLDER}tabelle.csv")

    assert body(response) == FILES["tabelle.csv"]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="tabelle.csv"'


@pytest.mark.parametrize("name", ["unbekannt.svg", "..%2Funit.yaml", "../unit.yaml", "%00", "x" * 121])
def test_no_other_file_can_be_asked_for(client, version, name):
    assert client.get(f"{FOLDER}{name}").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_has_it_gets_it_not_again(client, version, address, django_assert_max_num_queries):
    first = client.get(address)
    body(first)
    with django_assert_max_num_queries(3):
        again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_the_package_is_the_released_one_and_always_the_same(client, version):
    response = client.get(f"{VERSION}paket/")
    content = body(response)
    packed = io.BytesIO()
    packages.package_zip(version, packed)

    assert content == packed.getvalue() == body(client.get(f"{VERSION}paket/"))
    assert response["Content-Disposition"] == 'attachment; filename="kleines-programm-1.0.0.staffel.zip"'
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        manifest = archive.read("manifest-sha256.txt")
    assert response["ETag"] == f'"package-{hashlib.sha256(manifest).hexdigest()}"'


def test_the_folder_has_the_texts_in_one_folder(client, version):
    response = client.get(f"{VERSION}ordner/")

    assert response["Content-Disposition"] == 'attachment; filename="kleines-programm-1.0.0.zip"'
    assert response["ETag"] == f'"folder-{version.digest}"'
    with zipfile.ZipFile(io.BytesIO(body(response))) as archive:
        names = archive.namelist()
        assert archive.read("kleines-programm/units/aufbruch/files/stufen.svg") == SVG
    assert {name.split("/")[0] for name in names} == {"kleines-programm"}


@pytest.fixture
def made(version):
    """Return a released version whose package and folder are kept, and no other form."""
    for kind in packages.ARCHIVES:
        downloads._make_archive(version, kind)
    return version


KEPT = [f"{VERSION}paket/", f"{VERSION}ordner/"]


@pytest.mark.parametrize("address, kind", list(zip(KEPT, packages.ARCHIVES, strict=True)))
def test_what_is_kept_is_sent_from_there(client, made, address, kind, django_assert_num_queries):
    packed, name = io.BytesIO(), f"kleines-programm-1.0.0{'.staffel' if kind == 'package' else ''}.zip"
    packages.ARCHIVES[kind](made, packed)
    # The row, and one part of the bytes.
    with django_assert_num_queries(2):
        response = client.get(address)
        content = body(response)

    assert content == packed.getvalue()
    assert response["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (response["Content-Type"], response["Accept-Ranges"]) == ("application/zip", "bytes")
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("asked, part", [
    ("bytes=0-0", slice(0, 1)),
    ("bytes=100-199", slice(100, 200)),
    ("bytes=100-", slice(100, None)),
    ("bytes=-30", slice(-30, None)),
    ("bytes=5-99999999", slice(5, None)),
])  # fmt: skip
@pytest.mark.parametrize("address", [*KEPT, f"{FOLDER}stufen.svg"])
def test_a_part_is_sent_to_whoever_asks_for_it(client, made, address, asked, part):
    whole = body(client.get(address))
    response = client.get(address, headers={"Range": asked})
    first, after, _ = part.indices(len(whole))

    assert (response.status_code, response["Content-Range"]) == (206, f"bytes {first}-{after - 1}/{len(whole)}")
    assert b"".join(response.streaming_content) == whole[part]
    assert response["Content-Length"] == str(after - first)


@pytest.mark.parametrize("headers", [
    {"Range": "bytes=0-1,5-6"},
    {"Range": "bytes=9-3"},
    {"Range": "bytes=-"},
    {"Range": "lines=0-1"},
    {"Range": "bytes=0-1", "If-Range": '"another"'},
])  # fmt: skip
def test_whoever_asks_for_something_else_gets_the_whole(client, made, headers):
    response = client.get(KEPT[0], headers=headers)

    assert body(response) == body(client.get(KEPT[0]))


def test_a_part_of_the_same_bytes_is_sent(client, made):
    etag = f'"{Download.objects.get(kind="package").blob.sha256}"'
    response = client.get(KEPT[0], headers={"Range": "bytes=0-1", "If-Range": etag})

    assert (response.status_code, b"".join(response.streaming_content)) == (206, b"PK")


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client, made, asked):
    size = Download.objects.get(kind="package").blob.size
    response = client.get(KEPT[0], headers={"Range": asked})

    assert (response.status_code, response.content, response["Content-Range"]) == (416, b"", f"bytes */{size}")


def test_the_page_shows_the_digest_of_the_package(client, made):
    digest = Download.objects.get(kind="package").blob.sha256

    assert f'<p class="st-digest">{digest}</p>' in client.get(VERSION).content.decode()


def test_the_public_key_is_the_one_of_the_signature(client, version):
    response = client.get(f"{VERSION}publisher.pem")
    public = signing.from_pem(body(response))

    assert signing.fingerprint(public) == version.signed_with
    assert response["Content-Disposition"] == 'attachment; filename="publisher.pem"'


def test_an_unsigned_package_has_no_key(client):
    released(taught_files())

    assert client.get(f"{VERSION}publisher.pem").status_code == 404
    assert body(client.get(f"{VERSION}paket/"))


@pytest.mark.parametrize("address", [f"{OLD}paket/", f"{OLD}ordner/"])
def test_a_version_of_before_has_no_package_and_says_so(client, address):
    make_version()
    response = client.get(address)

    assert response.status_code == 404
    html = response.content.decode()
    assert "Version 1.0.0 stammt aus der Zeit vor den Übergabepaketen und lässt sich nur lesen." in html
    assert 'href="/programme/beispielprogramm/"' in html


@pytest.mark.parametrize("address", ["paket/", "ordner/", "publisher.pem", "einheiten/einheit-1/dateien/a.svg"])
def test_drafts_and_unknown_versions_have_nothing_to_fetch(client, address):
    make_version("3.0.0", released=False)

    for number in ("3.0.0", "9.9.9"):
        assert client.get(f"/programme/beispielprogramm/{number}/{address}").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_files_are_only_read(client, version, address, method):
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("address, queries", [(f"{FOLDER}stufen.svg", 3), (f"{VERSION}publisher.pem", 3)])
def test_a_file_costs_few_queries(client, version, address, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        body(client.get(address))


def test_facts_of_a_release_cost_three_queries(version, django_assert_num_queries):
    with django_assert_num_queries(3):
        facts = releases.release_facts(version)

    assert (facts.publisher, facts.fingerprint, facts.upstream) == ("Büro", version.signed_with, ())
    assert facts.licences == (("CC-BY-4.0", 2),)
    assert releases.release_facts(make_version()) is None
