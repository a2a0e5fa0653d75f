import hashlib
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.package import signing

# RFC 8032, section 7.1, test 2.
SECRET = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
AT = datetime(2026, 11, 25, 15, tzinfo=UTC)


def pair(number):
    secret = hashlib.sha256(bytes([number])).digest()
    return secret, signing.public_of(secret)


def test_signatures_are_those_of_the_standard():
    assert signing.public_of(SECRET) == PUBLIC
    assert signing.sign(SECRET, b"\x72") == SIGNATURE
    assert signing.verifies(PUBLIC, SIGNATURE, b"\x72")
    assert signing.fingerprint(PUBLIC) == hashlib.sha256(PUBLIC).hexdigest()


def test_new_pairs_belong_together_and_differ():
    (secret, public), (other, _) = signing.new_pair(), signing.new_pair()

    assert (len(secret), len(public), secret == other) == (32, 32, False)
    assert signing.verifies(public, signing.sign(secret, b"x"), b"x")


@given(st.binary(max_size=70), st.binary(max_size=70), st.binary(max_size=10))
def test_wrong_bytes_never_verify(public, signature, data):
    assert not signing.verifies(public, signature, data)
    assert not signing.verifies(PUBLIC, signature, data)
    assert not signing.verifies(PUBLIC, SIGNATURE, data + b"x")


def test_pem_is_read_and_written_as_openssl_does(tmp_path):
    pem = signing.to_pem(PUBLIC)
    (tmp_path / "key.pem").write_bytes(pem)

    shown = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", "key.pem", "-pubout"], cwd=tmp_path, check=True, capture_output=True
    )

    assert shown.stdout == pem
    assert signing.from_pem(pem) == PUBLIC


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
        signing.to_pem(PUBLIC)[:-5],
        b" " + signing.to_pem(PUBLIC),
        X25519PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    ],
)
def test_other_pem_files_are_refused(pem):
    with pytest.raises(ValueError, match="key"):
        signing.from_pem(pem)


def test_a_statement_says_which_key_follows():
    (secret, public), (_, new) = pair(1), pair(2)

    statement = signing.succession(secret, new, AT)

    assert (statement.old, statement.new, statement.at) == (public.hex(), new.hex(), "2026-11-25T15:00:00Z")
    said = f'{{"at":"2026-11-25T15:00:00Z","new":"{new.hex()}","old":"{public.hex()}"}}'.encode()
    assert signing.verifies(public, bytes.fromhex(statement.signature), said)


def test_follow_leads_from_a_trusted_key_to_its_heirs_in_any_order_of_the_statements():
    keys = [pair(number) for number in range(4)]
    first, second, third = (signing.succession(keys[n][0], keys[n + 1][1], AT) for n in range(3))

    assert signing.follow([first, second, third], [keys[0][1]]) == (keys[1][1], keys[2][1], keys[3][1])
    assert signing.follow([third, first, second], [keys[0][1]]) == (keys[3][1], keys[1][1], keys[2][1])
    assert signing.follow([first, third], [keys[0][1]]) == (keys[1][1],)
    assert signing.follow([first, second], [keys[2][1]]) == ()
    assert signing.follow([first], []) == ()


def test_follow_believes_no_statement_that_the_old_key_did_not_sign():
    (secret, public), (_, new), (thief, _) = pair(1), pair(2), pair(3)
    sound = signing.succession(secret, new, AT)
    stolen = signing.succession(thief, new, AT)

    for wrong in (
        replace(stolen, old=public.hex()),
        replace(sound, at="2026-11-25T15:00:01Z"),
        replace(sound, new=pair(4)[1].hex()),
        replace(sound, signature="00" * 64),
        replace(sound, signature="keine"),
        replace(sound, signature=""),
    ):
        assert signing.follow([wrong], [public]) == ()


def test_a_circle_of_statements_ends():
    (one, first), (two, second) = pair(1), pair(2)
    statements = [signing.succession(one, second, AT), signing.succession(two, first, AT)]

    assert signing.follow(statements, [first]) == (second,)
