"""Files that people send: kept in memory, never in a file, and no more of them than is allowed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

PATIENCE = 4
"""So many times the limit is listened to, and forgotten, so that the browser hears the answer; after that it is cut off."""


class InMemory(FileUploadHandler):
    """A file above the limit comes out empty, with the size that it was found to have at least."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        # What is asked for here is not known yet; each view listens to its own limit.
        self.most = max(settings.WORKBOOK_LIMITS["upload_bytes"], settings.ATTACHMENT_MEGABYTES * 1024 * 1024)
        self.content = BytesIO()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= self.most:
            self.content.write(raw_data)
            return
        self.content = BytesIO()
        if self.size > self.most * PATIENCE:
            self.request.was_cut_off = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=self.size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
