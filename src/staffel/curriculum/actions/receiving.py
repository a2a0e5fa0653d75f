"""What others send: looked at first, then received as it is, taken over as a draft, or adopted.

``Upload.report`` is ready to be shown, with these entries (all texts German, all there)::

    {"mistakes": ["programme.yaml, Zeile 3: …"],      nothing can be done with the file if there is one
     "key": "…", "title": "…", "version": "1.1.0", "licence": "CC-BY-4.0", "author": "…", "notes": "…",
     "modules": 5, "units": 10, "minutes": 2400, "competencies": 10, "quiz": 40, "tasks": 8, "files": 12, "bytes": 123456,
     "licences": [["CC-BY-4.0", 12]],                   of the files, by SPDX id
     "signature": "known|new|none|retired",             a broken one is a mistake; so is a revoked key
     "publisher": "…", "fingerprint": "…", "released_at": "…", "followed": false,
     "upstream": [{"publisher", "programme", "version"}],
     "against": "1.0.0",                                compared with this own or received version, empty without one
     "kind": "minor", "changes": ["…"],                 what would change, in sentences
     "lost": ["…"]}                                     what a cartridge or QTI says that cannot be carried
"""

from typing import BinaryIO

from staffel.accounts.models import Organisation, Person
from staffel.curriculum.actions.loading import Loaded
from staffel.curriculum.models import Upload, Version


def upload(stream: BinaryIO, name: str, *, by: Person, organisation: Organisation) -> Upload:
    """Keep a file, find out what it is and what is in it, and return it with its report; nothing else is written.

    Mistakes are in the report. Raises RuleBroken: CUR-17 for a file that is too large or is none of the known kinds.
    """
    raise NotImplementedError


def receive(upload: Upload, *, by: Person | str, trust_key: bool = False) -> Version:
    """Take a package in as a received version, byte for byte, and drop the upload; the same content again is no error.

    ``trust_key`` trusts a new key from now on, since its fingerprint was compared. Raises RuleBroken: CUR-18 if the upload is
    no whole package, CUR-19 if its key is not trusted, CUR-16 if it is revoked, CUR-20 if the publisher sent another content
    under this number before.
    """
    raise NotImplementedError


def take_over(upload: Upload, *, by: Person | str) -> Loaded:
    """Make a folder, cartridge or QTI file the next draft, and drop the upload. Raises RuleBroken as ``load_programme``, and
    CUR-18 if the upload cannot be taken over."""
    raise NotImplementedError


def adopt(received: Version, *, by: Person | str, number: str | None = None) -> Version:
    """Make a draft of a received version and return it; ``upstream`` is that version. Unchanged it keeps its number.

    Raises RuleBroken: CUR-18 if it was not received, CUR-06 for a wrong number, and as ``load_programme``.
    """
    raise NotImplementedError


def drop_upload(upload: Upload, *, by: Person) -> None:
    """Delete an upload and what only it had."""
    raise NotImplementedError


def drop_old_uploads(now) -> int:
    """Delete the uploads of more than seven days ago, and return how many."""
    raise NotImplementedError
