import pytest

from staffel.curriculum.actions.keys import make_key, trust
from staffel.curriculum.core.package import signing
from staffel.curriculum.models import Publisher, PublisherKey, SigningKey
from tests.accounts.factories import make_organisation

KEYS = "/buero/programme/schluessel/"
PUBLISHERS = "/buero/programme/herausgeber/"
PUBLIC = signing.public_of(bytes(range(32)))
PEM = signing.to_pem(PUBLIC).decode()
GROUPS = [signing.fingerprint(PUBLIC)[start : start + 4] for start in range(0, 64, 4)]


def page_of(client, address=KEYS):
    return client.get(address).content.decode()


@pytest.fixture
def jonas(signed_in):
    return signed_in("Jonas")


@pytest.fixture
def emil(signed_in):
    return signed_in("Emil")


@pytest.fixture
def own(people):
    return make_key(make_organisation(), by="Test")


def test_without_keys_the_page_says_how_they_come(jonas):
    page = page_of(jonas)

    assert ("Noch kein Schlüssel in Gebrauch" in page, "Noch kein Herausgeber" in page) == (True, True)
    assert "Was eine Signatur beweist und was nicht" in page


def test_a_key_is_made_once(emil):
    assert emil.post(f"{KEYS}neu/").status_code == 302
    assert emil.post(f"{KEYS}neu/").status_code == 409
    assert SigningKey.objects.get().state == "active"


def test_the_page_shows_the_fingerprint_in_groups_of_four(jonas, own):
    page = page_of(jonas)

    groups = " ".join(f"<span>{own.fingerprint[start : start + 4]}</span>" for start in range(0, 64, 4))
    assert f'<span class="st-fingerprint">{groups} </span>' in page


def test_the_public_key_is_fetched_as_openssl_reads_it(jonas, own):
    answer = jonas.get(f"{KEYS}{own.public_id}.pem")

    assert answer.content == signing.to_pem(bytes.fromhex(own.public_key))
    assert answer["Content-Disposition"] == f'attachment; filename="schluessel-{own.fingerprint[:16]}.pem"'


def test_a_key_is_rotated_after_a_question(emil, own):
    page = page_of(emil, f"{KEYS}wechseln/")
    unsure = emil.post(f"{KEYS}wechseln/")
    sure = emil.post(f"{KEYS}wechseln/", {"sure": "on"})

    assert "Wer dem bisherigen vertraut, muss nichts tun." in page
    assert (unsure.status_code, sure.status_code) == (422, 302)
    assert sorted(SigningKey.objects.values_list("state", flat=True)) == ["active", "retired"]
    assert "Frühere Schlüssel" in page_of(emil)


def test_a_key_is_revoked_with_a_reason(emil, own):
    without = emil.post(f"{KEYS}sperren/", {"reason": ""})
    emil.post(f"{KEYS}sperren/", {"reason": "Der Rechner ist gestohlen."})

    own.refresh_from_db()
    assert "Bitte nennen Sie den Grund." in without.content.decode()
    assert (own.state, own.reason) == ("revoked", "Der Rechner ist gestohlen.")
    assert "Es ist kein Schlüssel in Gebrauch." in page_of(emil, f"{KEYS}sperren/")


def test_editors_neither_make_nor_end_the_key_that_signs(jonas, emil, own):
    answers = [jonas.post(f"{KEYS}{end}/", {"sure": "on", "reason": "x"}).status_code for end in ("neu", "wechseln", "sperren")]

    own.refresh_from_db()
    assert (answers, own.state, SigningKey.objects.count()) == ([403, 403, 403], "active", 1)
    assert ("Schlüssel sperren …" in page_of(jonas), "Schlüssel sperren …" in page_of(emil)) == (False, True)
    assert "Wechseln und sperren kann ihn die Programmkoordination." in page_of(jonas)


def test_the_key_of_another_office_is_out_of_sight(jonas, people):
    other = make_key(make_organisation("Anderes Büro"), by="Test")

    assert jonas.get(f"{KEYS}{other.public_id}.pem").status_code == 404


# Publishers -------------------------------------------------------------------------------------------------------------


def test_a_publisher_is_taken_in_two_steps(jonas):
    first = jonas.post(f"{PUBLISHERS}neu/", {"name": "Land Brandenburg", "pem": PEM})
    page = first.content.decode()
    facts = {"name": "Land Brandenburg", "pem": PEM, "compared": "on", "where": "Am Telefon."}
    second = jonas.post(f"{PUBLISHERS}neu/", facts)

    assert (first.status_code, second.status_code) == (200, 302)
    assert "".join(f"<span>{group}</span> " for group in GROUPS) in page
    key = PublisherKey.objects.get()
    assert (key.public_key, key.state, key.publisher.name) == (PUBLIC.hex(), "trusted", "Land Brandenburg")
    assert key.publisher.note == "Am Telefon."
    assert "Woher wir den Schlüssel kennen: Am Telefon." in page_of(jonas)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Bitte nennen Sie den Herausgeber."),
        ({"pem": ""}, "Bitte fügen Sie den öffentlichen Schlüssel ein."),
        ({"pem": "Unsinn"}, "Das ist kein öffentlicher Schlüssel, den wir kennen."),
        ({"compared": ""}, "Bitte vergleichen Sie den Fingerabdruck und bestätigen Sie das hier"),
        ({"where": " "}, "Bitte schreiben Sie, womit Sie verglichen haben."),
    ],
)
def test_a_publisher_with_something_missing_is_not_taken(jonas, changes, sentence):
    facts = {"name": "Land Brandenburg", "pem": PEM, "compared": "on", "where": "Am Telefon."}

    answer = jonas.post(f"{PUBLISHERS}neu/", facts | changes)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Publisher.objects.count() == 0


def test_a_key_of_another_publisher_says_so(jonas):
    trust("Land Brandenburg", PUBLIC.hex(), "Am Telefon.", by="Test")

    answer = jonas.post(f"{PUBLISHERS}neu/", {"name": "Land Bremen", "pem": PEM, "compared": "on", "where": "Am Telefon."})

    assert answer.status_code == 422
    assert "Dieser Schlüssel gehört hier schon zu „Land Brandenburg“." in answer.content.decode()


@pytest.mark.parametrize(("end", "state", "words"), [("abloesen", "retired", "Ablösen"), ("sperren", "revoked", "Sperren")])
def test_trust_ends_with_a_reason(jonas, end, state, words):
    key = trust("Land Brandenburg", PUBLIC.hex(), "Am Telefon.", by="Test")
    address = f"{PUBLISHERS}{key.public_id}/{end}/"

    without = jonas.post(address, {"reason": " "})
    jonas.post(address, {"reason": "Gewechselt."})

    key.refresh_from_db()
    assert (without.status_code, key.state, key.reason) == (422, state, "Gewechselt.")
    assert jonas.post(address, {"reason": "Noch einmal."}).status_code == 409
    assert f"{words} …" not in page_of(jonas).replace("Sperren …", "Sperren …" if state == "revoked" else "")
    assert jonas.get(f"{PUBLISHERS}{key.public_id}.pem").content == PEM.encode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_publishers(jonas, count, own, django_assert_num_queries):
    for number in range(count):
        trust(f"Land {number}", signing.public_of(bytes([number]) * 32).hex(), "Am Telefon.", by="Test")
    jonas.get(KEYS)

    with django_assert_num_queries(5):
        assert jonas.get(KEYS).status_code == 200
