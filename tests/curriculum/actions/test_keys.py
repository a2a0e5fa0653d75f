from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from staffel.accounts.models import AuditEntry, Organisation
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions.keys import (
    descends_from_trusted,
    key_of,
    make_key,
    note_followed,
    open_secret,
    retire,
    revoke,
    revoke_key,
    rotate_key,
    succession_of,
    trust,
)
from staffel.curriculum.core import rules
from staffel.curriculum.core.package import signing
from staffel.curriculum.models import Publisher, PublisherKey, SigningKey

pytestmark = pytest.mark.django_db

BY = "Befehl signing_key"
AT = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
NOTE = "Am Telefon verglichen."


@pytest.fixture
def office():
    return Organisation.objects.create(name="Programmbüro")


def refusal(rule, act, *arguments, **named):
    with pytest.raises(RuleBroken) as caught:
        act(*arguments, **named)
    assert caught.value.rule is rule
    return caught.value.rule.sentence % caught.value.values


def log():
    return [(entry.action, entry.payload["who"], entry.payload["why"]) for entry in AuditEntry.objects.order_by("pk")]


# Our own ----------------------------------------------------------------------------------------------------------------


def test_make_key_closes_the_private_key(office):
    key = make_key(office, by=BY)

    assert signing.public_of(open_secret(key)).hex() == key.public_key
    assert key.fingerprint == signing.fingerprint(bytes.fromhex(key.public_key))
    assert (key.state, key.statement, open_secret(key).hex() in key.secret) == ("active", "", False)
    assert (log(), key_of(office, by=BY)) == ([("curriculum.key_made", BY, "")], key)
    assert AuditEntry.objects.get().payload["after"] == {"fingerprint": key.fingerprint}


def test_an_organisation_has_one_key_in_use(office):
    make_key(office, by=BY)

    assert refusal(rules.ONE_KEY, make_key, office, by=BY).startswith("„Programmbüro“ hat schon einen Signaturschlüssel")
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.create(organisation=office, fingerprint="1" * 64, public_key="2" * 64, secret="", made_at=AT)


def test_key_of_makes_the_first_key(office):
    key = key_of(office, by=BY)

    assert (key.state, SigningKey.objects.count()) == ("active", 1)


def test_rotate_key_lets_the_old_key_name_the_new_one(office):
    first = make_key(office, by=BY)
    second = rotate_key(office, by=BY)
    third = rotate_key(office, by=BY)

    first.refresh_from_db()
    statements = succession_of(third)
    assert (first.state, first.ended_at is not None, third.state) == ("retired", True, "active")
    assert [(one.old, one.new) for one in statements] == [
        (first.public_key, second.public_key),
        (second.public_key, third.public_key),
    ]
    assert signing.follow(statements, [bytes.fromhex(first.public_key)]) == tuple(
        bytes.fromhex(key.public_key) for key in (second, third)
    )
    assert (succession_of(first), len(succession_of(second))) == ((), 1)


def test_what_was_revoked_has_no_successor(office):
    make_key(office, by=BY)
    rotate_key(office, by=BY)
    key = revoke_key(office, reason="Rechner gestohlen", by=BY)
    after = key_of(office, by=BY)

    assert (key.state, key.reason, key.secret) == ("revoked", "Rechner gestohlen", "")
    assert succession_of(after) == ()
    assert [action for action, *_ in log()] == [
        "curriculum.key_made",
        "curriculum.key_rotated",
        "curriculum.key_revoked",
        "curriculum.key_made",
    ]


def test_rotate_and_revoke_need_a_key_in_use(office):
    assert refusal(rules.KEY_IN_USE, rotate_key, office, by=BY) == ("„Programmbüro“ hat keinen Signaturschlüssel in Gebrauch.")
    refusal(rules.KEY_IN_USE, revoke_key, office, reason="x", by=BY)
    make_key(office, by=BY)
    assert refusal(rules.REASON_GIVEN, revoke_key, office, reason=" ", by=BY) == (
        "Bitte nennen Sie den Grund. Ein halber Satz reicht."
    )


def test_a_key_opens_with_the_secret_of_the_instance_only(office, settings):
    key, secret = make_key(office, by=BY), settings.SECRET_KEY
    settings.SECRET_KEY = "another secret of the instance, long enough for Django"

    assert refusal(rules.KEY_OPENS, rotate_key, office, by=BY).startswith(
        "Der Signaturschlüssel von „Programmbüro“ lässt sich nicht öffnen"
    )
    assert list(SigningKey.objects.values_list("pk", "state")) == [(key.pk, "active")]

    settings.SECRET_KEY_FALLBACKS = [secret]
    fresh = rotate_key(office, by=BY)

    settings.SECRET_KEY_FALLBACKS = []
    assert signing.public_of(open_secret(fresh)).hex() == fresh.public_key


# Those of others --------------------------------------------------------------------------------------------------------


@pytest.fixture
def pair():
    return signing.new_pair()


def pem(public):
    return signing.to_pem(public).decode()


@pytest.mark.parametrize("spelled", [
    pem,
    lambda public: "\r\n" + pem(public).replace("\n", "  \r\n").rstrip(),
    lambda public: public.hex().upper(),
    lambda public: f" {public.hex()[:32]} {public.hex()[32:]}\n",
])  # fmt: skip
def test_trust_notes_a_key_however_it_is_spelled(pair, spelled):
    key = trust("Land Brandenburg", spelled(pair[1]), NOTE, by=BY)

    assert (key.public_key, key.state, key.publisher.name, key.publisher.note) == (
        pair[1].hex(),
        "trusted",
        "Land Brandenburg",
        NOTE,
    )
    assert log() == [("curriculum.publisher_key_trusted", BY, NOTE)]


