"""What the room of the editors holds in tests: versions that others sent, a draft, an open merge, an upload, keys."""

from dataclasses import dataclass
from io import BytesIO

from staffel.curriculum.actions.keys import make_key, trust
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.merging import begin_merge
from staffel.curriculum.actions.receiving import upload
from staffel.curriculum.core.package import signing
from staffel.curriculum.models import Merge, PublisherKey, SigningKey, Upload, Version
from tests.curriculum.received import SECRET, make_package, make_received
from tests.curriculum.small_programme import small_files

BREMEN = bytes(range(32, 64))


@dataclass
class Stage:
    """Brandenburg sent 1.0.0 and 1.1.0; our draft comes from 1.0.0 and is being merged; Bremen's 2.0.0 lies uploaded."""

    base: Version
    theirs: Version
    draft: Version
    merge: Merge
    upload: Upload
    own_key: SigningKey
    their_key: PublisherKey

    def of_version(self, version, end=""):
        return f"/buero/programme/versionen/{version.public_id}/{end}"

    def of_merge(self, end=""):
        return f"/buero/programme/zusammenfuehrungen/{self.merge.public_id}/{end}"

    def of_upload(self, end=""):
        return f"/buero/programme/hochladen/{self.upload.public_id}/{end}"


def make_upload(person, content, name="paket.staffel.zip"):
    return upload(BytesIO(content), name, by=person, organisation=person.acting.organisation)


def make_stage(jonas):
    """Return the room as Jonas works in it."""
    base = make_received("1.0.0")
    theirs = make_received("1.1.0", summary="Worum es heute geht.\n", later_summary="Ihr Text.\n")
    draft = load_programme(
        small_files("1.0.1", summary="Worum es bei uns geht.\n"),
        by=jonas,
        organisation=jonas.acting.organisation,
        upstream=base,
    ).version
    public = signing.public_of(SECRET).hex()
    return Stage(
        base,
        theirs,
        draft,
        begin_merge(theirs, by=jonas),
        make_upload(jonas, make_package("2.0.0", "Land Bremen", BREMEN)),
        make_key(jonas.acting.organisation, by=jonas),
        trust("Land Brandenburg", public, "Am Telefon.", by=jonas),
    )
