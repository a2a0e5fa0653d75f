"""How much a request with files may bring, before a byte of it is read.

Django reads a form as soon as its token is checked, which is before anybody asks who sent it: without an end, whoever has seen
a form could fill the disk.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Quota(FileUploadHandler):
    """Refuses what is too large: more from who is signed in than from everybody. Takes no part in reading the rest."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 - Django's names
        """Raise RequestDataTooBig for a request beyond the quota."""
        person = getattr(self.request, "user", None)
        known = person is not None and person.is_authenticated
        most = settings.LARGEST_REQUEST if known else settings.LARGEST_REQUEST_OF_STRANGERS
        if content_length > most:
            raise RequestDataTooBig(f"a request of {content_length} bytes, at most {most} are taken")

    def receive_data_chunk(self, raw_data, start):
        """Leave the bytes to the next one."""
        return raw_data

    def file_complete(self, file_size):
        """Leave the file to the next one."""
