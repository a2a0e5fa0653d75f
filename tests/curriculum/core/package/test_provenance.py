import json
from datetime import UTC, datetime

import pytest

from staffel.curriculum.core.package import provenance, signing
from staffel.curriculum.core.package.layout import NotAPackage
from staffel.curriculum.core.package.provenance import Provenance, Publisher, Upstream

FULL = Provenance(
    programme="smart-city-manager",
    version="1.1.0",
    title="Smart City Manager:in",
    licence="CC-BY-4.0",
    content="a" * 64,
    released_at=datetime(2026, 11, 25, 15, tzinfo=UTC),
    publisher=Publisher("Land Brandenburg", "b" * 64),
    upstream=(Upstream("Bund", "", "smart-city", "1.0.0", "c" * 64, "d" * 64),),
    succession=(signing.succession(bytes(32), bytes(range(32)), datetime(2026, 1, 2, tzinfo=UTC)),),
)


def refusal(text):
    with pytest.raises(NotAPackage) as refused:
        provenance.read(text)
    return "\n".join(refused.value.mistakes)


def changed(**facts):
    return json.dumps(json.loads(provenance.write(FULL)) | facts).encode()


def test_read_is_the_inverse_of_write():
    text = provenance.write(FULL)

    assert provenance.read(text) == FULL
    assert list(json.loads(text)) == [
        "format",
        "programme",
        "version",
        "title",
        "licence",
        "content",
        "released_at",
        "publisher",
        "upstream",
        "succession",
    ]
    assert text.endswith(b"}\n")


def test_a_newer_format_asks_for_a_newer_staffel():
    assert refusal(changed(format="staffel-package/2")) == (
        "Das Paket ist in einer neueren Fassung des Formats geschrieben (staffel-package/2). Bitte erneuern Sie Staffel."
    )


@pytest.mark.parametrize(
    "text, sentence",
    [
        (b"", "provenance.json ist kein JSON."),
        (b"[" * 100_000, "provenance.json ist zu tief verschachtelt."),
        (b"\xff", "provenance.json ist nicht in UTF-8 geschrieben."),
        (b'{"format": "a", "format": "a"}', "provenance.json ist mit derselben Angabe zweimal geschrieben."),
        (b"[]", "provenance.json nennt kein bekanntes Format."),
        (b"{}", "provenance.json nennt kein bekanntes Format."),
        (changed(format="staffel-package/0"), "provenance.json nennt kein bekanntes Format."),
        (changed(format=1), "provenance.json nennt kein bekanntes Format."),
        (changed(mehr=1), "In provenance.json ist „mehr“ keine bekannte Angabe."),
        (
            changed(publisher={"name": "x", "fingerprint": "", "email": "x"}),
            "In provenance.json ist „publisher.email“ keine bekannte Angabe.",
        ),
    ],
)
def test_what_is_no_provenance_is_refused(text, sentence):
    assert refusal(text) == sentence


@pytest.mark.parametrize(
    "place, facts",
    [
        ("programme", {"programme": "A b"}),
        ("programme", {"programme": None}),
        ("programme", {"programme": "a" * 61}),
        ("version", {"version": "1.0"}),
        ("version", {"version": 1}),
        ("title", {"title": ""}),
        ("title", {"title": "a\nb"}),
        ("title", {"title": "a" * 201}),
        ("title", {"title": "\ud800"}),
        ("title", {"title": " a"}),
        ("licence", {"licence": []}),
        ("content", {"content": "A" * 64}),
        ("released_at", {"released_at": "2026-11-25"}),
        ("released_at", {"released_at": "2026-13-25T15:00:00Z"}),
        ("released_at", {"released_at": "2026-11-25T15:00:00+01:00"}),
        ("released_at", {"released_at": "9999-12-31T23:59:59Z"}),
        ("released_at", {"released_at": "0001-01-01T00:00:00Z"}),
        ("publisher", {"publisher": "x"}),
        ("publisher.name", {"publisher": {"fingerprint": ""}}),
        ("publisher.fingerprint", {"publisher": {"name": "x", "fingerprint": "x"}}),
        ("upstream", {"upstream": {}}),
        ("upstream", {"upstream": [{}] * 501}),
        ("upstream 1.", {"upstream": [1]}),
        ("upstream 1.publisher", {"upstream": [{}]}),
        ("succession", {"succession": None}),
        ("succession 1.at", {"succession": [{}]}),
        ("succession 1.old", {"succession": [{"at": "2026-01-01T00:00:00Z"}]}),
    ],
)
def test_a_wrong_fact_is_named_with_its_place(place, facts):
    sentence = f"In provenance.json fehlt die Angabe „{place}“, oder sie hat nicht die richtige Form."

    assert refusal(changed(**facts)) == sentence
