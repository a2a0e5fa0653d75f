"""Static files under hashed names, compressed once at build time."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CompressedHashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed names for ever-cached files; brotli and gzip copies beside them."""
