"""Made the stored package of format 1, once: ``python -m tests.curriculum.core.package.make_fixture FILE``.

The stored file stays as it is, whatever the writers do later; a new format gets a file of its own.
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from staffel.curriculum.core.package import signing
from staffel.curriculum.core.package.provenance import Upstream
from staffel.curriculum.core.package.writer import package_files, write_zip
from tests.curriculum.core.package.samples import PUBLIC, RELEASE, SIGNER, programme_files
from tests.curriculum.generated import generated

# A key that the one of the tests followed; of tests only, too.
OLD_SECRET = bytes(range(32))
UPSTREAM = Upstream("Kommunaler Verbund", "a" * 64, "erdachtes-programm", "0.9.0", "b" * 64, "c" * 64)


def main(target: Path) -> None:
    """Write the package."""
    whole = generated(2)
    succession = (signing.succession(OLD_SECRET, PUBLIC, datetime(2026, 6, 1, tzinfo=UTC)),)
    release = replace(RELEASE, upstream=(UPSTREAM,), succession=succession)
    with target.open("xb") as stream:
        write_zip(package_files(programme_files(whole), whole.outline, release, SIGNER), stream)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
