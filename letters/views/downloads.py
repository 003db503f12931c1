"""A document as an answer."""

from django.http import HttpResponse


def download(document: bytes, filename: str) -> HttpResponse:
    """A PDF to keep: never shown from a cache, as it has what is of one province."""
    return HttpResponse(
        document,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"},
    )
