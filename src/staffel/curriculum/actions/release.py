"""The way of a version from draft to released: somebody submits, somebody else releases, the package is made and signed.

::

    draft --submit--> review --release--> released
      ^                 |
      +----withdraw-----+
"""

from staffel.accounts.models import Person
from staffel.curriculum.models import Version


def renumber(version: Version, number: str, *, by: Person | str, notes: str | None = None) -> Version:
    """Give a draft another number, and other words on what is new, in its text too, and return it.

    Raises RuleBroken: CUR-05 if it is no draft, CUR-06 for what is no number or not above the last release.
    """
    raise NotImplementedError


def submit(version: Version, *, by: Person) -> Version:
    """Hand a draft over for review: from now on it cannot be loaded anew. Returns it.

    Raises RuleBroken: CUR-05 if it is no draft, CUR-06 if its number is too low, CUR-11 while a merge is open,
    CUR-12 without files.
    """
    raise NotImplementedError


def withdraw(version: Version, *, by: Person, reason: str) -> Version:
    """Make a version in review a draft again and return it. Raises RuleBroken: CUR-07 if it is not in review, CUR-08 without
    a reason."""
    raise NotImplementedError


def release(version: Version, *, by: Person) -> Version:
    """Release a version in review: make its package, sign it, freeze it. Returns it.

    The number was checked on submission and is checked again. The organisation gets its first key here if it has none.
    Raises RuleBroken: CUR-07 if it is not in review, CUR-03 for who submitted it, CUR-04 if nobody else could release it,
    CUR-06 if its number is too low, CUR-09 without an organisation that signs.
    """
    raise NotImplementedError


def release_by_command(version: Version, *, by: str) -> Version:
    """Release a draft or a version in review as a person at the server's keyboard does: without a second pair of eyes.

    Raises RuleBroken as ``release``, but for CUR-03, CUR-04 and CUR-07.
    """
    raise NotImplementedError