def test_trust_twice_changes_nothing_and_a_second_key_is_one_more(pair):
    first = trust("Land Brandenburg", pem(pair[1]), NOTE, by=BY)
    assert trust("Land Brandenburg", pem(pair[1]), "Noch einmal.", by=BY) == first
    second = trust("Land Brandenburg", signing.new_pair()[1].hex(), "Auf Papier.", by=BY)

    assert (second.publisher, len(log())) == (first.publisher, 2)
    assert Publisher.objects.get().note == f"{NOTE}\nAuf Papier."


def test_trust_refuses(pair):
    trust("Land Brandenburg", pem(pair[1]), NOTE, by=BY)

    assert refusal(rules.KEY_OF_ANOTHER, trust, "Land Bayern", pem(pair[1]), NOTE, by=BY) == (
        "Dieser Schlüssel gehört hier schon zu „Land Brandenburg“."
    )
    refusal(rules.IS_KEY, trust, "Land Bayern", "kein Schlüssel", NOTE, by=BY)
    refusal(rules.REASON_GIVEN, trust, "Land Bayern", pem(pair[1]), "", by=BY)
    refusal(rules.REASON_GIVEN, trust, " ", pem(pair[1]), NOTE, by=BY)
    assert (Publisher.objects.count(), len(log())) == (1, 1)


def test_retire_and_trust_again(pair):
    key = retire(trust("Land Brandenburg", pem(pair[1]), NOTE, by=BY), reason="Ablauf", by=BY)

    assert (key.state, key.reason, key.ended_at is not None) == ("retired", "Ablauf", True)
    assert refusal(rules.KEY_ENDED, retire, key, reason="x", by=BY).startswith(
        "Dieser Schlüssel gilt schon nicht mehr: abgelöst am "
    )
    refusal(rules.REASON_GIVEN, retire, key, reason="", by=BY)
    again = trust("Land Brandenburg", pem(pair[1]), "Nachgefragt.", by=BY)
    assert (again.pk, again.state, again.ended_at, again.reason) == (key.pk, "trusted", None, "")


def test_what_is_revoked_stays_revoked(pair):
    key = trust("Land Brandenburg", pem(pair[1]), NOTE, by=BY)
    revoke(retire(key, reason="Ablauf", by=BY), reason="gestohlen", by=BY)

    key.refresh_from_db()
    assert (key.state, key.reason) == ("revoked", "gestohlen")
    assert refusal(rules.KEY_REVOKED, trust, "Land Brandenburg", pem(pair[1]), NOTE, by=BY) == (
        f"Der Schlüssel {key.fingerprint[:16]} von „Land Brandenburg“ ist gesperrt. Pakete mit ihm nehmen wir nicht an, auch "
        "alte nicht."
    )
    refusal(rules.KEY_ENDED, revoke, key, reason="x", by=BY)
    refusal(rules.KEY_ENDED, retire, key, reason="x", by=BY)


def test_database_refuses_an_ended_key_without_time(pair):
    key = trust("Land Brandenburg", pem(pair[1]), NOTE, by=BY)

    with pytest.raises(IntegrityError, match="curriculum_publisher_key_ended_has_time"), transaction.atomic():
        PublisherKey.objects.filter(pk=key.pk).update(state="retired")
    organisation = Organisation.objects.create(name="Büro")
    with pytest.raises(IntegrityError, match="curriculum_signing_key_ended_has_time"), transaction.atomic():
        SigningKey.objects.create(
            organisation=organisation, fingerprint="1", public_key="2", secret="", made_at=AT, state="revoked"
        )


def test_a_key_descends_from_a_trusted_one_by_statements(pair):
    (first_secret, first), (second_secret, second), (_, third) = pair, signing.new_pair(), signing.new_pair()
    chain = (signing.succession(first_secret, second, AT), signing.succession(second_secret, third, AT))
    assert descends_from_trusted(third, chain) is None
    root = trust("Land Brandenburg", pem(first), NOTE, by=BY)

    assert descends_from_trusted(third, chain) == root.publisher
    assert descends_from_trusted(third, chain[1:]) is None
    assert descends_from_trusted(signing.new_pair()[1], chain) is None
    key = note_followed(root.publisher, third, by=BY)
    assert (key.state, key.publisher, log()[-1][0]) == ("trusted", root.publisher, "curriculum.publisher_key_followed")


@pytest.mark.parametrize("end", [retire, revoke])
@pytest.mark.parametrize("which", [0, 1])
def test_nothing_descends_through_an_ended_key(pair, end, which):
    (first_secret, first), (second_secret, second), (_, third) = pair, signing.new_pair(), signing.new_pair()
    chain = (signing.succession(first_secret, second, AT), signing.succession(second_secret, third, AT))
    keys = [trust("Land Brandenburg", key.hex(), NOTE, by=BY) for key in (first, second)]
    end(keys[which], reason="Ende", by=BY)

    # What is left is a trusted key that signed for the third itself, or none.
    assert descends_from_trusted(third, chain) == (keys[1].publisher if which == 0 else None)
