"""Keys: those with which organisations here sign, and those of other publishers that are trusted here.

::

    SigningKey      active --rotate--> retired        active --revoke--> revoked
    PublisherKey    trusted --retire--> retired       trusted, retired --revoke--> revoked
"""

from staffel.accounts.models import Organisation, Person
from staffel.curriculum.models import PublisherKey, SigningKey


def make_key(organisation: Organisation, *, by: Person | str) -> SigningKey:
    """Make the key with which ``organisation`` signs, and return it. Raises RuleBroken: CUR-13 if it has one in use."""
    raise NotImplementedError


def rotate_key(organisation: Organisation, *, by: Person | str) -> SigningKey:
    """Make a new key, let the old one sign that it follows, retire the old one, and return the new one.

    Packages signed with the old key stay good. Raises RuleBroken: CUR-14 without a key in use.
    """
    raise NotImplementedError


def revoke_key(organisation: Organisation, *, reason: str, by: Person | str) -> SigningKey:
    """Revoke the key in use, because others may have it, and return it; the next release makes a new one that nobody knows.

    Raises RuleBroken: CUR-14 without a key in use, CUR-08 without a reason.
    """
    raise NotImplementedError


def trust(name: str, public_key: str, note: str, *, by: Person | str) -> PublisherKey:
    """Trust a key (PEM or 64 hexadecimal digits) as one of the publisher ``name``, and return it.

    ``note`` says how the fingerprint was compared. A publisher of that name gets a further key. Known and trusted already:
    nothing changes. Raises RuleBroken: CUR-15 for what is no key or a key of somebody else, CUR-16 for a revoked one,
    CUR-08 without a note.
    """
    raise NotImplementedError


def retire(key: PublisherKey, *, reason: str, by: Person | str) -> PublisherKey:
    """No longer trust new packages with this key, and return it; what was received stays. Raises RuleBroken: CUR-16, CUR-08."""
    raise NotImplementedError


def revoke(key: PublisherKey, *, reason: str, by: Person | str) -> PublisherKey:
    """Refuse every package with this key, old ones too, and return it. Raises RuleBroken: CUR-16 if it is revoked, CUR-08."""
    raise NotImplementedError
