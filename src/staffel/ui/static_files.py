"""Static files under hashed names, compressed once at build time."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CompressedHashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed names for ever-cached files; brotli (quality 11) and gzip copies beside them.

    Before ``collectstatic`` has run there is no manifest, as in tests: then a file keeps its plain name, and the
    page still stands. A name that an existing manifest does not know is a mistake and raises ValueError.
    """

    # The plain names serve nobody: every page asks for the hashed ones. Half the files, half the time to compress.
    keep_only_hashed_files = True

    def stored_name(self, name):
        if not self.hashed_files:
            return name
        return super().stored_name(name)
